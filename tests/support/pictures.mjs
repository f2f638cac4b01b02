// What the tables below the pictures of the plan say, as the engine's numbers fill them, in Chinese.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compact, full, yuan } from './shown.mjs';

export const tabs = ['flywheel', 'bridge', 'cash', 'cohorts', 'ladder', 'roi'];
export const words = JSON.parse(readFileSync(new URL('../../web/src/i18n/lower.zh.json', import.meta.url), 'utf8'));

const unit = { viewers: ' 人次', users: ' 人', orders: ' 单' };
export function flowRows({ flows }, month) {
  const name = (flow, id) => words[`series.${id.replace('new_customers_', 'viewers_')}`] ?? (id === 'new_customers_affiliate' ? '分销' : flow.nodes.find((node) => node.id === id).label.zh);
  return flows.flatMap((flow) =>
    flow.links.filter(({ values }) => values[month] > 0).map(({ source, target, values }) => [name(flow, source), name(flow, target), `${full(values[month])}${unit[flow.unit]}`]));
}
const stages = { cold_start: '冷启动', warming: '快出冷启动', launched: '走出冷启动', established: '场观过万', head: '头部直播间' };
const shown = (value) => (value === null ? '没有' : full(value));

const tables = {
  flywheel: (answer, plan, month) => flowRows(answer, month),
  bridge: ({ bridge }) => bridge.map(({ label, value, running }) => [label.zh, full(value), full(running)]),
  cash: (answer, { months }) => months.month.map((m, i) => [`第 ${m} 个月`, ...['cash', 'cumulative_cash', 'cumulative_profit'].map((column) => full(months[column][i]))]),
  cohorts: ({ cohorts }, { months }) =>
    cohorts.map(({ month, joined, outside, repeat_orders_private: own, repeat_orders_public: other }) => [
      month === 0 ? '老客' : `第 ${month} 月`, full(joined + outside), ...months.month.map((_, i) => (i < month ? '' : full(own[i - month] + other[i - month]))),
    ]),
  ladder: ({ room }) => room.months.map((reading, i) => [`第 ${i + 1} 个月`, stages[reading.stage], full(reading.viewers_2h), full(reading.viewers_per_session)]),
  roi: ({ roi }) => roi.definitions.map(({ label, value, break_even: even }) => [label.zh, shown(value), shown(even.value)]),
};

/** The rows of a picture's table against a breakdown and its plan; the flywheel's are of one month, from 0. */
export function assertTable(tab, rows, answer, plan, month) {
  // Cohorts together are the plan's own columns.
  const together = tab === 'cohorts' ? rows.at(-1).slice(2) : [];
  assert.deepEqual(tab === 'cohorts' ? rows.slice(0, -1) : rows, tables[tab](answer, plan, month), tab);
  const { repeat_orders_private: own, repeat_orders_public: other } = plan.months;
  if (tab === 'cohorts') assert.deepEqual(together, own.map((orders, i) => full(orders + other[i])), tab);
}

const sources = {
  viewers: ['viewers_private', 'viewers_referral', 'viewers_natural', 'viewers_granted', 'viewers_voucher', 'viewers_paid'],
  costs: ['cost_of_goods', 'platform_fee', 'fulfilment_cost', 'session_cost', 'media_spend', 'private_cost', 'distribution_cost', 'fixed_cost'],
};
/** What the months of the picture above the inputs are read out as: where viewers come from, or what is paid. */
export const sourceLabels = ({ months }, picture) =>
  months.month.map((month, i) => {
    const columns = sources[picture].map((column) => [words[`series.${column}`], months[column][i]]);
    const amount = picture === 'viewers' ? compact : yuan;
    const parts = columns.filter(([, value]) => value > 0).map(([name, value]) => `${name} ${amount(value)}`);
    return `第 ${month} 个月：合计 ${amount(columns.reduce((all, [, value]) => all + value, 0))}；${parts.join('，')}`;
  });

/** The pictures whose points are read one by one: the first of them, a key, and what the next one says. */
export const points = [
  ['flywheel', '[data-stop=flywheel-0]', 'ArrowRight', /^平台首推：.*人次，去向 自然公域/],
  ['bridge', '[data-stop=bridge-0]', 'ArrowRight', /^退货 −¥.*还剩/],
  ['cash', '[data-stop=cash-0]', 'ArrowRight', /^第 2 个月：累计现金/],
  ['cohorts', '[data-cell="plan-0-1"]', 'ArrowDown', /^第 1 月（.* 人），过 1 个月：再下/],
  ['roi', '[data-stop=roi-0]', 'ArrowRight', /^结算 ROI \d.*保本线/],
];

/** Within the page: what is written in the drawings of a place and leaves its frame. A line is higher than its signs. */
export const textOutside = (within) =>
  [...document.querySelectorAll(`${within} .drawing svg text`)].filter((one) => {
    const [{ x, y, width, height }, frame] = [one.getBBox(), one.closest('svg').getBoundingClientRect()];
    const [{ x: left, y: top }, { x: right, y: bottom }] = [[x, y], [x + width, y + height]].map((corner) => new DOMPoint(...corner).matrixTransform(one.getScreenCTM()));
    const lead = Math.max(1, 0.3 * parseFloat(getComputedStyle(one).fontSize));
    return left < frame.left - 1 || right > frame.right + 1 || top < frame.top - lead || bottom > frame.bottom + lead;
  }).map((one) => one.textContent);
