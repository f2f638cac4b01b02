// Texts of the Excel workbook.
import { textsOf } from './index.js';
import en from './workbook.en.json';
import zh from './workbook.zh.json';

export const wt = textsOf(zh, en);
