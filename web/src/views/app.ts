// The page as a whole.
import { html, nothing, type TemplateResult } from 'lit';
import { pick, t } from '../i18n/index.js';
import { engine, engineFault, futuresFault, language, outcome, preset } from '../state.js';
import { chartView } from './chart.js';
import { attributionView, roomView } from './details.js';
import { explainView } from './explain.js';
import { inputsView } from './inputs.js';
import { policyView } from './policy.js';
import { cardsView, dockView, errorsView, verdictView, warningsView } from './results.js';
import { tableView } from './table.js';

function answerView(): TemplateResult {
  const current = outcome.value;
  if (current.kind === 'errors') return errorsView();
  if (current.kind === 'waiting') return html`<div class="status" role="status"><h1>${t(engineFault.value ? 'fault.waiting' : 'waiting')}</h1></div>`;
  const { plan } = current;
  return html`${verdictView(plan)} ${cardsView(plan)} ${warningsView(plan)} ${chartView(plan)}`;
}

function detailsView(): TemplateResult | typeof nothing {
  if (outcome.value.kind !== 'plan') return nothing;
  const { plan } = outcome.value;
  return html`${policyView(plan)}
    <div class="two">${attributionView(plan)} ${roomView(plan)}</div>
    ${tableView(plan)}`;
}

export function appView(switchLanguage: () => void, openRecords: () => void): TemplateResult {
  return html`<a class="skip" href="#result">${t('skip')}</a>
    <header>
      <span class="brand">${t('title')}</span>
      <span class="chip">${t(preset.value.platform === 'douyin' ? 'platform.douyin' : 'platform.channels')}</span>
      <button class="plain language" lang=${language.value === 'zh' ? 'en' : 'zh-CN'} @click=${switchLanguage}>
        ${t('language.switch')}<span class="hidden"> ${t('language.name')}</span>
      </button>
    </header>
    <main>
      <div id="result" class="answer" tabindex="-1">
        <div id="notice"></div>
        ${engineFault.value ? html`<p class="status fault" role="alert">${t(engineFault.value)}</p>` : nothing}
        ${!engine.value && !engineFault.value ? html`<p class="hidden" role="status">${t('loading')}</p>` : nothing}
        ${answerView()}
        <div id="compare" ?hidden=${engineFault.value}></div>
      </div>
      ${inputsView(openRecords)}
      <div class="details">
        <div id="decisions"></div>
        <div id="futures" class=${import.meta.env.SSR ? '' : 'futures'} ?hidden=${engineFault.value || futuresFault.value}></div>
        ${futuresFault.value ? html`<p class="status" role="status">${t('fault.futures')}</p>` : nothing}
        <div id="pictures"></div>
        ${detailsView()}
        <footer>
          <p>${t('privacy')} ${t('footer.method')}</p>
          <p>${pick(preset.value.name)} · ${t('footer.licence')}</p>
        </footer>
      </div>
    </main>
    ${dockView()} ${explainView()}`;
}
