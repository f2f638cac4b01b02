// Texts of what stands below the first screen, in both languages.
import { textsOf, unbroken } from './index.js';
import en from './lower.en.json';
import zh from './lower.zh.json';

export type LowerKey = keyof typeof zh;
export const lt = textsOf<LowerKey>(zh, en, unbroken);
export const hasLowerKey = (key: string): key is LowerKey => key in zh;
