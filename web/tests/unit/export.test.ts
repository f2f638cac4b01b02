import { createGrowth } from '@engine/growth.js';
import papa from 'papaparse';
import { encode } from 'uqr';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Plan, Simulation } from '@engine/growth.js';
import { catalogue } from '../../src/data.js';
import { cleanName, fileName } from '../../src/export/files.js';
import { clipped, lines, type Piece } from '../../src/export/lettering.js';
import { pathOf } from '../../src/export/qr.js';
import { csv, fanTable, monthsTable } from '../../src/export/tables.js';
import { language } from '../../src/state.js';
import { mulberry32 } from '../../../tests/support/mulberry32.mjs';

// Many futures are drawn by workers, of which there are none here.
vi.hoisted(() => vi.stubGlobal('Worker', class { postMessage() {} terminate() {} addEventListener() {} }));

const hostile = ["=cmd|' /C calc'!A0", '<script>alert(1)</script>', '../../x', '..\\..\\CON', ' .hidden. ', '@SUM(1)', '＝1+1', '+1', '-2+3', 'a\u202Egnp.exe', 'x\u0000y\ud800z', '\t=1', '"quoted", and\r\nbroken', '%2e%2e%2fetc', '一'.repeat(100), '👩‍🌾'.repeat(50)];

describe('a name', () => {
  it('stands on one line, with nothing unseen in it, and is not cut within a sign', () => {
    for (const name of hostile) {
      const clean = cleanName(name);
      expect(clean, name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|^\s|\s$/u);
      expect(Array.from(clean).length).toBeLessThanOrEqual(40);
      expect(() => encodeURIComponent(clean)).not.toThrow();
    }
    expect(cleanName('  双十一   方案 ')).toBe('双十一 方案');
    expect(cleanName('\u0000\u200b')).toBe('');
  });

  it('makes one file in the folder it is put in, with the day', () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 21, 9) });
    expect(fileName('服饰店播', 'csv')).toBe('商家增长测算_服饰店播_2026-11-21.csv');
    expect(fileName('双十一 / 大促', 'xlsx', '多种可能')).toBe('商家增长测算_双十一-大促_多种可能_2026-11-21.xlsx');
    expect(fileName('../../x', 'csv')).toBe('商家增长测算_x_2026-11-21.csv');
    expect(fileName('...', 'png')).toBe('商家增长测算_2026-11-21.png');
    for (const name of hostile) {
      const file = fileName(name, 'csv');
      expect(file, name).toMatch(/^商家增长测算_(?:[^\\/:*?"<>|%\s\p{Cc}\p{Cf}]+_)?2026-11-21\.csv$/u);
      expect(file).not.toContain('_.');
      expect(new TextEncoder().encode(file).length).toBeLessThanOrEqual(255);
    }
    vi.useRealTimers();
  });
});

describe('tables', () => {
  let plan: Plan;
  beforeAll(async () => {
    plan = (await createGrowth()).run('plan', { incentives: { pack: 'channels-2024-stages' }, horizon_months: 7 }) as Plan;
  });
  afterEach(() => (language.value = 'zh'));
  const read = (text: string) => papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true });

  it('hold every number of every month bit by bit, under the names of the language', async () => {
    const text = await csv(monthsTable(plan, '春季'));
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    const { data, errors } = read(text);
    expect(errors).toEqual([]);
    const [head, ...rows] = data as [string[], ...string[][]];
    expect(head.map((cell) => cell.split(' ')[0])).toEqual(['plan', 'month', 'stage', ...catalogue.columns.map(({ id }) => id)]);
    expect(head).toContain('gmv 成交额 GMV（元）');
    expect(head).toContain('public_share 公域占比');
    expect(rows.length).toBe(7);
    for (const [i, row] of rows.entries()) {
      expect(row.slice(0, 3)).toEqual(['春季', String(i + 1), plan.months.stage[i] ?? '']);
      for (const [at, { id }] of catalogue.columns.entries()) expect(Object.is(Number(row[at + 3]), (plan.months as unknown as Record<string, number[]>)[id]![i]! + 0), `${id} ${i}`).toBe(true);
    }
    language.value = 'en';
    expect(monthsTable(plan, 'x').head).toContain('gmv GMV (¥)');
  });

  it('hold the futures with the plan beside them', async () => {
    const names = ['p5', 'p25', 'p50', 'p75', 'p95', 'mean'];
    const next = mulberry32(3);
    const columns = ['viewers', 'private_users', 'gmv', 'profit', 'cumulative_profit', 'cumulative_cash'] as const;
    const fan = Object.fromEntries(columns.map((id) => [id, Object.fromEntries(names.map((q) => [q, plan.months.month.map(() => (next() - 0.5) * 1e6)]))])) as unknown as Simulation['months'];
    const { data } = read(await csv(fanTable({ months: fan } as Simulation, plan, '春季')));
    expect(data[0]!.length).toBe(2 + 6 * 7);
    expect(data[0]).toContain('gmv.p50 成交额 GMV 中位数');
    const at = (name: string) => data[0]!.findIndex((cell) => cell.startsWith(`${name} `));
    for (let i = 0; i < 7; i += 1) {
      for (const id of columns) {
        for (const q of names) expect(Number(data[i + 1]![at(`${id}.${q}`)])).toBe((fan[id] as unknown as Record<string, number[]>)[q]![i]);
        expect(Number(data[i + 1]![at(`${id}.own`)])).toBe(plan.months[id][i]);
      }
    }
  });

  it('have no text that a spreadsheet computes, whatever the plan is called', async () => {
    for (const name of [...hostile, '=1\n+2', '\r=1']) {
      const { data } = read(await csv(monthsTable(plan, name)));
      expect(data.length).toBe(8);
      for (const row of data.slice(1)) expect(row[0], name).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    }
    // A loss stays a number.
    const { data } = read(await csv(monthsTable({ ...plan, months: { ...plan.months, profit: plan.months.profit.map(() => -1.5) } }, 'x')));
    expect(data[1]![data[0]!.findIndex((cell) => cell.startsWith('profit '))]).toBe('-1.5');
  });
});

describe('lettering', () => {
  const measure = (text: string) => Array.from(text).reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);
  const set = (pieces: Piece[], width: number, most?: number) => lines(pieces, width, measure, most).map((line) => line.map(({ text }) => text).join(''));

  it('keeps amounts and what belongs to them whole, and begins no line with a sign that closes', () => {
    const verdict: Piece[] = [{ text: '1 个月做到 ' }, { text: '¥16.4万', tone: 'gain' }, { text: '，赚\u00a0' }, { text: '¥4,788', tone: 'gain' }, { text: '，第 1 个月起回本。' }];
    for (let width = 12; width < 60; width += 1) {
      const found = set(verdict, width);
      expect(found.join('').replace(/\s/g, '')).toBe(verdict.map(({ text }) => text).join('').replace(/\s/g, ''));
      for (const line of found) {
        expect(measure(line.trimEnd()), `${width}: ${line}`).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/^[，。]/);
      }
      expect(found.join('\n')).toContain('¥16.4万，');
      expect(found.join('\n')).toContain('赚\u00a0¥4,788，');
    }
    const tones = lines(verdict, 30, measure).flat().filter(({ tone }) => tone === 'gain').map(({ text }) => text);
    expect(tones).toEqual(['¥16.4万', '¥4,788']);
  });

  it('tells what it leaves out, and never exceeds the width', () => {
    expect(set([{ text: 'one two three four five six' }], 9, 2)).toEqual(['one two ', 'three fo…']);
    expect(clipped('服饰店播方案', 7, measure)).toBe('服饰店…');
    expect(clipped('短', 7, measure)).toBe('短');
    expect(set([{ text: 'x'.repeat(25) }], 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
  });
});

describe('a code', () => {
  it('is drawn module by module as it was encoded', () => {
    for (const link of ['https://example.com/', `https://example.com/?z=v1~p=tea-room~private.users=12000~${'x'.repeat(200)}`]) {
      const { data, size } = encode(link, { ecc: 'M', boostEcc: true, border: 0 });
      const painted = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
      for (const [, x, y, run] of pathOf(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) for (let i = 0; i < Number(run); i += 1) painted[Number(y)]![Number(x) + i] = true;
      expect(painted).toEqual(data);
    }
  });
});
