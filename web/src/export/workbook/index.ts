// The Excel workbook of a scenario: every month recomputed by formulas from the inputs beside it.
import type { Scenario } from '@engine/growth.js';

export async function workbook(_scenario: Scenario): Promise<Blob> {
  throw new Error('no workbook yet');
}
