// Texts of the part that comes after the first result, in both languages.
import { language } from '../state.js';
import { fill, unbroken, type Values } from './index.js';
import en from './futures.en.json';
import zh from './futures.zh.json';

export type FuturesKey = keyof typeof zh;
const texts: Record<'zh' | 'en', Record<FuturesKey, string>> = { zh, en };

export function ft(key: FuturesKey, values: Values = {}): string {
  const text = unbroken(fill(texts[language.value][key], values));
  // Sentences begin with a capital.
  return /^\{(what|path|first)\}/.test(texts[language.value][key]) ? text[0]!.toUpperCase() + text.slice(1) : text;
}
