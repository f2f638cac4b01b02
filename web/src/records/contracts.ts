// What contracts say: how many stay from period to period, and how long those who stayed will.
import { html, nothing, type TemplateResult } from 'lit';
import { Stops } from '../futures/parts.js';
import { rt } from '../i18n/records.js';
import type { Contracts } from './answers.js';
import { card, chart, key, widths } from './pictures.js';
import { num, of100, share } from './words.js';

const at = (answer: Contracts, period: number) => answer.survival.predicted[answer.survival.period.indexOf(period)];

export function verdict(answer: Contracts): string {
  const { period } = answer.survival;
  const last = Math.min(12, period.at(-1) ?? 0);
  return rt('v.contracts', { n: of100(at(answer, last) ?? 0), period: last, second: of100(at(answer, 1) ?? 0) });
}

const stops = new Stops('survival');
function survivalView(answer: Contracts): TemplateResult | typeof nothing {
  const { period, observed, predicted, low, high } = answer.survival;
  if (period.length < 2) return nothing;
  const seen = (i: number) => (observed[i] === null || observed[i] === undefined ? '–' : share(observed[i]!));
  const name = (i: number) => rt('c.period', { n: period[i]! });
  const now = stops.at.value;
  const value = (text: (i: number) => string) => (now === undefined ? {} : { value: text(now) });
  const last = period.length - 1;
  return card(
    'survival', rt('c.survival'), rt('c.survival.says', { second: share(predicted[1]!), period: period[last]!, last: share(predicted[last]!) }),
    html`${chart({
      stops, label: rt('c.survival'), width: widths.value.whole, length: period.length, below: (i) => String(period[i]), amount: (v) => share(v, 0), share: true,
      band: { low, high }, line: predicted, dots: period.map((_, i) => observed[i] ?? null),
      told: (i) => `${name(i)}: ${rt('observed')} ${seen(i)}, ${rt('model')} ${share(predicted[i]!)} (${share(low[i]!)}–${share(high[i]!)})`,
    })}
    ${key(now === undefined ? undefined : name(now), [
      { mark: 'dot', name: rt('observed'), ...value(seen) },
      { mark: 'line', name: rt('model'), ...value((i) => share(predicted[i]!)) },
      { mark: 'band', name: rt('models.interval'), ...value((i) => `${share(low[i]!)}–${share(high[i]!)}`) },
    ])}`,
    { head: [rt('c.period.head'), rt('observed'), rt('model'), rt('c.low'), rt('c.high')], rows: period.map((_, i) => [name(i), seen(i), share(predicted[i]!), share(low[i]!), share(high[i]!)]) },
  );
}

function residualView({ residual_lifetime: residual }: Contracts): TemplateResult | typeof nothing {
  if (!residual || residual.of_age.length === 0) return nothing;
  const text = (value: number | null) => (value === null ? rt('c.endless') : num(value));
  const last = residual.of_age.length - 1;
  const [first, old] = [residual.of_age[0], residual.of_age[last]];
  return html`<section class="card-box" aria-labelledby="records-residual">
    <h3 id="records-residual">${rt('c.residual')}</h3>
    <p class="says">${typeof first === 'number' && typeof old === 'number' && last > 0 ? rt('c.residual.says', { new: num(first), n: last, old: num(old) }) : rt('c.residual.one')}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="records-residual">
      <table class="models">
        <thead>
          <tr>
            <th scope="col">${rt('c.residual.head')}</th>
            ${residual.of_age.map((_, i) => html`<th scope="col">${i}</th>`)}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">${rt('c.residual.more')}</th>
            ${residual.of_age.map((value) => html`<td>${text(value)}</td>`)}
          </tr>
        </tbody>
      </table>
    </div>
  </section>`;
}

export const contractsView = (answer: Contracts): TemplateResult => html`${survivalView(answer)} ${residualView(answer)}`;
