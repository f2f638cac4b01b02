import { afterEach, describe, expect, it } from 'vitest';
import { fill, inSentence, joined, labelled, unbroken } from '../../src/i18n/index.js';
import { language } from '../../src/state.js';

afterEach(() => void (language.value = 'zh'));

describe('pieces of a sentence', () => {
  it('have the signs of their language between them, and none where nothing is said', () => {
    expect(joined('item', ['甲', '', '乙', false])).toBe('甲、乙');
    expect(labelled('广点通', joined('semicolon', ['多赚 ¥1', '都差不多']))).toBe('广点通：多赚 ¥1；都差不多');
    expect(joined('sentence', ['第一句。', '第二句。'])).toBe('第一句。第二句。');
    language.value = 'en';
    expect(joined('item', ['a', '', 'b', false])).toBe('a, b');
    expect(labelled('Tencent Ads', joined('semicolon', ['earns ¥1', 'flat']))).toBe('Tencent Ads: earns ¥1; flat');
    expect(joined('sentence', ['One.', 'Two.'])).toBe('One. Two.');
    expect(joined('comma', [])).toBe('');
  });

  it('have a blank between digits and Chinese, and none after 万 and 亿', () => {
    expect(fill('从 {from} 人次到 {to} 人次，{low} 到 {high}', { from: '8,214', to: '12.2万', low: '−¥3亿', high: 4 })).toBe('从 8,214 人次到 12.2万人次，−¥3亿到 4');
    expect(fill('{n} viewers, {unknown} 人', { n: '12.2K' })).toBe('12.2K viewers, {unknown} 人');
  });

  it('say one of a thing in the singular in English', () => {
    language.value = 'en';
    expect(fill('in {n} months', { n: 1 })).toBe('in 1 month');
    expect(fill('in {n} months', { n: 11 })).toBe('in 11 months');
    expect(fill('{n} months, {m} viewers', { n: '2.1', m: '1' })).toBe('2.1 months, 1 viewer');
    expect(fill('{n} people', { n: '1' })).toBe('1 person');
  });

  it('keep the capitals of names in English', () => {
    language.value = 'en';
    expect(['Tencent Ads', 'WeChat beans', 'GMV', 'Return rate'].map(inSentence)).toEqual(['Tencent Ads', 'WeChat beans', 'GMV', 'return rate']);
  });

  it('keep an amount whole at the end of a line, and nothing else', () => {
    // UAX 14: a word joiner forbids a break on either side.
    expect(unbroken('最好的 5% 高于 ¥254.5万，最差 −¥2,832。')).toBe('最好的 5% 高于 ¥254.5\u2060万，最差 −\u2060¥2,832。');
    expect(unbroken('3亿 人次里 10 个，万一不成')).toBe('3\u2060亿 人次里 10 个，万一不成');
    expect(unbroken('¥2.5M in 12 months')).toBe('¥2.5M in 12 months');
  });
});
