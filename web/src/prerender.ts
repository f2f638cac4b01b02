// The page as HTML, made at build time from the default plan.
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import type { TemplateResult } from 'lit';
import { defaults } from './data.js';
import { pick, t } from './i18n/index.js';
import type { Language } from './numbers.js';
import { summary } from './site.js';
import { language } from './state.js';
import styles from './styles.css?inline';
import { parts } from './views/app.js';
import { chartView } from './views/chart.js';

export { styles };

const htmlOf = async (view: TemplateResult): Promise<string> => (await collectResult(render(view))).replace(/\s{2,}/g, ' ');

/** What stands in each place of the page, with lit's markers, by which the script takes it over as it stands; but
 *  for the months, which something that comes later draws anew in the same shape. */
export async function prerender(shown: Language): Promise<Record<string, string>> {
  language.value = shown;
  const drawn = await Promise.all(parts.map(async ([place, view]) => [place, await htmlOf(view(() => {}, { records: () => {}, guide: () => {} }))] as const));
  const months = (await htmlOf(chartView(defaults.plan))).replace(/<!--[\s\S]*?-->/g, '');
  return { ...Object.fromEntries(drawn), months, lang: pick({ zh: 'zh-CN', en: 'en' }), title: t('title'), summary: pick(summary) };
}
