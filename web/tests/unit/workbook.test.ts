// The engine's language in a spreadsheet's: what a formula becomes, cell by cell.
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { read } from '../../src/export/workbook/language.js';
import { address, quoted } from '../../src/export/workbook/sheet.js';
import { translate, type Layout } from '../../src/export/workbook/translate.js';
import { write } from '../../src/export/workbook/xlsx.js';

/** Months in columns C to F of rows 5 and 6, ages 3 to 1 in C to E of row 9, an input by name. */
const rows: Record<string, number> = { month: 3, gmv: 4, cost: 5, age: 7, curve: 8 };
const layout: Layout = {
  months: 4,
  ages: 3,
  channels: 2,
  over: (name) => (name === 'age' || name === 'curve' ? 'ages' : name in rows ? 'months' : 'once'),
  cell: (name, at) => (name in rows ? address(layout.over(name) === 'ages' ? 4 - at : 2 + at, rows[name]!) : name.replace(/\./g, '_')),
  cells: (name, from, to) => [layout.cell(name, from), layout.cell(name, to)].sort().join(':'),
};
const told = (formula: string, at = 2) => translate(formula, layout, at);

describe('translation', () => {
  it('keeps the order of operations, in which a spreadsheet binds a minus more strongly', () => {
    expect(told('a + b*c^2')).toBe('a+b*c^2');
    expect(told('-a^b')).toBe('-(a^b)');
    expect(told('(-a)^b')).toBe('(-a)^b');
    expect(told('a^b^c')).toBe('a^(b^c)');
    expect(told('a - (b - c)')).toBe('a-(b-c)');
    expect(told('a/(b*c)')).toBe('a/(b*c)');
    expect(told('-a*b')).toBe('(-a)*b');
    expect(told('select(a <= b, 1, 0)*(c < d)')).toBe('IF(a<=b,1,0)*(c<d)');
  });

  it('finds cells by month, the month before, and inputs by name', () => {
    expect(told('gmv*(1 - orders.return_rate)')).toBe('E5*(1-orders_return_rate)');
    expect(told('prev(gmv + cost)')).toBe('D5+D6');
    expect(told('last(gmv)')).toBe('F5');
    expect(told('ago(gmv, 2)')).toBe('C5');
    expect(told('ago(gmv, 3)')).toBe('0');
  });

  it('sums over months, ages, cohorts and channels', () => {
    expect(told('sum(gmv)')).toBe('SUM(C5:F5)');
    expect(told('lowest(gmv)')).toBe('MIN(C5:F5)');
    expect(told('sum((gmv - cost)*(1 + r)^(-month))')).toBe('SUMPRODUCT((C5:F5-C6:F6)*(1+r)^(-C4:F4))');
    expect(told('ages((age <= n)*curve)')).toBe('SUMPRODUCT((C8:E8<=n)*C9:E9)');
    // Cohorts of months 1 and 2 are 2 and 1 months old in month 3; ages stand from old to young.
    expect(told('earlier(gmv, curve)')).toBe('SUMPRODUCT(C5:D5,D9:E9)');
    expect(told('earlier(gmv, curve)', 0)).toBe('0');
    expect(told('at_age(curve, x + 1)')).toBe('SUMPRODUCT(C9:E9*(ABS((x+1)-C8:E8)<1)*(1-ABS((x+1)-C8:E8)))');
    expect(told('2*channels(channel.spend)')).toBe('2*(channels_0_spend+channels_1_spend)');
  });

  it('is exact where a plain difference would lose its digits', () => {
    // The formulas are checked as JavaScript, whose arithmetic is a spreadsheet's.
    const value = (formula: string, x: number, y = 0): number => {
      const script = told(formula).replace(/\^/g, '**').replace(/([^<>])=/g, '$1==');
      const run = new Function('x', 'y', 'IF', 'ABS', 'EXP', 'LN', 'MIN', `return ${script}`);
      return run(x, y, (c: boolean, a: number, b: number) => (c ? a : b), Math.abs, Math.exp, Math.log, Math.min) as number;
    };
    for (let x = 1e-14; x < 0.9; x *= 1.7) {
      for (const signed of [x, -x]) {
        expect(Math.abs(value('expm1(x)', signed) / Math.expm1(signed) - 1)).toBeLessThan(1e-10);
        expect(Math.abs(value('log1p(x)', signed) / Math.log1p(signed) - 1)).toBeLessThan(1e-10);
        const sum = Math.expm1(36 * Math.log1p(signed)) / signed;
        expect(Math.abs(value('geometric_sum(1 + x, 36)', signed) / sum - 1)).toBeLessThan(1e-9 + 2e-16 / x);
      }
      expect(Math.abs(value('saturation(x)', x) / (-Math.expm1(-x) / x) - 1)).toBeLessThan(1e-10);
    }
    expect(value('geometric_sum(x, 7)', 1)).toBe(7);
    expect(value('geometric_sum(x, 7)', 0)).toBe(1);
    expect(value('hill(x, 2, y)', 0, 1.5)).toBe(0);
    expect(value('share(x, y)', 3, 0)).toBe(0);
  });

  it('refuses what is no formula of the language', () => {
    for (const text of ['', 'a +', '(a', 'a b', 'min(a', 'a $ b', '=a', 'A1']) expect(() => read(text), text).toThrow();
    expect(() => told('unheard(a)')).toThrow();
    expect(() => told('sum(max(gmv, 0))')).toThrow(/many cells/);
  });
});

describe('file', () => {
  it('writes addresses beyond Z, quotes sheets, and holds hostile text as text', () => {
    expect([0, 25, 26, 701, 702].map((column) => address(column, 0))).toEqual(['A1', 'Z1', 'AA1', 'ZZ1', 'AAA1']);
    expect(quoted("a'b")).toBe("'a''b'!");
    const bytes = write({ sheets: [{ name: 'x', columns: [9], rows: [[{ value: '=cmd()|<&"\u0000\ud800' }, { formula: 'A1&"<"', value: '<' }]] }], names: {}, font: 'Arial' });
    const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml']!);
    expect(sheet).toContain('<is><t xml:space="preserve">=cmd()|&lt;&amp;&quot;</t></is>');
    expect(sheet).toContain('<f>A1&amp;&quot;&lt;&quot;</f><v>&lt;</v>');
  });
});
