// Texts of the ten questions, in both languages.
import { textsOf, type Values } from './index.js';
import en from './decisions.en.json';
import zh from './decisions.zh.json';

export type DecisionsKey = keyof typeof zh;
const text = textsOf<DecisionsKey>(zh, en);
/** The minus stays with its amount at the end of a line, and sentences begin with a capital. */
export const dt = (key: DecisionsKey, values: Values = {}): string => {
  const filled = text(key, values).replace(/−¥/g, '−\u2060¥');
  return filled.charAt(0).toUpperCase() + filled.slice(1);
};
