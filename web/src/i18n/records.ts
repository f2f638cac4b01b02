// Texts of the part that reads the merchant's own records, in both languages.
import { language } from '../state.js';
import { fill, type Values } from './index.js';
import en from './records.en.json';
import zh from './records.zh.json';

export type RecordsKey = keyof typeof zh;
const texts: Record<'zh' | 'en', Record<RecordsKey, string>> = { zh, en };

export const rt = (key: RecordsKey, values: Values = {}): string => fill(texts[language.value][key], values);
export const hasRecordsKey = (key: string): key is RecordsKey => key in zh;
