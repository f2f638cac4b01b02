// What the log of live sessions says: inputs with their errors, how well they explain each session, and
// what could not be learned.
import { html, nothing, type TemplateResult } from 'lit';
import { sum } from 'd3-array';
import { isField } from '../data.js';
import { rt } from '../i18n/records.js';
import { joined, labelled, pick } from '../i18n/index.js';
import { Stops } from '../views/stops.js';
import type { Sessions } from './answers.js';
import { card, chart, key, widths } from './pictures.js';
import { nameOf, num, share, valueOf } from './words.js';

export function verdict(answer: Sessions): string {
  const head = rt('v.sessions', { n: answer.sessions, k: Object.keys(answer.estimates).length });
  const open = answer.estimates['conversion.public'];
  return head + (open ? rt('v.sessions.public', { rate: num(open.value * 100) }) : rt('v.sessions.plain'));
}

const stops = new Stops('session');
function fitView({ fit: { observed, predicted, dates } }: Sessions): TemplateResult | typeof nothing {
  if (observed.length < 2) return nothing;
  const off = sum(observed, (value, i) => Math.abs(value - predicted[i]!)) / observed.length;
  const at = stops.at.value;
  const name = (i: number) => rt('s.session', { date: dates[i]! });
  return card(
    'fit', rt('s.fit'), rt('s.fit.says', { off: num(off) }),
    html`${chart({
      stops, label: rt('s.fit'), width: widths.value.whole, length: observed.length, below: (i) => dates[i]!.slice(5), amount: num, line: predicted, dots: observed,
      told: (i) => labelled(name(i), joined('comma', [`${rt('observed')} ${num(observed[i]!)}`, `${rt('model')} ${num(predicted[i]!)}`])),
    })}
    ${key(at === undefined ? undefined : name(at), [
      { mark: 'dot', name: rt('observed'), ...(at === undefined ? {} : { value: num(observed[at]!) }) },
      { mark: 'line', name: rt('model'), ...(at === undefined ? {} : { value: num(predicted[at]!) }) },
    ])}`,
    { head: [rt('s.session.head'), rt('observed'), rt('model')], rows: observed.map((value, i) => [dates[i]!, num(value), num(predicted[i]!)]) },
  );
}

function estimatesView({ estimates }: Sessions): TemplateResult {
  // What is no input of the plan stands by its own value.
  const text = (path: string, value: number) => (isField(path) ? valueOf(path, value) : num(value));
  return html`<section class="card-box" aria-labelledby="records-estimates">
    <h3 id="records-estimates">${rt('s.estimates')}</h3>
    <p class="says">${rt('s.estimates.says')}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="records-estimates">
      <table class="models">
        <thead>
          <tr>
            <th scope="col">${rt('apply.field')}</th>
            <th scope="col">${rt('s.value')}</th>
            <th scope="col">${rt('s.error')}</th>
            <th scope="col">${rt('s.relative')}</th>
          </tr>
        </thead>
        <tbody>
          ${Object.entries(estimates).map(
            ([path, { value, standard_error: error }]) => html`<tr>
              <th scope="row">${nameOf(path)}</th>
              <td>${text(path, value)}</td>
              <td>${error === null ? '–' : `±${text(path, error)}`}</td>
              <td>${value === 0 || error === null ? '–' : share(Math.abs(error / value), 0)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

export function sessionsView(answer: Sessions): TemplateResult {
  return html`${fitView(answer)} ${estimatesView(answer)}
  ${answer.not_learned.length > 0
    ? html`<section class="card-box" aria-labelledby="records-missing">
        <h3 id="records-missing">${rt('s.missing')}</h3>
        <ul class="plain-list">
          ${answer.not_learned.map(({ path, message }) => html`<li><b>${nameOf(path)}</b> ${pick(message)}</li>`)}
        </ul>
      </section>`
    : nothing}`;
}
