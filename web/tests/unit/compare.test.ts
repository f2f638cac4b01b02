import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Plan } from '@engine/growth.js';
import { alike, baseCase, cases, changed, columns, isPlanned, type Planned } from '../../src/compare/cases.js';
import { differenceOf, metrics, ofPayback, shareOf, type Difference } from '../../src/compare/difference.js';
import { duplicate, openPlan, remove, rename, renaming, save, selected, shift, suggestedName, takeBack, told, typedName } from '../../src/compare/edit.js';
import { changes, differing } from '../../src/compare/inputs.js';
import { inputSentence, inWords, resultSentence, whatIf } from '../../src/compare/whatif.js';
import { chooseRange, take, withUncertainty } from '../../src/futures/state.js';
import { choosePreset, edits, engine, language, outcome, preset, scenario, type } from '../../src/state.js';
import { plans, storeless } from '../../src/share/desk.js';
import { put, untouched } from '../../src/share/draft.js';
import { stored } from '../../src/share/keep.js';
import { duplicated, freeName, measuredBy, mostPlans, noPlans, readPlans, renamed, shifted, withPlan, without, type Plans } from '../../src/share/plans.js';
import { startWhole } from './whole_engine.js';

// Many futures are drawn by workers, of which there are none here; nor is there a device to keep anything.
vi.hoisted(() => vi.stubGlobal('Worker', class { postMessage() {} terminate() {} addEventListener() {} }));
beforeAll(startWhole);
beforeEach(() => {
  put(untouched());
  [plans.value, selected.value, told.value, typedName.value, renaming.value, language.value] = [noPlans, 'now', undefined, undefined, undefined, 'zh'];
});

const users = 'private.users';
const kept = () => stored(untouched());
const listed = (...names: string[]): Plans => names.reduce((list, name) => withPlan(list, name, kept())!, noPlans);
const names = ({ list }: Plans) => list.map(({ name }) => name);
const ids = ({ list }: Plans) => list.map(({ id }) => id);
const caseOf = (id: string) => cases.value.find((one) => one.id === id) as Planned;
const text = (found: Difference | undefined) => inWords(found!).replace(/\u00a0/g, ' ');
const metric = (id: string) => metrics.find((one) => one.id === id)!;

describe('the list of plans', () => {
  it('of the first version, a bare list without ids, is read', () => {
    const { plans: read, loss } = readPlans([{ name: '双十一', stored: kept() }, { name: '平日', stored: kept() }]);
    expect(loss).toBeUndefined();
    expect(names(read)).toEqual(['双十一', '平日']);
    expect(new Set(ids(read)).size).toBe(2);
    expect(readPlans(structuredClone(read))).toEqual({ plans: read, loss: undefined });
  });
  it('says what of it is lost and keeps the rest', () => {
    const good = { id: 'p7', name: '好的', stored: kept() };
    expect(readPlans(undefined)).toEqual({ plans: noPlans, loss: undefined });
    for (const found of [5, 'x', null, { version: 2 }, { version: 2, list: 'x' }, [null, 3]]) expect(readPlans(found)).toEqual({ plans: noPlans, loss: 'all' });
    const some = readPlans({ version: 2, list: [good, null, { name: '', stored: kept() }, { id: 'p8', name: 'x', stored: { at: NaN } }], base: 'p8' });
    expect([names(some.plans), some.plans.base, some.loss]).toEqual([['好的'], undefined, 'some']);
    expect(readPlans({ version: 3, list: [good] })).toEqual({ plans: noPlans, loss: 'newer' });
    const twice = readPlans({ version: 2, list: [good, good], base: 'p7' }).plans;
    expect(new Set(ids(twice)).size).toBe(2);
    expect(names(twice)).toEqual(['好的', '好的 2']);
    expect(twice.base).toBe('p7');
    expect(readPlans(Array.from({ length: 9 }, (_, i) => ({ ...good, name: `${i}` })))).toMatchObject({ loss: 'some', plans: { list: { length: mostPlans } } });
  });
  it('is never changed in place: moved, copied, renamed, shortened', () => {
    const three = listed('一', '二', '三');
    const before = structuredClone(three);
    const [, second, third] = ids(three) as [string, string, string];
    expect(names(shifted(three, second, -1)!)).toEqual(['二', '一', '三']);
    expect(names(shifted(three, second, 1)!)).toEqual(['一', '三', '二']);
    expect(shifted(three, third, 1)).toBeUndefined();
    expect(names(duplicated(three, second)!)).toEqual(['一', '二', '二 2', '三']);
    expect(duplicated(duplicated(three, second)!, second)).toBeUndefined();
    expect(names(renamed(three, second, ' 大促 ')!)).toEqual(['一', '大促', '三']);
    expect([renamed(three, second, '三'), renamed(three, second, '  ')]).toEqual([undefined, undefined]);
    expect(names(renamed(three, second, '二')!)).toEqual(names(three));
    expect(names(without(three, second))).toEqual(['一', '三']);
    expect(names(renamed(three, second, '很'.repeat(99))!)[1]).toHaveLength(40);
    expect(three).toEqual(before);
  });
  it('forgets a base that is gone', () => {
    const two = measuredBy(listed('一', '二'), 'p2');
    expect(two.base).toBe('p2');
    expect(without(two, 'p1').base).toBe('p2');
    expect('base' in without(two, 'p2')).toBe(false);
    expect('base' in measuredBy(two, 'preset')).toBe(false);
  });
  it('has room for four, and for others of the same name', () => {
    const full = listed('一', '二', '三', '四');
    expect(withPlan(full, '五', kept())).toBeUndefined();
    expect(names(withPlan(full, '二', kept())!)).toEqual(names(full));
    expect(freeName(full, '二')).toBe('二 2');
    expect([...freeName(withPlan(noPlans, '很'.repeat(40), kept())!, '很'.repeat(40))]).toHaveLength(39);
  });
});

describe('a difference', () => {
  it('has a sign, words, and the share where there is one', () => {
    choosePreset('apparel-store');
    const base = caseOf('preset');
    const at = (summary: Partial<Plan['summary']>): Planned => ({ ...base, plan: { ...base.plan, summary: { ...base.plan.summary, ...summary } } });
    const said = (id: string, now: Partial<Plan['summary']>, before: Partial<Plan['summary']>) => text(differenceOf(metric(id), at(now), at(before)));
    expect(said('profit', { profit: 112000 }, { profit: 100000 })).toBe('▲ 多 ¥1.2万（+12%）');
    expect(said('profit', { profit: 99000 }, { profit: 100000 })).toBe('▼ 少 ¥1,000（−1%）');
    expect(said('profit', { profit: 5000 }, { profit: -5000 })).toBe('▲ 多 ¥1万');
    expect(said('profit', { profit: 5000.001 }, { profit: 5000 })).toBe('一样');
    expect(said('cash_low', { cash_low: -3000 }, { cash_low: -5000 })).toBe('▲ 少垫 ¥2,000');
    expect(said('cash_low', { cash_low: -3000 }, { cash_low: 1000 })).toBe('▼ 低 ¥4,000');
    expect(said('repeat_share', { repeat_share: 0.342 }, { repeat_share: 0.33 })).toBe('▲ 高 1.2 个百分点');
    expect(said('repeat_share', { repeat_share: 0.33 }, { repeat_share: 0.33 })).toBe('一样');
    expect(said('payback_month', { payback_month: 3 }, { payback_month: 5 })).toBe('▼ 早 2 个月');
    expect(said('payback_month', { payback_month: null }, { payback_month: 5 })).toBe('▲ 回不了本了');
    expect(said('payback_month', { payback_month: 4 }, { payback_month: null })).toBe('▼ 能回本了');
    expect(said('payback_month', { payback_month: null }, { payback_month: null })).toBe('一样');
    expect(differenceOf(metric('roas'), at({ roas: null }), at({ roas: 2 }))).toBeUndefined();
    expect(ofPayback(3, 5).better).toBe(true);
    expect(differenceOf(metric('profit'), at({ profit: 1 }), at({ profit: 9 }))!.better).toBe(false);
    language.value = 'en';
    expect(said('profit', { profit: 112000 }, { profit: 100000 })).toBe('▲ ¥12K more (+12%)');
    expect(said('repeat_share', { repeat_share: 0.31 }, { repeat_share: 0.33 })).toBe('▼ 2 points lower');
  });
  it('has no share of a base that is no amount', () => {
    expect([shareOf(5, 0), shareOf(5, -5), shareOf(-5, 5), shareOf(5, 5)]).toEqual([undefined, undefined, undefined, undefined]);
    expect([shareOf(11, 10), shareOf(9.95, 10)]).toEqual(['+10%', '−0.5%']);
  });
});

describe('the plans beside each other', () => {
  it('are computed from their own inputs, and the present one from those on the page', () => {
    type(users, '12000');
    typedName.value = '多私域';
    save();
    type('orders.average_order_value', '199');
    expect(cases.value.map(({ name }) => name)).toEqual(['现在的数', '预设', '多私域']);
    expect(caseOf('now').plan).toBe((outcome.value as { plan: Plan }).plan);
    expect(caseOf('p1').plan.scenario.private!.users).toBe(12000);
    expect(caseOf('p1').plan.scenario.orders!.average_order_value).toBe(220);
    // As it comes back from the device.
    plans.value = readPlans(structuredClone(plans.value)).plans;
    const again = caseOf('p1').plan;
    openPlan(caseOf('p1'));
    expect((outcome.value as { plan: Plan }).plan).toEqual(again);
    expect(alike(caseOf('now'), caseOf('p1'))).toBe(true);
    expect(again).toEqual(engine.value!.run('plan', scenario.value));
  });
  it('differ in a range alone, and then say so', () => {
    chooseRange(users, { at: 8000, distribution: { dist: 'pert', low: 5000, mode: 8000, high: 9000 } });
    expect(changed.value).toBeDefined();
    expect(resultSentence(changed.value!, baseCase.value)).toBe('比基准（预设）：利润不变，第 1 个月回本（不变）。');
    expect(inputSentence(changes.value)).toMatch(/^不一样的有 1 处：私域用户的范围 当准数算 → [\d,]+–[\d,]+。$/);
  });
  it('have the futures the page asks for, when they are opened', () => {
    choosePreset('tea-room');
    type(users, '9000');
    chooseRange('orders.return_rate', 'certain');
    typedName.value = '茶';
    save();
    expect(alike(caseOf('now'), caseOf('p1'))).toBe(true);
    put(untouched());
    openPlan(caseOf('p1'));
    expect(withUncertainty.value!.uncertainty!.inputs).not.toHaveProperty(['orders.return_rate']);
    expect(alike(caseOf('now'), caseOf('p1'))).toBe(true);
  });
  it('name the inputs that differ, the first of them first, with as many digits as it takes', () => {
    type(users, '12000');
    type('orders.return_rate', '20.001');
    type('channels[0].monthly_spend', '20000');
    type('costs.gross_margin', '50');
    expect(inputSentence(changes.value)).toBe('不一样的有 4 处：私域用户 8,000 人 → 12,000 人，退货率 20% → 20.001%，毛利率 55% → 50%，还有 1 处。');
    const rows = differing([baseCase.value, changed.value!]);
    expect(rows.at(-1)).toMatchObject({ key: 'channels.ads.monthly_spend', texts: ['¥12,000', '¥20,000'] });
    expect(suggestedName.value).toBe('私域用户 12,000 人 等 4 处');
  });
  it('may start from another preset', () => {
    typedName.value = '服饰';
    save();
    choosePreset('tea-room');
    plans.value = measuredBy(plans.value, 'p1');
    const rows = differing([baseCase.value, changed.value!]);
    expect(rows[0]).toMatchObject({ key: 'preset', texts: ['服饰店播', preset.value.name.zh] });
    expect(rows.length).toBeGreaterThan(5);
    expect(columns.value.map(({ id }) => id)).toEqual(['now', 'p1']);
  });
  it('that cannot be read or are wrong stand there without numbers, and are no base', () => {
    const broken = { ...kept(), edits: 'none' } as never;
    plans.value = { ...withPlan(withPlan(noPlans, '坏的', broken)!, '错的', { ...kept(), edits: new Map([[users, { text: '-5', value: -5 }], ['orders.return_rate', { text: 'x' }]]) })!, base: 'p1' };
    expect(baseCase.value.id).toBe('preset');
    expect(caseOf('p1')).toMatchObject({ snapshot: undefined, plan: undefined });
    expect(caseOf('p2')).toMatchObject({ errors: 2, plan: undefined });
    expect(columns.value.filter(isPlanned).map(({ id }) => id)).toEqual(['now', 'preset']);
    openPlan(caseOf('p1'));
    expect(edits.value.size).toBe(0);
  });
  it('say nothing of the change while inputs are wrong or nothing differs', () => {
    expect(changed.value).toBeUndefined();
    type(users, 'x');
    expect(changed.value).toBeUndefined();
    type(users, '9000');
    const { plan } = caseOf('now');
    expect(whatIf.short(plan)).toMatch(/^▲\u00a0\+[\d.]+%$/);
    expect(whatIf.change(plan, (of) => of.summary.gmv, String)).toMatch(/^▲\u00a0比基准多 /);
  });
});

describe('what is done with the plans', () => {
  it('can be taken back', () => {
    storeless.value = false;
    for (const name of ['一', '二']) {
      type(users, name === '一' ? '1000' : '2000');
      typedName.value = name;
      save();
    }
    const before = plans.value;
    remove(caseOf('p1'));
    expect(names(plans.value)).toEqual(['二']);
    takeBack();
    expect(plans.value).toBe(before);
    shift(caseOf('p2'), -1);
    duplicate(caseOf('p1'));
    expect(names(plans.value)).toEqual(['二', '一', '一 2']);
    expect(selected.value).toBe(plans.value.list[2]!.id);
    renaming.value = { id: 'p1', text: '二' };
    expect(rename()).toBe(false);
    expect(told.value!.text()).toMatch(/已经有叫“二”的/);
    renaming.value = { id: 'p1', text: '三' };
    expect(rename()).toBe(true);
    expect(names(plans.value)).toEqual(['二', '三', '一 2']);
    takeBack();
    expect(names(plans.value)).toEqual(['二', '一', '一 2']);
    expect(take().edits.get(users)!.value).toBe(2000);
  });
});
