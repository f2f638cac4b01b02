// Texts of the part that comes after the first result, in both languages.
import { language } from '../state.js';
import { fill, type Values } from './index.js';
import en from './futures.en.json';
import zh from './futures.zh.json';

export type FuturesKey = keyof typeof zh;
const texts: Record<'zh' | 'en', Record<FuturesKey, string>> = { zh, en };

export const ft = (key: FuturesKey, values: Values = {}): string => fill(texts[language.value][key], values);
