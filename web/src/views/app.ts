// The page as a whole.
import { html, nothing, type TemplateResult } from 'lit';
import { pick, t } from '../i18n/index.js';
import { deskFault, engine, engineFault, futuresFault, language, outcome, preset } from '../state.js';
import { hasWorkers } from '../rest.js';
import { inputsView, type Doors } from './inputs.js';
import { cardsView, dockView, errorsView, stripView, verdictView, warningsView } from './results.js';

/** Beside the calculator (docs/plugin.ts); one file has nothing beside it. */
const pages = ['guide', 'method', 'reality'] as const;

function resultView(): TemplateResult {
  const current = outcome.value;
  if (current.kind === 'errors') return errorsView();
  if (current.kind === 'waiting') return html`<div class="status" role="status"><h1>${t(engineFault.value ? 'fault.waiting' : 'waiting')}</h1></div>`;
  const { plan } = current;
  return html`${verdictView(plan)} ${cardsView(plan)} ${stripView(plan)} ${warningsView(plan)}`;
}

function headView(switchLanguage: () => void): TemplateResult {
  return html`<a class="skip" href="#result">${t('skip')}</a>
    <header>
      <span class="brand">${t('title')}</span>
      <span class="chip">${t(preset.value.platform === 'douyin' ? 'platform.douyin' : 'platform.channels')}</span>
      <button class="plain language" lang=${language.value === 'zh' ? 'en' : 'zh-CN'} @click=${switchLanguage}>
        ${t('language.switch')}<span class="hidden"> ${t('language.name')}</span>
      </button>
    </header>`;
}

function answerView(): TemplateResult {
  return html`${engineFault.value ? html`<p class="status fault" role="alert">${t(engineFault.value)}</p>` : nothing}
    ${deskFault.value ? html`<p class="status fault" role="alert">${t('fault.desk')}</p>` : nothing}
    ${!engine.value && !engineFault.value ? html`<p class="hidden" role="status">${t('loading')}</p>` : nothing}
    ${resultView()}`;
}

const futuresFaultView = () => html`${futuresFault.value ? html`<p class="status" role="status">${t(hasWorkers ? 'fault.futures' : 'fault.workers')}</p>` : nothing}`;

function footView(): TemplateResult {
  return html`<footer>
    <p>${t('privacy')}</p>
    ${import.meta.env.MODE === 'single'
      ? nothing
      : html`<p class="pages">${pages.map((page) => html`<a href=${`./${page}${language.value === 'zh' ? '' : '.en'}.html`}>${t(`footer.${page}`)}</a> `)}</p>`}
    <p>${pick(preset.value.name)} · ${t('footer.licence')}</p>
  </footer>`;
}

/** What draws itself anew, each part in a place of its own (index.html), in the order in which a hand reaches for it. */
export const parts: [place: string, view: (switchLanguage: () => void, doors: Doors) => TemplateResult][] = [
  ['head', headView],
  ['answer', answerView],
  ['form', (_, doors) => inputsView(doors)],
  ['bar', dockView],
  ['fault', futuresFaultView],
  ['foot', footView],
];

/** Places whose parts come later, and whether there is anything to come. */
export const laterHidden: Record<string, () => boolean> = {
  desk: () => deskFault.value,
  months: () => outcome.value.kind !== 'plan',
  compare: () => engineFault.value !== undefined,
  decisions: () => engineFault.value !== undefined,
  futures: () => engineFault.value !== undefined || futuresFault.value,
};
