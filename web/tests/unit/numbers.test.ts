import { describe, expect, it } from 'vitest';
import { count, full, inputText, kindOf, percent, reading, readNumber, yuan, type Kind } from '../../src/numbers.js';

const value = (text: string, kind: Kind = 'amount') => {
  const read = readNumber(text, kind);
  return read.kind === 'number' ? read.value : read.kind;
};

describe('reading what merchants type', () => {
  it.each([
    ['1200', 1200], ['1,200', 1200], ['1，200', 1200], ['1 200', 1200], ['1.2万', 12000], ['1.2w', 12000], ['1.2W', 12000],
    ['3亿', 3e8], ['5千', 5000], ['2百万', 2e6], ['1千万', 1e7], ['12k', 12000], ['1.5m', 1.5e6], ['１２００', 1200], ['１．２万', 12000],
    ['¥200', 200], ['￥200', 200], ['200元', 200], ['-5', -5], ['−5', -5], ['.5', 0.5], ['1e5', 100000], ['12场', 12], ['+3', 3],
  ])('%s', (text, expected) => expect(value(text)).toBe(expected));

  it('takes a bare number in a field of percents as percents', () => {
    expect(value('12', 'percent')).toBe(0.12);
    expect(value('12%', 'percent')).toBe(0.12);
    expect(value('１２％', 'percent')).toBe(0.12);
    expect(value('7', 'percent')).toBe(0.07);
    expect(value('0.38', 'percent')).toBe(0.0038);
    expect(value('5‰', 'percent')).toBe(0.005);
  });

  it('takes percents of a ratio, and of no amount', () => {
    expect(kindOf('factor')).toBe('ratio');
    expect(value('80%', 'ratio')).toBe(0.8);
    expect(value('0.8', 'ratio')).toBe(0.8);
    for (const unit of ['users', 'yuan_per_order', 'sessions_per_month', 'hours']) {
      expect(value('12%', kindOf(unit))).toBe('unreadable');
      expect(value('１２％', kindOf(unit))).toBe('unreadable');
    }
  });

  it('takes no amount for a share', () => {
    for (const text of ['¥200', '￥200', '200元', '12人', '3场']) expect(value(text, 'percent')).toBe('unreadable');
  });

  it('asks where a percent may have been meant as a ratio', () => {
    const doubtful = (text: string) => {
      const read = readNumber(text, 'percent');
      return read.kind === 'number' && read.doubtful;
    };
    expect(doubtful('0.2')).toBe(true);
    expect(doubtful('0.2%')).toBe(false);
    expect(doubtful('20')).toBe(false);
    expect(doubtful('0')).toBe(false);
  });

  it.each(['abc', '1..2', '1.2.3', '12 %%', '万', '--5', '1,2,3x', '∞', 'NaN', '1e999', '0x10'])('refuses %s', (text) => expect(value(text)).toBe('unreadable'));
  it('knows nothing from something', () => {
    expect(value('')).toBe('empty');
    expect(value('  ')).toBe('empty');
    expect(value('0')).toBe(0);
  });

  it('reads back what it writes, every digit', () => {
    for (const number of [0, 1, 0.07, 0.0038, 0.123456789, 12345.678, 2e6, 1e9, 1e-4, -0.5, 1 / 3]) {
      for (const unit of ['rate', 'yuan']) {
        for (const language of ['zh', 'en'] as const) {
          const read = value(inputText(number, unit, language), kindOf(unit));
          expect(Math.abs((read as number) - number)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(number)));
        }
      }
    }
  });
});

describe('writing numbers', () => {
  it('uses 万 and 亿 in Chinese, K and M in English', () => {
    expect(count(3041.4, 'zh')).toBe('3,041');
    expect(count(12345, 'zh')).toBe('1.2万');
    expect(count(3.21e8, 'zh')).toBe('3.2亿');
    expect(count(12345, 'en')).toBe('12.3K');
    expect(count(7.818, 'zh')).toBe('7.82');
    expect(yuan(-57600, 'zh')).toBe('−¥5.8万');
    expect(yuan(0.474, 'zh')).toBe('¥0.47');
    expect(yuan(-0.001, 'zh')).toBe('¥0');
    expect(percent(0.608, 'zh')).toBe('60.8%');
    expect(full(1234567.8, 'zh')).toBe('1,234,568');
    expect(full(12.345, 'en')).toBe('12.35');
    expect(reading(0.2, 'rate', 'zh')).toBe('20%');
    expect([0.12345, 0.0568, 0.00456, 0.0005, 0.0000123, -0.0568, 0, 1.5].map((share) => reading(share, 'rate', 'zh'))).toEqual(['12.3%', '5.68%', '0.456%', '0.05%', '0.00123%', '−5.68%', '0%', '150%']);
  });
  it('gives what rounds to nothing no sign, and keeps every other', () => {
    expect([count(-0.001, 'zh'), percent(-0.0001, 'zh'), full(-0.001, 'en'), full(-0, 'zh')]).toEqual(['0', '0%', '0', '0']);
    expect([count(-0.01, 'zh'), percent(-0.001, 'zh'), full(-1000, 'en'), inputText(-0.5, 'count', 'zh')]).toEqual(['-0.01', '-0.1%', '-1,000', '-0.5']);
  });
});

// Every file of texts there is, so that a new one cannot be forgotten.
const files = import.meta.glob<Record<string, string>>('../../src/i18n/*.json', { eager: true, import: 'default' });
const inChinese = Object.keys(files).filter((path) => /\bzh\.json$/.test(path));

describe.each(inChinese.map((path) => [path.split('/').at(-1)!, files[path]!, files[path.replace(/zh\.json$/, 'en.json')]!] as const))('texts %s', (_, chinese, english) => {
  it('stand in both languages under the same keys, with the same values', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
    for (const key of Object.keys(chinese)) {
      const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
      expect(names(english[key]!), key).toEqual(names(chinese[key]!));
      expect(chinese[key]!.trim().length, key).toBeGreaterThan(0);
    }
  });
  it('are written in their own language', () => {
    for (const [key, text] of Object.entries(english)) if (key !== 'language.switch' && key !== 'language.name') expect(/[\u4e00-\u9fff]/.test(text), key).toBe(false);
    for (const [key, text] of Object.entries(chinese)) expect(/[\u4e00-\u9fff}][,:;?!]|[,:;?!][\u4e00-\u9fff]/.test(text), key).toBe(false);
  });
});
