// What the order export says: in words first, then pictures, then the models behind it.
import { html, nothing, type TemplateResult } from 'lit';
import { sum } from 'd3-array';
import { twin } from '../futures/parts.js';
import { hasRecordsKey, rt, type RecordsKey } from '../i18n/records.js';
import { joined, labelled, pick } from '../i18n/index.js';
import { full } from '../numbers.js';
import { language } from '../state.js';
import { Stops } from '../views/stops.js';
import type { Fitted, Orders } from './answers.js';
import { heatmap } from './heatmap.js';
import { card, chart, key, widths } from './pictures.js';
import { money, num, of100, share, whole } from './words.js';

const modelName = (id: string) => (hasRecordsKey(`model.${id}`) ? rt(`model.${id}` as RecordsKey) : id);
const chosenOf = (answer: Orders): Fitted | undefined => (answer.chosen === null ? undefined : answer.models[answer.chosen]);

export function verdict(answer: Orders): string {
  const year = chosenOf(answer)?.new_customer;
  if (!year) return rt('v.orders.few', { n: whole(answer.customers) });
  const { rate } = answer.repurchase_rate.model;
  return (
    rt('v.orders', { n: of100(year.orders_12_months) }) +
    (rate === null ? '' : rt('v.orders.rate', { rate: of100(rate) })) +
    rt(answer.churn_identifiable ? 'v.orders.plain' : 'v.orders.nochurn')
  );
}

function off(predicted: number, actual: number): string {
  const gap = predicted / Math.max(1, actual) - 1;
  return Math.abs(gap) < 0.005 ? rt('v.check.same') : rt(gap > 0 ? 'v.check.more' : 'v.check.less', { x: share(Math.abs(gap)) });
}

export function check(answer: Orders): string {
  const holdout = chosenOf(answer)?.holdout;
  if (!holdout) return '';
  return rt('v.check', { days: answer.period.holdout_days, predicted: whole(holdout.predicted), actual: whole(holdout.actual), off: off(holdout.predicted, holdout.actual) });
}

const weekStops = new Stops('week');
function trackingView({ tracking, chosen, period }: Orders): TemplateResult | typeof nothing {
  const predicted = chosen === null ? undefined : tracking?.predicted[chosen];
  if (!tracking || !predicted || tracking.week_ends.length < 2) return nothing;
  const { week_ends: weeks, actual } = tracking;
  // Dates as they are written sort as days do. The line was fitted to the weeks before.
  const from = weeks.filter((week) => week <= period.calibration_end).length;
  const held = weeks.length - from;
  const month = (i: number) => weeks[i]!.slice(2, 7).replace('-', '.');
  const sums = (start: number) => ({ predicted: whole(sum(predicted.slice(start))), actual: whole(sum(actual.slice(start))) });
  const at = weekStops.at.value;
  return card(
    'tracking', rt('p.tracking'),
    held > 0 ? rt('p.tracking.says', { weeks: held, ...sums(from) }) : rt('p.tracking.nohold', sums(0)),
    html`${chart({
      stops: weekStops, label: rt('p.tracking'), width: widths.value.whole, length: weeks.length, below: month, amount: num,
      labelled: weeks.flatMap((_, i) => (i === 0 || month(i) !== month(i - 1) ? [i] : [])),
      line: predicted, dots: actual, ...(held > 0 ? { shaded: { from, label: rt('p.holdout') } } : {}),
      told: (i) => labelled(rt('p.week', { date: weeks[i]! }), joined('comma', [`${rt('observed')} ${num(actual[i]!)}`, `${rt('model')} ${num(predicted[i]!)}`])),
    })}
    ${key(at === undefined ? undefined : rt('p.week', { date: weeks[at]! }), [
      { mark: 'dot', name: rt('observed'), ...(at === undefined ? {} : { value: num(actual[at]!) }) },
      { mark: 'line', name: rt('model'), ...(at === undefined ? {} : { value: num(predicted[at]!) }) },
    ])}`,
    { head: [rt('p.week.head'), rt('observed'), rt('model')], rows: weeks.map((week, i) => [week, num(actual[i]!), num(predicted[i]!)]) },
  );
}

const groupStops = new Stops('group');
function byOrdersView(answer: Orders): TemplateResult | typeof nothing {
  const groups = chosenOf(answer)?.by_orders?.filter(({ customers }) => customers > 0);
  if (!groups || groups.length < 2) return nothing;
  const name = (i: number) => rt(groups[i]!.more ? 'p.by.more' : 'p.by.group', { n: groups[i]!.orders });
  const short = (i: number) => `${groups[i]!.orders}${groups[i]!.more ? '+' : ''}`;
  const amount = (value: number) => full(Number(value.toPrecision(3)), language.value);
  const [first, second] = [groups[0]!, groups[1]!];
  const at = groupStops.at.value;
  return card(
    'by-orders', rt('p.by'),
    rt('p.by.says', { a: short(0), pa: amount(first.predicted), aa: amount(first.actual), b: short(1), pb: amount(second.predicted), ab: amount(second.actual) }),
    html`${chart({
      stops: groupStops, label: rt('p.by'), width: widths.value.half, length: groups.length, below: short, amount,
      line: groups.map((g) => g.predicted), dots: groups.map((g) => g.actual),
      told: (i) => labelled(name(i), joined('comma', [`${rt('observed')} ${amount(groups[i]!.actual)}`, `${rt('model')} ${amount(groups[i]!.predicted)}`, `${rt('p.by.customers')} ${whole(groups[i]!.customers)}`])),
    })}
    ${key(at === undefined ? rt('p.by.head') : name(at), [
      { mark: 'dot', name: rt('observed'), ...(at === undefined ? {} : { value: amount(groups[at]!.actual) }) },
      { mark: 'line', name: rt('model'), ...(at === undefined ? {} : { value: amount(groups[at]!.predicted) }) },
    ])}`,
    {
      head: [rt('p.by.head'), rt('p.by.customers'), rt('observed'), rt('model')],
      rows: groups.map((g, i) => [name(i), whole(g.customers), amount(g.actual), amount(g.predicted)]),
    },
  );
}

const monthStops = new Stops('age');
function curveView({ repeat_curve: curve }: Orders): TemplateResult | typeof nothing {
  if (!curve || curve.p50.length < 2) return nothing;
  const length = curve.p50.length;
  const year = Math.min(12, length);
  const name = (i: number) => rt('p.month', { n: i + 1 });
  const seen = (i: number) => (curve.observed[i] === null || curve.observed[i] === undefined ? '–' : of100(curve.observed[i]!));
  const at = monthStops.at.value;
  const value = (text: (i: number) => string) => (at === undefined ? {} : { value: text(at) });
  return card(
    'curve', rt('p.curve'),
    rt(year === 12 ? 'p.curve.says' : 'p.curve.short', { first: of100(curve.p50[0]!), last: of100(curve.p50[year - 1]!), n: year }),
    html`${chart({
      stops: monthStops, label: rt('p.curve'), width: widths.value.half, length, below: (i) => String(i + 1), amount: of100,
      band: { low: curve.p10, high: curve.p90 }, line: curve.p50, dots: curve.p50.map((_, i) => curve.observed[i] ?? null),
      told: (i) => labelled(joined('comma', [name(i), rt('p.per100')]), joined('comma', [`${rt('model')} ${of100(curve.p50[i]!)} (${of100(curve.p10[i]!)}–${of100(curve.p90[i]!)})`, `${rt('observed')} ${seen(i)}`])),
    })}
    ${key(at === undefined ? rt('p.per100') : name(at), [
      { mark: 'dot', name: rt('observed'), ...value(seen) },
      { mark: 'line', name: rt('model'), ...value((i) => of100(curve.p50[i]!)) },
      { mark: 'band', name: `${rt('p.low')}–${rt('p.high')}`, ...value((i) => `${of100(curve.p10[i]!)}–${of100(curve.p90[i]!)}`) },
    ])}`,
    {
      head: [rt('p.month.head'), rt('p.low'), rt('p.middle'), rt('p.high'), rt('observed'), rt('p.exposed')],
      rows: curve.p50.map((middle, i) => [name(i), of100(curve.p10[i]!), of100(middle), of100(curve.p90[i]!), seen(i), whole(curve.exposed[i] ?? 0)]),
    },
  );
}

interface Figure {
  name: string;
  value: string;
  note: string | TemplateResult;
}

function figuresOf({ repurchase_rate: rates, order_value: value, concentration: top, currency }: Orders): Figure[] {
  const found: Figure[] = [];
  for (const id of ['cohort', 'period', 'model'] as const) {
    const rate = rates[id];
    if (rate.rate === null) continue;
    const range = rate.low === undefined || rate.high === undefined ? '' : rt('f.range', { low: share(rate.low), high: share(rate.high), n: whole(rate.customers ?? 0) });
    found.push({ name: rt(`f.${id}`), value: share(rate.rate), note: html`${range ? html`${range}<br />` : nothing}${pick(rate.definition)}` });
  }
  if (value) {
    found.push({
      name: rt('f.first'), value: money(value.first.value, currency),
      note: html`±${money(value.first.standard_error, currency)}<br />${rt('f.median', { mean: money(value.mean, currency), median: money(value.median, currency) })}`,
    });
    if (value.repeat.value > 0) {
      found.push({
        name: rt('f.repeat'), value: money(value.repeat.value, currency),
        note: html`±${money(value.repeat.standard_error, currency)}${value.ratio ? html`<br />${rt('f.ratio', { x: num(value.ratio.value) })}` : nothing}`,
      });
    }
  }
  found.push({ name: rt(`f.top.${top.of}`), value: share(top.top_10), note: rt('f.top.note', { one: share(top.top_1), twenty: share(top.top_20) }) });
  return found;
}

function figuresView(answer: Orders): TemplateResult {
  return html`<section class="card-box" aria-labelledby="records-figures">
    <h3 id="records-figures">${rt('f.heading')}</h3>
    <dl class="figures">
      ${figuresOf(answer).map(({ name, value, note }) => html`<div><dt>${name}</dt><dd><b>${value}</b><span>${note}</span></dd></div>`)}
    </dl>
  </section>`;
}

function modelsView(answer: Orders): TemplateResult | typeof nothing {
  const { models, chosen, margin, likelihood_ratio: ratio } = answer;
  if (chosen === null) return nothing;
  const ranked = Object.entries(models).sort(([, a], [, b]) => a.bic - b.bic);
  const dash = (value: number | undefined, text: (value: number) => string) => (value === undefined ? '–' : text(value));
  return html`<section class="card-box" aria-labelledby="records-models">
    <h3 id="records-models">${rt('models.heading')}</h3>
    <p class="says">
      ${joined('sentence', [
        rt('models.says', { name: modelName(chosen) }),
        margin ? rt('models.margin', { name: modelName(margin.to), bic: num(margin.bic) }) : '',
        answer.churn_identifiable
          ? ratio
            ? rt('models.lr', { statistic: num(ratio.statistic), p: ratio.p_value < 0.001 ? '< 0.001' : `= ${ratio.p_value.toPrecision(2)}` })
            : ''
          : rt('models.nochurn'),
      ])}
    </p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="records-models">
      <table class="models">
        <thead>
          <tr>
            ${(['models.model', 'models.bic', 'models.expected', 'models.actual', 'models.mae', 'models.year'] as const).map((head) => html`<th scope="col">${rt(head)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${ranked.map(
            ([id, model]) => html`<tr class=${id === chosen ? 'best' : ''}>
              <th scope="row">${modelName(id)}${model.at_boundary ? html` <small>${rt('models.boundary')}</small>` : nothing}</th>
              <td>${full(Number(model.bic.toFixed(1)), language.value)}</td>
              <td>${dash(model.holdout?.predicted, whole)}</td>
              <td>${dash(model.holdout?.actual, whole)}</td>
              <td>${dash(model.holdout?.mae, num)}</td>
              <td>${of100(model.new_customer.orders_12_months)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${parametersView(answer)}
  </section>`;
}

function parametersView({ models }: Orders): TemplateResult {
  const number = (value: number) => (value !== 0 && Math.abs(value) < 0.01 ? value.toExponential(2) : num(value));
  const rows = Object.entries(models).flatMap(([id, { parameters, interval }]) =>
    Object.entries(parameters).map(([name, value]) => {
      const range = interval?.[name];
      return [labelled(modelName(id), name), number(value), range ? `${number(range[0])}–${number(range[1])}` : '–'];
    }),
  );
  return twin([rt('models.parameter'), rt('s.value'), rt('models.interval')], rows, rt('models.parameters'));
}

function outlookView({ outlook, currency, customers }: Orders): TemplateResult | typeof nothing {
  if (!outlook) return nothing;
  const { customers: best, horizon_months: months } = outlook;
  const worth = (orders: number, value: number | null) => (value === null ? '–' : money(orders * value, currency));
  const amount = outlook.expected_spend === null ? '' : rt('o.says.spend', { spend: money(outlook.expected_spend, currency) });
  return html`<section class="card-box" aria-labelledby="records-outlook">
    <h3 id="records-outlook">${rt('o.heading')}</h3>
    <p class="says">
      ${joined('sentence', [
        rt('o.says', { customers: whole(customers), alive: whole(outlook.alive), months, orders: whole(outlook.expected_orders), spend: amount }),
        best.length > 0 ? rt('o.list') : '',
      ])}
    </p>
    ${best.length > 0
      ? html`<div class="scroll" tabindex="0" role="group" aria-labelledby="records-outlook">
          <table class="models">
            <thead>
              <tr>
                ${(['o.customer', 'o.orders', 'o.last', 'o.alive', 'o.next', 'o.spend'] as const).map((head) => html`<th scope="col">${rt(head, { months })}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${best.map(
                (one) => html`<tr>
                  <th scope="row">${one.customer}</th>
                  <td>${whole(one.orders)}</td>
                  <td>${one.last_order}</td>
                  <td>${share(one.alive)}</td>
                  <td>${num(one.expected_orders)}</td>
                  <td>${worth(one.expected_orders, one.order_value)}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`
      : nothing}
  </section>`;
}

export function ordersView(answer: Orders): TemplateResult {
  return html`${figuresView(answer)} ${trackingView(answer)}
    <div class="two">${curveView(answer)} ${byOrdersView(answer)}</div>
    ${heatmap(answer)} ${outlookView(answer)} ${modelsView(answer)}`;
}
