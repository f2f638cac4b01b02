// Texts of the part that reads the merchant's own records, in both languages.
import { textsOf } from './index.js';
import en from './records.en.json';
import zh from './records.zh.json';

export type RecordsKey = keyof typeof zh;
export const rt = textsOf<RecordsKey>(zh, en);
export const hasRecordsKey = (key: string): key is RecordsKey => key in zh;
