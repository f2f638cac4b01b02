// Texts about passing plans on, keeping them and taking changes back, in both languages.
import { language } from '../state.js';
import { fill, type Values } from './index.js';
import en from './share.en.json';
import zh from './share.zh.json';

export type ShareKey = keyof typeof zh;
const texts: Record<'zh' | 'en', Record<ShareKey, string>> = { zh, en };

export const st = (key: ShareKey, values: Values = {}): string => fill(texts[language.value][key], values);
