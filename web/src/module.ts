// The engine's module lies beside the page, where its loader looks for it.
import type { GrowthOptions } from '@engine/growth.js';

/** The first result needs no other preset and no policy. */
export const moduleSource = async (): Promise<GrowthOptions> => ({ library: false });
/** Where there is none, it is fetched. */
export const librarySource = async (): Promise<ArrayBuffer | undefined> => undefined;
