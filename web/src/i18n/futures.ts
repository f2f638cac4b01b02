// Texts of the part that comes after the first result, in both languages.
import { language } from '../state.js';
import { fill, type Values } from './index.js';
import en from './futures.en.json';
import zh from './futures.zh.json';

export type FuturesKey = keyof typeof zh;
const texts: Record<'zh' | 'en', Record<FuturesKey, string>> = { zh, en };

export function ft(key: FuturesKey, values: Values = {}): string {
  // The minus stays with its amount at the end of a line, and sentences begin with a capital.
  const text = fill(texts[language.value][key], values).replace(/−¥/g, '−\u2060¥');
  return /^\{(what|path|first)\}/.test(texts[language.value][key]) ? text[0]!.toUpperCase() + text.slice(1) : text;
}
