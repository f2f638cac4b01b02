// Texts of the guide, in both languages.
import { textsOf } from './index.js';
import en from './guide.en.json';
import zh from './guide.zh.json';

export type GuideKey = keyof typeof zh;
export const gt = textsOf<GuideKey>(zh, en);
export const hasGuideKey = (key: string): key is GuideKey => key in zh;
