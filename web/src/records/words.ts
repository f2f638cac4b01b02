// Amounts as the records' results write them.
import { fieldAt, isField } from '../data.js';
import { amount } from '../futures/parts.js';
import { channelName } from '../i18n/index.js';
import { hasRecordsKey, rt } from '../i18n/records.js';
import { count, full, percent } from '../numbers.js';
import { language } from '../state.js';
import { labelOf } from '../views/field.js';

export const num = (value: number): string => count(value, language.value).replace('-', '−');
/** Counts up to a million in all their digits. */
export const whole = (value: number): string => (Math.abs(value) < 1e6 ? full(Math.round(value), language.value) : num(Math.round(value)));
export const share = (value: number, digits = 1): string => percent(value, language.value, Math.abs(value) < 0.1 ? Math.max(digits, 1) : digits);
/** Of a hundred customers: two digits that matter. */
export const of100 = (value: number): string => {
  const n = value * 100;
  return full(n >= 10 ? Math.round(n) : Number(n.toPrecision(2)), language.value);
};

export function money(value: number, currency: string): string {
  const sign = { CNY: '¥', USD: 'US$', EUR: '€', GBP: '£', HKD: 'HK$', JPY: 'JP¥', TWD: 'NT$' }[currency] ?? `${currency}\u00a0`;
  return sign + num(value);
}

/** An input's value as its field writes it. */
export const valueOf = (path: string, value: number): string => amount(fieldAt(path).unit, value);

export function fieldName(field: string): string {
  const key = `field.${field}`;
  if (hasRecordsKey(key)) return rt(key);
  const [, kind, id] = /^(viewers|spend)_(.+)$/.exec(field) ?? [];
  if (!id) return field;
  return rt(kind === 'viewers' ? 'field.of.viewers' : 'field.of.spend', { channel: channelName(id) });
}

export const nameOf = (path: string): string => (isField(path) ? labelOf(path) : path);
