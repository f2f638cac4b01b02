// The page as HTML, made at build time from the default plan.
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { defaults } from './data.js';
import { appView } from './views/app.js';
import { chartView } from './views/chart.js';

/** Without lit's markers: the script draws anew, in the same shape. */
export async function prerender(): Promise<string> {
  const marked = await collectResult(render(appView(() => {}, { records: () => {}, guide: () => {} }, chartView(defaults.plan))));
  return marked.replace(/<!--[\s\S]*?-->/g, '').replace(/\s{2,}/g, ' ');
}
