// Texts about plans beside each other, in both languages.
import { textsOf } from './index.js';
import en from './compare.en.json';
import zh from './compare.zh.json';

export type CompareKey = keyof typeof zh;
export const ct = textsOf<CompareKey>(zh, en);
