// Texts about posters, tables and reports, in both languages.
import { textsOf } from './index.js';
import en from './export.en.json';
import zh from './export.zh.json';

export type ExportKey = keyof typeof zh;
export const et = textsOf<ExportKey>(zh, en);
