// Texts of the page in both languages; keys are held equal by a test.
import zh from './zh.json';
import en from './en.json';
import { catalogue } from '../data.js';
import { isPercent } from '../numbers.js';
import { language } from '../state.js';
import type { Text } from '../types.js';

export type Key = keyof typeof zh;
const texts: Record<'zh' | 'en', Record<Key, string>> = { zh, en };

export type Values = Record<string, string | number>;
/** Digits and Chinese have a blank between them; after 万 or 亿 there is none. */
const spaced = (value: string, blank: string) => (/[万亿]$/.test(value) ? value : value + blank);
/** One of anything is singular in English. */
const singular = (text: string): string =>
  text.replace(/(^|[^\d.,])1 (?:(month|day|order|place|user|viewer)s|people)\b/g, (_, before: string, thing = 'person') => `${before}1 ${thing as string}`);
export function fill(text: string, values: Values): string {
  const filled = text.replace(/\{(\w+)\}((?: (?=\p{Script=Han}))?)/gu, (_, name: string, blank: string) => spaced(String(values[name] ?? `{${name}}`), blank));
  return language.value === 'en' ? singular(filled) : filled;
}

export function t(key: Key, values: Values = {}): string {
  return fill(texts[language.value][key], values);
}

/** A text with some of its values emphasised, wherever the language puts them. */
export function told<T>(key: Key, values: Values, emphasised: Record<string, T>): (string | T)[] {
  const marked = Object.fromEntries(Object.keys(emphasised).map((name) => [name, `\u0001${name}\u0001`]));
  return t(key, { ...values, ...marked }).split('\u0001').map((piece, i) => (i % 2 === 1 ? emphasised[piece]! : piece));
}

/** Signs as each language writes them. */
const signs = {
  zh: { colon: '：', comma: '，', semicolon: '；', item: '、', sentence: '' },
  en: { colon: ': ', comma: ', ', semicolon: '; ', item: ', ', sentence: ' ' },
};
type Sign = keyof typeof signs.zh;
export const signOf = (sign: Sign): string => signs[language.value][sign];
/** Pieces with a sign between them, as far as there are any. */
export const joined = (sign: Sign, pieces: readonly (string | false)[]): string => pieces.filter(Boolean).join(signOf(sign));
/** A name and what is said of it. */
export const labelled = (name: string, said: string): string => joined('colon', [name, said]);

/** A sentence whose amounts stay whole at the end of a line: the minus before the sign, 万 and 亿 behind the digits. */
export const unbroken = (text: string): string => text.replace(/−¥/g, '−\u2060¥').replace(/(\d)([万亿])/g, '$1\u2060$2');

/** The texts of a part that comes later; `finish` has the last word on each. */
export const textsOf =
  <K extends string>(zhTexts: Record<K, string>, enTexts: Record<K, string>, finish = (text: string): string => text) =>
  (key: K, values: Values = {}): string =>
    finish(fill((language.value === 'zh' ? zhTexts : enTexts)[key], values));

export const pick = (text: Text): string => text[language.value];
/** A value with its unit in words, where its sign does not say it. */
export function inUnit(value: string, unit: string): string {
  const word = isPercent(unit) || unit.startsWith('yuan') ? '' : pick(catalogue.units[unit] ?? { zh: '', en: '' });
  if (unit === 'month_of_year' && language.value === 'en') return `month ${value}`;
  return word ? fill(`{value} ${word}`, { value }) : value;
}
export const hasKey = (key: string): key is Key => key in zh;
/** What merchants call a channel, or its id. */
export function channelName(id: string): string {
  const key = `channel.${id}`;
  return hasKey(key) ? t(key) : id;
}
/** A label as it stands inside a sentence; names and abbreviations keep their capitals. */
export const inSentence = (label: string): string => (language.value === 'en' && !/^([A-Z]{2}|Tencent|WeChat)/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label);
