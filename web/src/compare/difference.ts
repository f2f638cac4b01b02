// What is compared, and how a difference is said: with a sign, in words, and never by colour alone.
import { quantityAt, metricAmount } from '../futures/parts.js';
import { ct, type CompareKey } from '../i18n/compare.js';
import { pick, t } from '../i18n/index.js';
import { count, percent, yuan } from '../numbers.js';
import { language } from '../state.js';
import { paybackText } from '../views/results.js';
import type { Case } from './cases.js';

export interface Difference {
  /** Whether the number went up or down. */
  sign: -1 | 0 | 1;
  /** Whether that is good; nothing where it is neither. */
  better?: boolean;
  text: string;
}
type Reading = number | null | undefined;

/** It stays with the word behind it. */
export const arrow = (sign: number): string => (sign > 0 ? '▲\u00a0' : sign < 0 ? '▼\u00a0' : '');
export const sameText = (): Difference => ({ sign: 0, text: ct('same') });

const money = (value: number) => yuan(value, language.value);
const plain = (value: number) => count(value, language.value);
const signed = (value: number) => percent(value, language.value, Math.abs(value) < 0.1 ? 1 : 0).replace('-', '');

/** How much more or less in percent; nothing where the base is no amount to measure by. */
export function shareOf(now: number, base: number): string | undefined {
  if (base <= 0 || now < 0) return undefined;
  const share = signed((now - base) / base);
  return share === signed(0) ? undefined : (now > base ? '+' : '−') + share;
}

/** The difference of two amounts; `more` and `less` are said of it. */
export function between(now: number, base: number, show: (value: number) => string, more: CompareKey, less: CompareKey): Difference {
  const amount = now - base;
  const text = show(Math.abs(amount));
  // What rounds to nothing is nothing.
  if (Math.abs(amount) <= 1e-9 * Math.max(Math.abs(now), Math.abs(base)) || text === show(0)) return sameText();
  return { sign: amount > 0 ? 1 : -1, text: ct(amount > 0 ? more : less, { amount: text }) };
}

function ofAmounts(now: number, base: number, show: (value: number) => string): Difference {
  const found = between(now, base, show, 'more', 'less');
  const share = found.sign === 0 ? undefined : shareOf(now, base);
  return { ...found, better: found.sign > 0, text: share ? ct('withshare', { text: found.text, share }) : found.text };
}

/** Money that has to be put in is said as such. */
function ofCash(now: number, base: number): Difference {
  const advanced = now < 0 && base < 0;
  const found = between(now, base, money, advanced ? 'advance.less' : 'higher', advanced ? 'advance.more' : 'lower');
  return { ...found, better: found.sign > 0 };
}

/** A month, or never. */
export function ofPayback(now: number | null, base: number | null): Difference {
  if (now === base) return sameText();
  if (base === null) return { sign: -1, better: true, text: ct('payback.now') };
  if (now === null) return { sign: 1, better: false, text: ct('payback.gone') };
  return { sign: now > base ? 1 : -1, better: now < base, text: ct(now > base ? 'later' : 'earlier', { n: Math.abs(now - base) }) };
}

/** A tenth of a point is the least that is worth a word. */
const points = (value: number) => ct('points', { n: plain(Math.round(value * 1000) / 10) });
function ofShares(now: number, base: number): Difference {
  const found = between(now, base, points, 'higher', 'lower');
  return { ...found, better: found.sign > 0 };
}

export interface Metric {
  id: string;
  label: () => string;
  read: (one: Case) => Reading;
  show: (value: Reading) => string;
  difference: (now: number, base: number) => Difference;
}

type Total = 'gmv' | 'settled_gmv' | 'profit' | 'cash_low' | 'private_users_end' | 'roas' | 'repeat_share';
const total = (id: Total, difference: Metric['difference']): Metric => ({
  id,
  label: () => pick(quantityAt(id).label),
  read: ({ plan }) => plan?.summary[id],
  show: (value) => (typeof value === 'number' ? metricAmount(id, value) : '–'),
  difference,
});
const inMoney = (now: number, base: number) => ofAmounts(now, base, money);

export const profit = total('profit', inMoney);
export const gmv = total('gmv', inMoney);
export const cashLow = total('cash_low', ofCash);
export const metrics: Metric[] = [
  gmv,
  total('settled_gmv', inMoney),
  profit,
  {
    id: 'payback_month',
    label: () => t('card.payback'),
    // Never comes after every month.
    read: ({ plan }) => plan && (plan.summary.payback_month ?? Infinity),
    show: (month) => (typeof month === 'number' ? paybackText(Number.isFinite(month) ? month : null) : '–'),
    difference: (now, base) => ofPayback(Number.isFinite(now) ? now : null, Number.isFinite(base) ? base : null),
  },
  cashLow,
  total('private_users_end', (now, base) => ofAmounts(now, base, (value) => plain(Math.round(value)))),
  total('roas', (now, base) => {
    const found = between(now, base, plain, 'higher', 'lower');
    return { ...found, better: found.sign > 0 };
  }),
  total('repeat_share', (now, base) => {
    const { sign, text } = ofShares(now, base);
    return { sign, text };
  }),
];
export const chanceDifference = ofShares;

/** The difference of a number of two plans; nothing where one of them has none. */
export function differenceOf(metric: Metric, one: Case, base: Case): Difference | undefined {
  const [now, before] = [metric.read(one), metric.read(base)];
  return typeof now === 'number' && typeof before === 'number' ? metric.difference(now, before) : undefined;
}
