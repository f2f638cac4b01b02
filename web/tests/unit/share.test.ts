import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Distribution, Plan, Scenario } from '@engine/growth.js';
import { defaults } from '../../src/data.js';
import { choices, chooseRange, take, uncertainty } from '../../src/futures/state.js';
import { choosePreset, edits, engine, learn, outcome, scenario, sourceOf, type, typeList } from '../../src/state.js';
import { draftOf, draftOfScenario, put, sameInputs, snapshotOf, untouched } from '../../src/share/draft.js';
import { depth, History } from '../../src/share/history.js';
import { revived, stored } from '../../src/share/keep.js';
import { emptyDraft, find, longest, read, version, write, type Draft } from '../../src/share/link.js';
import { mulberry32 } from '../../../tests/support/mulberry32.mjs';
import { startWhole } from './whole_engine.js';

// Many futures are drawn by workers, of which there are none here.
vi.hoisted(() => vi.stubGlobal('Worker', class { postMessage() {} terminate() {} addEventListener() {} }));
beforeAll(startWhole);
beforeEach(() => put(untouched()));

const draftIn = (payload: string): Draft => {
  const answer = read(payload);
  if ('refusal' in answer) throw new Error(answer.refusal);
  expect(answer.problems).toEqual([]);
  return answer.draft;
};
const back = (draft: Draft, place: '#' | '?z=' = '#') => draftIn(write(draft, place));
const planned = (): Plan => {
  if (outcome.value.kind !== 'plan') throw new Error(JSON.stringify(outcome.value));
  return outcome.value.plan;
};

describe('a link', () => {
  it('holds what differs from the preset and nothing else', () => {
    expect(write(draftOf())).toBe(`v1&p=${defaults.preset.id}`);
    choosePreset('tea-room');
    type('private.users', '1.2万');
    type('channels[0].monthly_spend', '20,000');
    type('orders.return_rate', '12');
    expect(write(draftOf())).toBe('v1&p=tea-room&private.users=12000&channels.ads.monthly_spend=20000&orders.return_rate=0.12');
    expect(write(draftOf(), '?z=')).toBe('v1~p=tea-room~private.users=12000~channels.ads.monthly_spend=20000~orders.return_rate=0.12');
    // A number typed as it was is no difference.
    choosePreset(defaults.preset.id);
    type('orders.return_rate', String(defaults.plan.scenario.orders!.return_rate! * 100));
    expect(write(draftOf())).toBe(`v1&p=${defaults.preset.id}`);
  });

  it('brings every number back bit by bit', () => {
    const next = mulberry32(7);
    const bits = new DataView(new ArrayBuffer(8));
    const draft = emptyDraft('tea-room');
    for (let i = 0; i < 2000; i += 1) {
      bits.setUint32(0, next() * 2 ** 32);
      bits.setUint32(4, next() * 2 ** 32);
      const value = bits.getFloat64(0);
      if (!Number.isFinite(value)) continue;
      draft.values.set('private.users', { value });
      draft.values.set('business.seasonality', { value: [value, -value, 1e21, 5e-324, 0.1 + 0.2] });
      for (const place of ['#', '?z='] as const) expect(back(draft, place)).toEqual(draft);
    }
  });

  it('carries lists, tags, the policy, ranges, luck, where numbers come from, and parts without a field', () => {
    const draft = emptyDraft('new-account');
    draft.values.set('business.tags', { value: ['brand', 'creator'] });
    draft.values.set('incentives.pack', { value: 'none' });
    draft.values.set('repurchase.curve_private', { value: [0.1, 0.05], from: 'orders' });
    draft.values.set('repurchase.private_rate', { value: 0.31, from: 'orders' });
    draft.values.set('channels.ads.precision', { value: 0.4, from: 'sessions' });
    const distributions: Distribution[] = [
      { dist: 'uniform', low: 0.1, high: 0.2 },
      { dist: 'triangular', low: 0.1, mode: 0.15, high: 0.2 },
      { dist: 'pert', low: 0.1, mode: 0.15, high: 0.2 },
      { dist: 'normal', mean: 0.2, sd: 0.01 },
      { dist: 'lognormal', median: 0.2, sigma: 0.3 },
      { dist: 'beta', mean: 0.2, concentration: 30 },
      { dist: 'p10_p90', p10: 0.1, p90: 0.2 },
    ];
    const paths = ['private.attend_rate', 'private.reach_rate', 'conversion.public', 'conversion.private', 'orders.return_rate', 'audience.purity', 'channels.ads.precision'];
    distributions.forEach((distribution, i) => draft.ranges.set(paths[i]!, { at: 0.2, distribution, ...(i === 6 ? { from: 'sessions' } : {}) }));
    draft.ranges.set('costs.gross_margin', 'sure');
    draft.luck = 0.25;
    draft.parts.set('name', '“小店” & <b>~!</b> 100%');
    draft.parts.set('channels', [{ id: 'ads', cost_per_viewer: 0.5, half_saturation: 30000, precision: 0.6 }]);
    for (const place of ['#', '?z='] as const) {
      const text = write(draft, place);
      expect(text).toMatch(/^[\x21-\x7e]+$/);
      expect(text).not.toMatch(place === '#' ? /[<>"'#~]/ : /[<>"'#&]/);
      expect(back(draft, place)).toEqual(draft);
    }
  });

  it('is found in an address, among what messengers add', () => {
    expect(find({ hash: '#v1&p=x', search: '' })).toBe('v1&p=x');
    expect(find({ hash: '#result', search: '' })).toBeUndefined();
    expect(find({ hash: '#video', search: '?s=1' })).toBeUndefined();
    expect(find({ hash: '', search: '?from=timeline&z=v1~p=x&isappinstalled=0' })).toBe('v1~p=x');
    // Signs written as %xx on the way.
    expect(draftIn('v1~p=tea-room~business.seasonality=1%2C2~repurchase.private_rate=0.3%21orders')).toEqual(draftIn('v1&p=tea-room&business.seasonality=1,2&repurchase.private_rate=0.3!orders'));
  });

  it('of version 0 is read as what it meant', () => {
    expect(draftIn('v0&preset=tea-room&private.attend_rate=7%25&orders.return_rate=12.5%25&private.users=800')).toEqual(
      draftIn('v1&p=tea-room&private.attend_rate=0.07&orders.return_rate=0.125&private.users=800'),
    );
    expect(version).toBe(1);
  });

  it('of a newer version, without one or too long is refused', () => {
    expect(read('v2&p=tea-room')).toEqual({ refusal: 'newer' });
    expect(read('v999999&x')).toEqual({ refusal: 'newer' });
    for (const text of ['', 'v', 'v-1', 'v1.5&p=x', 'p=tea-room', 'javascript:alert(1)']) expect(read(text)).toEqual({ refusal: 'unreadable' });
    expect(read(`v1&private.users=${'9'.repeat(10_000_000)}`)).toEqual({ refusal: 'too_long' });
    expect(longest).toBe(2000);
  });

  it('tells what it cannot read, with its path, and takes the rest', () => {
    const hostile = ['private.users=NaN', 'private.users=Infinity', 'private.users=1e999', 'private.users=0x10', 'private.users=', 'private.users', 'private.users=1,2', 'orders.return_rate=%E0%A4%A', 'luck=many',
      '__proto__.polluted=1', 'constructor.prototype.polluted=1', 'channels.__proto__.precision=1x', 'channels[0].precision=0.5', 'toString=1', 'range.constructor=sure', 'range.private.users=1:constructor,1',
      'range.private.attend_rate=0.1:pert,1', 'range.business.tags=sure', 'channels={', 'business.tags=<script>', 'private.users=5!hackers', 'privat.users=5', '<img src=x>=1'];
    for (const piece of hostile) {
      const answer = read(`v1&p=tea-room&orders.average_order_value=99&${piece}`);
      if ('refusal' in answer) throw new Error(piece);
      expect(answer.problems, piece).toHaveLength(1);
      expect(answer.problems[0]!.message.zh.length).toBeGreaterThan(5);
      expect([...answer.draft.values], piece).toEqual([['orders.average_order_value', { value: 99 }]]);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('breaks nothing, whatever is in it', () => {
    const next = mulberry32(11);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
    const pieces = ['v1', 'v0', '&', '~', '=', '!', ':', ',', '.', '%', '%E5', '%00', 'p=tea-room', 'p=', 'private.users', 'channels.ads.precision', 'channels.beans.monthly_spend', 'channels=', '[]', '[{"id":"a"}]', '{}', 'null', '"x"',
      'range.', 'private.attend_rate', '0.1', '-1', '1e308', '1e-320', 'NaN', 'sure', 'pert', 'beta', 'orders', 'business.seasonality', 'incentives.programmes=', 'uncertainty=', '{"inputs":{"x":1}}', 'repurchase.curve_private', '__proto__', '<script>alert(1)</script>', '\u0000', '😀', '私', 'luck='];
    for (let i = 0; i < 600; i += 1) {
      const text = 'v1&' + Array.from({ length: 1 + Math.floor(next() * 14) }, () => pick(pieces)).join('');
      const answer = read(text);
      if ('refusal' in answer) continue;
      const { snapshot, problems } = snapshotOf(answer.draft);
      for (const { message } of [...answer.problems, ...problems]) expect(message.zh && message.en, text).toBeTruthy();
      put(snapshot);
      expect(['plan', 'errors'], text).toContain(outcome.value.kind);
      for (const distribution of Object.values(uncertainty.value.inputs ?? {})) expect(JSON.stringify(distribution), text).not.toContain('null');
    }
  }, 60_000);
});

describe('a draft', () => {
  it('puts back the same inputs, with where they come from', () => {
    choosePreset('tea-room');
    type('private.users', '12000');
    typeList('business.seasonality', '1,1,1,1,1,1,1,1,1,1,2,0.5');
    type('channels[1].monthly_spend', '777');
    chooseRange('private.attend_rate', { at: 0.2, distribution: { dist: 'pert', low: 0.1, mode: 0.2, high: 0.4 } });
    chooseRange('conversion.public', 'certain');
    const rate = { text: '31', value: 0.31 };
    learn(new Map([['repurchase.private_rate', { from: 'orders', edit: rate, spread: { at: 0.31, distribution: { dist: 'beta', mean: 0.31, concentration: 90 } } }]]));
    const [before, request, ranges] = [write(draftOf()), scenario.value, uncertainty.value.inputs];
    const { snapshot, problems } = snapshotOf(draftIn(before));
    expect(problems).toEqual([]);
    put(untouched());
    put(snapshot);
    expect(scenario.value).toEqual(request);
    expect(uncertainty.value.inputs).toEqual(ranges);
    expect(sourceOf('repurchase.private_rate')).toBe('orders');
    expect(write(draftOf()).split('&').sort()).toEqual(before.split('&').sort());
  });

  it('is told by the engine what is wrong, and shows numbers out of range where they stand', () => {
    const { draft } = read('v1&p=nowhere&private.users=-5&incentives.pack=gold&channels.tv.precision=0.5&luck=-3&range.conversion.public=0.1:pert,3,2,1&channels=%5B%7B%22id%22%3A1%7D%5D&incentives.programmes=7') as { draft: Draft };
    const { snapshot, problems } = snapshotOf(draft);
    expect(problems.map(({ path }) => path)).toEqual(expect.arrayContaining(['p', 'incentives.pack', 'channels.tv.precision', 'uncertainty.traffic_volatility', 'channels[0].id']));
    expect(problems.some(({ path }) => path.startsWith('uncertainty.inputs'))).toBe(true);
    expect(problems.some(({ path }) => path.startsWith('incentives.programmes'))).toBe(true);
    put(snapshot);
    expect(snapshot.preset).toBe(defaults.preset);
    expect(outcome.value.kind === 'errors' && outcome.value.errors.map(({ path }) => path)).toEqual(['private.users']);
  });

  it('is made from a scenario: the nearest preset, edits, ranges', () => {
    const file: Scenario = structuredClone((engine.value!.run('presets', { id: 'tea-room' }) as { scenario: Scenario }).scenario);
    file.private = { ...file.private, users: 4321 };
    const full = (engine.value!.run('plan', file) as Plan).scenario;
    const draft = draftOfScenario(full);
    expect(write(draft)).toBe('v1&p=tea-room&private.users=4321');
    full.uncertainty = { ...full.uncertainty, inputs: { ...full.uncertainty!.inputs, 'private.attend_rate': { dist: 'uniform', low: 0.01, high: 0.9 } } };
    put(snapshotOf(draftOfScenario(full)).snapshot);
    expect(uncertainty.value.inputs).toEqual(full.uncertainty.inputs);
  });

  it('keeps what no field holds: other channels, programmes, a correlation, a name', () => {
    const channel = { id: 'tv', monthly_spend: 5000, cost_per_viewer: 0.4, half_saturation: 20000, shape: 1, precision: 0.3 };
    const file: Scenario = {
      name: '电视台', channels: [channel],
      incentives: { programmes: [{ id: 'x', metric: 'gmv', reward: { kind: 'cash_yuan', rule: 'rate', rate: 0.01 } }] },
      uncertainty: { inputs: { 'conversion.public': { dist: 'uniform', low: 0.001, high: 0.01 }, 'conversion.private': { dist: 'uniform', low: 0.01, high: 0.1 } }, correlation: { paths: ['conversion.public', 'conversion.private'], matrix: [[1, 0.5], [0.5, 1]] } },
    };
    const answer = engine.value!.run('plan', file) as Plan;
    expect(answer).not.toHaveProperty('errors');
    const { snapshot, problems } = snapshotOf(back(draftOfScenario(answer.scenario)));
    expect(problems).toEqual([]);
    put(snapshot);
    const { uncertainty: _, ...now } = planned().scenario;
    const { uncertainty: __, ...then } = answer.scenario;
    expect(now).toEqual(then);
    expect(uncertainty.value).toMatchObject({ inputs: file.uncertainty!.inputs, correlation: file.uncertainty!.correlation });
    // And once more by link, after an edit.
    type('channels[0].monthly_spend', '6000');
    const request = scenario.value;
    const link = write(draftOf());
    put(untouched());
    put(snapshotOf(draftIn(link)).snapshot);
    expect((engine.value!.run('plan', scenario.value) as Plan).scenario).toEqual((engine.value!.run('plan', request) as Plan).scenario);
  });
});

describe('steps back and forward', () => {
  const history = (from = '0') => new History<string>(from, (a, b) => a === b, (a, b) => (a[0] === b[0] ? a[0] : undefined));

  it('go to every state and return', () => {
    const h = history();
    ['a', 'b', 'c'].forEach((state, i) => h.record(state, i));
    expect([h.undo(), h.undo(), h.redo(), h.undo(), h.undo(), h.undo()]).toEqual(['b', 'a', 'b', 'a', '0', undefined]);
    expect(h.canUndo).toBe(false);
    h.record('x', 9);
    expect(h.canRedo).toBe(false);
  });

  it('take what is typed in one go as one step, and forget the oldest', () => {
    const h = history('a0');
    h.record('a1', 5000);
    h.record('a2', 5300);
    h.record('a3', 5900);
    h.record('a4', 7000);
    expect([h.undo(), h.undo(), h.undo()]).toEqual(['a3', 'a0', undefined]);
    const long = history();
    for (let i = 0; i < 3 * depth; i += 1) long.record(`${String.fromCharCode(97 + (i % 2))}${i}`, i);
    let n = 0;
    while (long.undo() !== undefined) n += 1;
    expect(n).toBe(depth);
  });

  it('keep apart what is put in place of the rest, however soon it follows', () => {
    const h = history('a0');
    h.record('a1', 5000);
    h.apart();
    h.record('a0', 5200);
    h.apart();
    h.record('a2', 5400);
    expect([h.undo(), h.undo(), h.undo()]).toEqual(['a0', 'a1', 'a0']);
  });

  it('bring back a preset with its edits and ranges', () => {
    type('private.users', '500');
    chooseRange('conversion.public', 'certain');
    const before = take();
    choosePreset('tea-room');
    expect(choices.value.size).toBe(0);
    put(before);
    expect(sameInputs(take(), before)).toBe(true);
    expect(edits.value.get('private.users')?.value).toBe(500);
  });
});

describe('what is kept on the device', () => {
  it('comes back as it was', () => {
    choosePreset('tea-room');
    type('private.users', '12000');
    learn(new Map([['repurchase.private_rate', { from: 'orders', edit: { text: '31', value: 0.31 } }]]));
    const kept = structuredClone(stored(take()));
    put(untouched());
    put(revived(kept)!);
    expect(scenario.value.private!.users).toBe(12000);
    expect(sourceOf('repurchase.private_rate')).toBe('orders');
  });

  it('is left alone where it cannot be used', () => {
    type('private.users', '12000');
    const good = stored(take());
    expect(revived(good)).toBeDefined();
    const edit = { text: '1', value: 1 };
    const bad: unknown[] = [undefined, null, 7, 'x', [], {}, { ...good, version: 2 }, { ...good, at: 'x' }, { ...good, preset: 'nowhere' }, { ...good, preset: { parts: {}, scenario: { private: { users: -1 } } } }, { ...good, edits: {} },
      { ...good, edits: new Map([['no.such', edit]]) }, { ...good, edits: new Map([['channels[9].precision', edit]]) }, { ...good, edits: new Map([['private.users', { text: '1', value: NaN }]]) },
      { ...good, edits: new Map([['private.users', { text: 1 }]]) }, { ...good, edits: new Map([['private.users', { text: '1', value: ['x'] }]]) }, { ...good, edits: new Map([[7, edit]]) },
      { ...good, learned: new Map([['private.users', { from: 'orders', edit }]]) }, { ...good, choices: new Map([['conversion.public', { at: 1, distribution: { dist: 'pert', low: 3, mode: 2, high: 1 } }]]) }, { ...good, luck: NaN }];
    bad.forEach((one, i) => expect(revived(one), `number ${i}`).toBeUndefined());
  });
});
