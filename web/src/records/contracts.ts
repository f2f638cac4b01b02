// What contracts say: how many stay from period to period, and how long those who stayed will.
import { html, nothing, type TemplateResult } from 'lit';
import { rt } from '../i18n/records.js';
import { joined, labelled } from '../i18n/index.js';
import { Stops } from '../views/stops.js';
import type { Contracts } from './answers.js';
import { card, chart, key, widths } from './pictures.js';
import { num, of100, share } from './words.js';

/** What is expected after so many periods; what was observed where no model fits. */
const stays = ({ survival: { predicted, observed } }: Contracts, period: number): number => predicted[period] ?? observed[period] ?? 0;

/** The last renewal that was seen to happen or not. */
export const followed = ({ survival: { observed } }: Contracts): number => observed.reduce<number>((last, value, i) => (value === null ? last : i), 0);

export function verdict(answer: Contracts): string {
  const last = Math.min(12, answer.survival.period.at(-1) ?? 0);
  return rt('v.contracts', { n: of100(stays(answer, last)), period: last, unit: rt(`unit.${answer.period_unit}`), first: of100(stays(answer, 1)) });
}

const stops = new Stops('survival');
function survivalView(answer: Contracts): TemplateResult | typeof nothing {
  const { period, observed, predicted, low, high } = answer.survival;
  if (period.length < 2) return nothing;
  const fitted = predicted.length >= period.length;
  const expected = (i: number) => (fitted ? share(predicted[i]!) : '–');
  const range = (i: number) => (fitted ? `${share(low[i]!)}–${share(high[i]!)}` : '–');
  const seen = (i: number) => (observed[i] === null || observed[i] === undefined ? '–' : share(observed[i]!));
  const name = (i: number) => rt('c.period', { n: period[i]! });
  const now = stops.at.value;
  const value = (text: (i: number) => string) => (now === undefined ? {} : { value: text(now) });
  const last = period.length - 1;
  return card(
    'survival', rt('c.survival'), rt('c.survival.says', { first: share(stays(answer, 1)), period: period[last]!, last: share(stays(answer, last)) }),
    html`${chart({
      stops, label: rt('c.survival'), width: widths.value.whole, length: period.length, below: (i) => String(period[i]), amount: (v) => share(v, 0), share: true,
      ...(fitted ? { band: { low: low.slice(0, period.length), high: high.slice(0, period.length) } } : {}), line: fitted ? predicted.slice(0, period.length) : [], dots: period.map((_, i) => observed[i] ?? null),
      told: (i) => labelled(name(i), joined('comma', [`${rt('observed')} ${seen(i)}`, `${rt('model')} ${expected(i)} (${range(i)})`])),
    })}
    ${key(now === undefined ? undefined : name(now), [
      { mark: 'dot', name: rt('observed'), ...value(seen) },
      { mark: 'line', name: rt('model'), ...value(expected) },
      { mark: 'band', name: rt('models.interval'), ...value(range) },
    ])}`,
    { head: [rt('c.period.head'), rt('observed'), rt('model'), rt('models.interval')], rows: period.map((_, i) => [name(i), seen(i), expected(i), range(i)]) },
  );
}

function residualView({ residual_lifetime: { of_age: ages, discounted, undiscounted, discount_rate: rate } }: Contracts): TemplateResult | typeof nothing {
  if (ages.length === 0) return nothing;
  const text = (value: number | null | undefined) => (typeof value === 'number' ? num(value) : rt('c.endless'));
  const last = ages.length - 1;
  const [first, old] = [discounted[0], discounted[last]];
  const rows = [[rt('c.residual.plain'), undiscounted], [rt('c.residual.discounted', { rate: share(rate) }), discounted]] as const;
  return html`<section class="card-box" aria-labelledby="records-residual">
    <h3 id="records-residual">${rt('c.residual')}</h3>
    <p class="says">${typeof first === 'number' && typeof old === 'number' && last > 0 ? rt('c.residual.says', { new: num(first), n: ages[last]!, old: num(old) }) : rt('c.residual.one')}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="records-residual">
      <table class="models">
        <thead>
          <tr>
            <th scope="col">${rt('c.residual.head')}</th>
            ${ages.map((age) => html`<th scope="col">${age}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([name, values]) => html`<tr>
              <th scope="row">${name}</th>
              ${values.map((value) => html`<td>${text(value)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

export const contractsView = (answer: Contracts): TemplateResult => html`${survivalView(answer)} ${residualView(answer)}`;
