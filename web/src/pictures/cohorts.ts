// What each month's new customers, and those from before, buy again in the months after.
import { html, nothing, type TemplateResult } from 'lit';
import { sum } from 'd3-array';
import type { Breakdown } from '@engine/growth.js';
import { twin } from '../futures/parts.js';
import { pt } from '../i18n/pictures.js';
import { joined } from '../i18n/index.js';
import { HeatMap } from '../views/heat.js';
import { digits, heads, num, share, width } from './state.js';

/** Rows of the picture; the table has all. */
const most = 25;
const heat = new HeatMap('plan');
type Cohort = Breakdown['cohorts'][number];

const people = ({ joined, outside }: Cohort) => joined + outside;
const ordersAt = (cohort: Cohort, i: number) => cohort.repeat_orders_private[i]! + cohort.repeat_orders_public[i]!;
const nameOf = ({ month }: Cohort) => (month === 0 ? pt('cohorts.before') : pt('cohorts.name', { month }));

export function cohortsView({ cohorts, room }: Breakdown): TemplateResult {
  const months = room.months.length;
  // Who comes in the last month buys again after it; who is nobody buys nothing.
  const counted = cohorts.filter((cohort) => people(cohort) > 0 && cohort.repeat_orders_private.length > 0);
  const drawn = counted.slice(0, most);
  const told = (row: number, step: number) => {
    const cohort = drawn[row]!;
    return pt('cohorts.told', {
      name: nameOf(cohort), n: heads(people(cohort)), step, orders: num(ordersAt(cohort, step - 1)),
      pool: num(cohort.repeat_orders_private[step - 1]!), outside: num(cohort.repeat_orders_public[step - 1]!),
    });
  };
  const rows = drawn.map((cohort) => ({ name: nameOf(cohort), values: cohort.repeat_orders_private.map((_, i) => ordersAt(cohort, i) / people(cohort)) }));
  const [before, first] = [cohorts[0]!, cohorts[1]!];
  const pool = sum(first.repeat_orders_private);
  const all = pool + sum(first.repeat_orders_public);
  const says = [
    people(before) > 0 && pt('cohorts.says.before', { n: heads(people(before)), orders: heads(sum(before.repeat_orders_private) + sum(before.repeat_orders_public)), months }),
    all > 0 && pt('cohorts.says', { n: heads(people(first)), months, orders: heads(all), share: share(pool / all) }),
    drawn.length < counted.length && pt('cohorts.cut', { n: drawn.length }),
  ];
  return html`<p class="says">${joined('sentence', says)}</p>
    ${drawn.length > 0 ? heat.view(pt('cohorts'), width.value, rows, told, pt('cohorts.scale'), (value) => num(Number((value * 100).toPrecision(2)))) : nothing}
    <p class="hidden">${pt('keys.grid')}</p>
    ${twin(
      [pt('cohorts.head'), pt('cohorts.customers'), ...room.months.map((_, i) => pt('month', { month: i + 1 }))],
      [
        ...cohorts.map((cohort) => [nameOf(cohort), digits(people(cohort)), ...room.months.map((_, i) => (i < cohort.month ? '' : digits(ordersAt(cohort, i - cohort.month))))]),
        [pt('cohorts.all'), '', ...room.months.map((_, i) => digits(sum(cohorts.filter(({ month }) => month <= i), (cohort) => ordersAt(cohort, i - cohort.month))))],
      ],
      pt('cohorts'),
    )}`;
}
