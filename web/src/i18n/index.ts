// Texts of the page in both languages; keys are held equal by a test.
import zh from './zh.json';
import en from './en.json';
import { language } from '../state.js';
import type { Text } from '../types.js';

export type Key = keyof typeof zh;
const texts: Record<'zh' | 'en', Record<Key, string>> = { zh, en };

export type Values = Record<string, string | number>;
export const fill = (text: string, values: Values): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

export function t(key: Key, values: Values = {}): string {
  return fill(texts[language.value][key], values);
}

/** A text with some of its values emphasised, wherever the language puts them. */
export function told<T>(key: Key, values: Values, emphasised: Record<string, T>): (string | T)[] {
  const marked = Object.fromEntries(Object.keys(emphasised).map((name) => [name, `\u0001${name}\u0001`]));
  return t(key, { ...values, ...marked }).split('\u0001').map((piece, i) => (i % 2 === 1 ? emphasised[piece]! : piece));
}

/** The texts of a part that comes later. */
export const textsOf =
  <K extends string>(zhTexts: Record<K, string>, enTexts: Record<K, string>) =>
  (key: K, values: Values = {}): string =>
    fill((language.value === 'zh' ? zhTexts : enTexts)[key], values);

export const pick = (text: Text): string => text[language.value];
export const hasKey = (key: string): key is Key => key in zh;
/** A label as it stands inside a sentence. */
export const inSentence = (label: string): string => (language.value === 'en' && !/^[A-Z]{2}/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label);
