// The questions as doors: each unfolds its answer in place, so that the inputs stay beside it.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DecisionId, Decisions, NoAnswer } from '@engine/growth.js';
import './decisions.css';
import { catalogue, fieldAt } from '../data.js';
import { dt, type DecisionsKey } from '../i18n/decisions.js';
import { pick } from '../i18n/index.js';
import { inputText } from '../numbers.js';
import { language, outcome, valueAt } from '../state.js';
import { inputAmount } from '../futures/parts.js';
import { goTo, labelOf } from '../views/field.js';
import { drawInTurn, tellNear } from '../views/turn.js';
import { tell, type Told } from './answers.js';
import { forget, width } from './pictures.js';
import { seekView } from './seek.js';
import { answers, goalProblem, goalText, opened, questions, toggle, typeGoal } from './state.js';

function goalView(goal: number | undefined): TemplateResult {
  const problem = goalProblem.value;
  const shown = goalText.value ?? (goal === undefined ? '' : inputText(Math.round(goal), 'yuan', language.value));
  return html`<div class="goal">
    <label for="decision-goal">${dt('private_users.goal')}</label>
    <span class="entry">
      <input
        id="decision-goal"
        type="text"
        inputmode="decimal"
        autocomplete="off"
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? 'decision-goal-problem' : nothing}
        .value=${live(shown)}
        @input=${(event: Event) => typeGoal((event.target as HTMLInputElement).value)}
      />
      <span class="unit">${pick(catalogue.units.yuan!)}</span>
    </span>
    ${problem ? html`<p class="problem" id="decision-goal-problem">${dt(`private_users.${problem}`, { text: goalText.value! })}</p>` : nothing}
  </div>`;
}

function leansView({ rests, fields }: Told): TemplateResult | typeof nothing {
  const current = outcome.value;
  if (current.kind !== 'plan') return nothing;
  const value = (path: string) => {
    const held = valueAt(current.plan.scenario, path);
    return typeof held === 'number' ? inputAmount(path, held, true).replace(/^-/, '−') : '';
  };
  return html`<div class="leans">
    <h4>${dt('rests')}</h4>
    <p>${rests}</p>
    ${fields.length > 0
      ? html`<p>${dt('rests.fields')}</p>
          <ul>
            ${fields.map((path) => html`<li><button @click=${() => goTo(path)}>${labelOf(path)} ${fieldAt(path).kind === 'curve' ? nothing : html`<b>${value(path)}</b>`}</button></li>`)}
          </ul>`
      : nothing}
  </div>`;
}

function toldView(told: Told): TemplateResult {
  const more = (told.more ?? []).filter(Boolean);
  return html`<p class="sentence">${told.says}</p>
    ${more.length > 0 ? html`<div class="more">${more.map((line) => html`<p>${line}</p>`)}</div>` : nothing}
    ${told.actions ? html`<div class="acts">${told.actions}</div>` : nothing}
    ${told.figures && told.figures.length > 0
      ? html`<dl class="beside" aria-label=${dt('facts')}>
          ${told.figures.map(([label, amount]) => html`<div><dt>${label}</dt><dd>${amount}</dd></div>`)}
        </dl>`
      : nothing}
    ${told.pictures} ${leansView(told)}`;
}

/** Where to change what keeps a question from having an answer. */
const remedies: Record<NoAnswer['reason']['code'], string> = {
  no_programmes: '', no_tiers: '', no_scene_programme: '', no_sessions: 'live.sessions_per_month', curves_given: 'repurchase.curve_private',
};

function noAnswerView({ reason }: NoAnswer): TemplateResult {
  const path = remedies[reason.code];
  const go = () => (path ? goTo(path) : document.querySelector<HTMLElement>('#pack')?.focus());
  return html`<p class="sentence">${pick(reason.message)}</p>
    <div class="acts"><button class="button" @click=${go}>${path ? dt('goto', { path: labelOf(path) }) : dt('choose')}</button></div>`;
}

/** What was told last: unseen, it keeps its place while the answer to other inputs is worked out, which may be of
 *  another plan altogether. */
let last: { id: DecisionId; told: TemplateResult } | undefined;

function answerView(id: DecisionId): TemplateResult {
  const current = outcome.value;
  if (current.kind !== 'plan') return html`<div class="reply"><p role="status">${dt('wrong')}</p></div>`;
  const { state, failure } = answers;
  const late = state !== 'current';
  const answer = answers.answer?.decisions[id];
  const goal = id === 'private_users' ? goalView(late ? undefined : (answer as { goal?: number } | undefined)?.goal) : nothing;
  const body = (): TemplateResult | typeof nothing => {
    if (late) return last?.id === id ? last.told : nothing;
    if (failure) return html`<p class="problem">${dt('failed', { why: pick(failure.errors[0]!.message) })}</p>`;
    if (!answer) return nothing;
    const told = answer.status === 'no_answer' ? noAnswerView(answer) : toldView(tell(id, answer as Exclude<NonNullable<Decisions[typeof id]>, NoAnswer>, current.plan.scenario));
    last = { id, told };
    return told;
  };
  return html`<div class="reply" data-state=${state} aria-busy=${late ? 'true' : 'false'}>
    ${goal}
    <p class="working" role="status">${late && !goalProblem.value ? dt('working') : nothing}</p>
    <div class=${late ? 'late' : ''} aria-hidden=${late ? 'true' : 'false'}>${body()}</div>
  </div>`;
}

function questionView(id: DecisionId): TemplateResult {
  const open = opened.value === id;
  return html`<li class="question ${open ? 'open' : ''}">
    <h3>
      <button
        class="door"
        data-decision=${id}
        aria-expanded=${open ? 'true' : 'false'}
        @click=${() => {
          forget();
          toggle(id);
        }}
      >
        ${dt(`q.${id}` as DecisionsKey)}
      </button>
    </h3>
    ${open ? answerView(id) : nothing}
  </li>`;
}

export function mount(host: HTMLElement): void {
  drawInTurn(
    host,
    () => html`<section aria-labelledby="decisions-heading">
      <h2 id="decisions-heading">${dt('heading')}</h2>
      <p class="says">${dt('says')}</p>
      <ul class="questions">
        ${questions.map(questionView)}
      </ul>
      ${seekView()}
    </section>`,
  );
  tellNear(host, answers);
  const measure = () => {
    const [list, told] = [host.querySelector('.questions'), host.querySelector('.reply')];
    const padding = told ? parseFloat(getComputedStyle(told).paddingLeft) : 18;
    const inner = Math.floor((list?.clientWidth ?? 0) - 2 * padding - 2);
    if (inner > 0 && inner !== width.peek()) width.value = inner;
  };
  measure();
  new ResizeObserver(measure).observe(host);
}
