// The engine's module lies beside the page, where its loader looks for it.
import type { GrowthOptions } from '@engine/growth.js';

export const moduleSource = async (): Promise<GrowthOptions> => ({});
