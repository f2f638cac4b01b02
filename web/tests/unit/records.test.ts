import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { encodingOf, largest, sniff, texts } from '../../src/records/decode.js';
import { delimiterOf, Rows, TableBytes } from '../../src/records/table.js';
import { edits, language, learn, learned, reset, resetAll, sourceOf, type, unlearn } from '../../src/state.js';
import type { Contracts, Orders, Problem } from '../../src/records/answers.js';
import * as contracts from '../../src/records/contracts.js';
import * as orders from '../../src/records/orders.js';
import { fieldName, money, of100, share, whole } from '../../src/records/words.js';

const utf16 = (text: string, big: boolean) =>
  Uint8Array.from([...text].flatMap((c) => (big ? [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255] : [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])));
/** 买家,金额 / 小鱼,12 in GBK. */
const gbk = Uint8Array.from([0xc2, 0xf2, 0xbc, 0xd2, 0x2c, 0xbd, 0xf0, 0xb6, 0xee, 0x0d, 0x0a, 0xd0, 0xa1, 0xd3, 0xe3, 0x2c, 0x31, 0x32, 0x0d, 0x0a]);
const text = '买家,金额\n小鱼,12\n';

async function read(file: Blob, encoding: string, step?: number): Promise<string> {
  let all = '';
  for await (const piece of texts(file, encoding, step)) all += piece.text;
  return all;
}

describe('which encoding a file is in', () => {
  it('is told by its mark, else by what it can be read as', async () => {
    expect(await encodingOf(new Blob([text]))).toEqual({ encoding: 'utf-8' });
    expect(await encodingOf(new Blob(['\uFEFF', text]))).toEqual({ encoding: 'utf-8' });
    expect(await encodingOf(new Blob([gbk]))).toEqual({ encoding: 'gb18030' });
    expect(await encodingOf(new Blob([utf16('\uFEFF' + text, false)]))).toEqual({ encoding: 'utf-16le' });
    expect(await encodingOf(new Blob([utf16('\uFEFF' + text, true)]))).toEqual({ encoding: 'utf-16be' });
    expect(await encodingOf(new Blob([utf16('date,amount\n2026-01-05,12\n', false)]))).toEqual({ encoding: 'utf-16le' });
  });

  it('is not guessed from the beginning alone', async () => {
    // GBK behind five thousand letters, in pieces that cut its characters.
    const late = new Blob(['a'.repeat(5001), gbk]);
    for (const step of [7, 1000, 1 << 20]) expect(await encodingOf(late, step)).toEqual({ encoding: 'gb18030' });
    const early = new Blob(['买家'.repeat(3000)]);
    for (const step of [7, 1000, 1 << 20]) expect(await encodingOf(early, step)).toEqual({ encoding: 'utf-8' });
  });

  it('refuses what is empty, too large, a workbook or no text', async () => {
    expect(await encodingOf(new Blob([]))).toEqual({ refused: 'empty' });
    expect(await encodingOf({ size: largest + 1 } as Blob)).toEqual({ refused: 'too_large' });
    expect(sniff(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toEqual({ refused: 'spreadsheet' });
    expect(sniff(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]))).toEqual({ refused: 'spreadsheet' });
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 0]);
    expect(sniff(png)).toEqual({ refused: 'not_text' });
    expect(await encodingOf(new Blob([Uint8Array.from([0xff, 0x41, 0x42])]))).toEqual({ refused: 'not_text' });
  });
});

describe('text of a file', () => {
  it('is the same in pieces of any size, with line ends of one kind and without its mark', async () => {
    const mixed = '买家,金额\r\n"小\r鱼",12\r\n阿乔,8\r';
    const clean = '买家,金额\n"小\n鱼",12\n阿乔,8\n';
    for (const step of [1, 2, 3, 5, 64]) {
      expect(await read(new Blob(['\uFEFF', mixed]), 'utf-8', step)).toBe(clean);
      expect(await read(new Blob([utf16('\uFEFF' + mixed, true)]), 'utf-16be', step)).toBe(clean);
    }
    expect(await read(new Blob([gbk]), 'gb18030', 3)).toBe(text);
  });
});

const parsed = (csv: string, sizes: number): string[][] | Problem => {
  const rows = new Rows(delimiterOf(csv));
  const all: string[][] = [];
  for (let at = 0; at === 0 || at < csv.length; at += sizes) {
    const taken = rows.take(csv.slice(at, at + sizes), at + sizes >= csv.length);
    if (!Array.isArray(taken)) return taken;
    all.push(...taken);
  }
  return all;
};

describe('rows out of pieces', () => {
  const csv = 'id,名字,note\n1,"小,鱼","two\nlines"\n2,"he said ""hi""",\n\n3,x,y\n';
  const rows = [['id', '名字', 'note'], ['1', '小,鱼', 'two\nlines'], ['2', 'he said "hi"', ''], [''], ['3', 'x', 'y']];
  it('are the same wherever the pieces are cut', () => {
    for (let size = 1; size <= csv.length; size += 1) expect(parsed(csv, size), String(size)).toEqual(rows);
    expect(parsed(csv.trimEnd(), 4)).toEqual(rows);
  });

  it('keep semicolons, tabs and commas apart', () => {
    expect(delimiterOf('a;b;c\n1,5;2;3\n2,5;3;4\n')).toBe(';');
    expect(delimiterOf('a\tb\n1,2\t3\n')).toBe('\t');
    expect(delimiterOf('a,b\n1,2\n')).toBe(',');
    expect(delimiterOf('alone\n1\n2\n')).toBe(',');
  });

  it('say in which row and column a quote has no partner', () => {
    const problem = (csv: string, size: number) => (parsed(csv, size) as Problem).message.en;
    for (const size of [1, 3, 7, 1000]) {
      expect(problem('a,b,c\n1,2,3\n4,"five,6\n7,8,9\n', size), String(size)).toMatch(/^Row 3, column 2:/);
      expect(problem('"a,b\n1,2\n', size), String(size)).toMatch(/^Row 1, column 1:/);
      expect(problem('a,b\n1,"2"x\n3,4\n', size), String(size)).toMatch(/^Row 2, column 2:/);
      expect(problem('a,b,c\n"x, y",1,"z\n', size), String(size)).toMatch(/^Row 2, column 3:/);
    }
  });

  it('give up on a quote that swallows the file', () => {
    const rows = new Rows(',');
    let taken: string[][] | Problem = [];
    let pieces = 0;
    for (; pieces < 40 && Array.isArray(taken); pieces += 1) taken = rows.take(`${pieces === 0 ? 'a,b\n1,"' : ''}${'2,3\n'.repeat(20000)}`, false);
    expect((taken as Problem).message.en).toMatch(/^Row 2, column 2:/);
    expect(pieces).toBeLessThan(20);
  });
});

describe('the table', () => {
  const read = (table: TableBytes) => new TextDecoder().decode(table.bytes);
  it('has every cell and row marked, and only the columns that are kept', () => {
    const table = new TableBytes();
    table.add([['a', '金额'], ['', '1']]);
    expect(read(table)).toBe('a\u001f金额\u001f\u001e\u001f1\u001f\u001e');
    const kept = new TableBytes([2, 0]);
    kept.add([['a', 'b', 'c'], ['1'], [''], ['1', '2', '3', '4']]);
    expect(read(kept)).toBe('c\u001fa\u001f\u001e1\u001f\u001e\u001f\u001e3\u001f1\u001f\u001e');
  });

  it('grows, and its marks cannot stand in a cell', () => {
    const table = new TableBytes([0]);
    const rows = new Rows(',').take(`${'小鱼\u001f1,2\n'.repeat(200000)}`, true) as string[][];
    table.add(rows);
    const all = read(table);
    expect(all.split('\u001e').length - 1).toBe(200000);
    expect(all.slice(0, 7)).toBe('小鱼 1\u001f\u001e小');
  });
});

describe('what records say of an input', () => {
  const path = 'orders.average_order_value';
  const put = (value: number) => learn(new Map([[path, { from: 'orders', edit: { text: String(value), value }, spread: { at: value, distribution: { dist: 'normal', mean: value, sd: 2 } } }]]));
  afterEach(resetAll);

  it('goes back to what was typed before, and what is typed later stays', () => {
    type(path, '150');
    put(188);
    expect(sourceOf(path)).toBe('orders');
    expect(edits.value.get(path)?.value).toBe(188);
    unlearn([path]);
    expect([sourceOf(path), edits.value.get(path)?.text, learned.value.size]).toEqual([undefined, '150', 0]);
    put(188);
    type(path, '200');
    expect(sourceOf(path)).toBe(undefined);
    unlearn([path]);
    expect(edits.value.get(path)?.text).toBe('200');
  });

  it('is put back one by one, and one application lies on the other', () => {
    put(188);
    put(199);
    reset(path);
    expect([sourceOf(path), edits.value.get(path)?.value]).toEqual(['orders', 188]);
    reset(path);
    expect([edits.value.size, learned.value.size]).toEqual([0, 0]);
    put(188);
    type(path, '200');
    reset(path);
    expect([edits.value.size, learned.value.size]).toEqual([0, 0]);
  });
});

it('samples are made by the build, the same each time', () => {
  const sample = (name: string) => readFileSync(new URL(`../../src/generated/samples/${name}.csv`, import.meta.url), 'utf8');
  expect(sample('orders').split('\r\n').length).toBeGreaterThan(3000);
  for (const name of ['orders', 'sessions', 'contracts']) {
    const rows = new Rows(',').take(sample(name).replace(/^\uFEFF/, '').replace(/\r\n/g, '\n'), true) as string[][];
    expect(new Set(rows.map((row) => row.length)).size, name).toBe(1);
  }
  expect(sample('orders')).toMatch(/^\uFEFF订单编号,下单时间,订单状态,买家昵称/);
});

describe('results in words', () => {
  afterEach(() => (language.value = 'zh'));

  it('write amounts in the currency of the file, and people out of a hundred', () => {
    expect([money(188.4, 'CNY'), money(35.62, 'USD'), money(12000, 'SEK')]).toEqual(['¥188', 'US$35.6', 'SEK\u00a01.2万']);
    expect([of100(0.443), of100(0.0752), of100(0.00031), of100(0)]).toEqual(['44', '7.5', '0.03', '0']);
    expect([whole(123456.4), whole(2.5e6), share(0.2834), share(0.00512)]).toEqual(['123,456', '250万', '28.3%', '0.5%']);
    expect([fieldName('customer'), fieldName('viewers_ads'), fieldName('spend_other'), fieldName('unheard')]).toEqual(['客户', '广点通观看', 'other消耗', 'unheard']);
  });

  const base = {
    chosen: 'mbg_nbd', churn_identifiable: true, customers: 1373, period: { from: '2025-01-01', to: '2026-06-29', calibration_end: '2026-02-12', holdout_days: 137, refit: true },
    models: { mbg_nbd: { new_customer: { orders_12_months: 0.443 }, holdout: { actual: 812, predicted: 782, mae: 0.6, rmse: 1 } } },
    repurchase_rate: { model: { definition: { zh: '', en: '' }, rate: 0.276 } },
  } as unknown as Orders;

  it('say how often a hundred customers come back, and whether churn shows', () => {
    expect(orders.verdict(base)).toBe('首购后 12 个月里，每 100 位客户再下单 44 次，有 28 位会回来再买。');
    expect(orders.verdict({ ...base, churn_identifiable: false })).toMatch(/有 28 位会回来再买；流失在这段时间里测不出来。$/);
    expect(orders.verdict({ ...base, chosen: null, models: {} })).toMatch(/^1,373 位客户的订单还看不出/);
    expect(orders.check(base)).toBe('检验：只用前面的订单去估最后 137 天，估 782 单，实际 812 单，估低了 3.7%。');
    expect(orders.check({ ...base, chosen: null, models: {} })).toBe('');
    language.value = 'en';
    expect(orders.verdict(base)).toBe('In the 12 months after their first order, 100 customers order 44 more times; 28 of them come back.');
  });

  it('say how many stay, by what was observed where no model fits', () => {
    const survival = { period: [0, 1, 2], observed: [1, 0.9, 0.82], predicted: [1, 0.91, 0.8], low: [1, 0.9, 0.7], high: [1, 0.95, 0.9] };
    const answer = { period_unit: 'month', survival } as unknown as Contracts;
    expect(contracts.verdict(answer)).toMatch(/^100 位会员里，91 位会续第一次，80 位留到第 2 期/);
    expect(contracts.verdict({ ...answer, survival: { ...survival, predicted: [], low: [], high: [] } })).toMatch(/90 位会续第一次，82 位/);
  });
});
