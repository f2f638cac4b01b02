// Texts of the ten questions, in both languages.
import { textsOf, unbroken } from './index.js';
import en from './decisions.en.json';
import zh from './decisions.zh.json';

export type DecisionsKey = keyof typeof zh;
/** Sentences begin with a capital. */
export const dt = textsOf<DecisionsKey>(zh, en, (text) => unbroken(text.charAt(0).toUpperCase() + text.slice(1)));
