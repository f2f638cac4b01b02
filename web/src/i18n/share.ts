// Texts about passing plans on, keeping them and taking changes back, in both languages.
import { textsOf } from './index.js';
import en from './share.en.json';
import zh from './share.zh.json';

export type ShareKey = keyof typeof zh;
export const st = textsOf<ShareKey>(zh, en);
