// Texts of the pictures of the plan, in both languages.
import { textsOf, unbroken } from './index.js';
import en from './pictures.en.json';
import zh from './pictures.zh.json';

export type PicturesKey = keyof typeof zh;
export const pt = textsOf<PicturesKey>(zh, en, unbroken);
