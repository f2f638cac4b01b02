// What one step of a slider costs: only what is of its own input is drawn anew, and one timer waits.
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { essential, groups } from '../../src/fields.js';
import { rangeOf } from '../../src/futures/ranges.js';
import { chooseRange } from '../../src/futures/state.js';
import { whenQuiet } from '../../src/rest.js';
import { put, untouched } from '../../src/share/draft.js';
import { channelCount, choose, choosePreset, fieldRange, language, learn, markUnknown, reset, type } from '../../src/state.js';
import { fieldView } from '../../src/views/field.js';
import { startWhole } from './whole_engine.js';

// Many futures are drawn by workers, of which there are none here.
vi.hoisted(() => vi.stubGlobal('Worker', class { postMessage() {} terminate() {} addEventListener() {} }));
beforeAll(async () => {
  await startWhole();
  fieldRange.value = rangeOf;
});
beforeEach(() => {
  put(untouched());
  language.value = 'zh';
});

const paths = () => [...essential, ...groups(channelCount.value).flatMap((group) => group.paths)];
/** Fields that are drawn anew for a change. */
function drawnBy(change: () => void): string[] {
  const before = new Map(paths().map((path) => [path, fieldView(path)]));
  change();
  return paths().filter((path) => fieldView(path) !== before.get(path));
}

describe('a field is drawn anew', () => {
  it('alone, when its own number moves, be it once more or beyond its range', () => {
    expect(paths().length).toBeGreaterThan(60);
    for (const path of ['private.users', 'private.attend_rate', 'channels[0].monthly_spend']) {
      expect(drawnBy(() => choose(path, 0.31, '0.31'))).toEqual([path]);
      expect(drawnBy(() => choose(path, 0.32, '0.32'))).toEqual([path]);
      expect(drawnBy(() => type(path, '-5'))).toEqual([path]);
      expect(drawnBy(() => reset(path))).toEqual([path]);
    }
  });

  it('alone, when it is learned, not known, or how sure it is changes', () => {
    const path = 'private.attend_rate';
    expect(drawnBy(() => learn(new Map([[path, { from: 'orders', edit: { text: '20', value: 0.2 } }]])))).toEqual([path]);
    expect(drawnBy(() => reset(path))).toEqual([path]);
    expect(drawnBy(() => markUnknown(path, true))).toEqual([path]);
    expect(drawnBy(() => chooseRange(path, 'certain'))).toEqual([path]);
  });

  it('with all others, when the language or the preset is another', () => {
    const all = paths();
    expect(drawnBy(() => (language.value = 'en'))).toEqual(all);
    expect(drawnBy(() => choosePreset('tea-room')).length).toBe(paths().length);
  });
});

describe('what waits for quiet', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs once after the last asking, and sets no timer at each', () => {
    const [run, timers] = [vi.fn(), vi.spyOn(globalThis, 'setTimeout')];
    const ask = whenQuiet(run);
    for (let i = 0; i < 100; i += 1) {
      ask(400);
      vi.advanceTimersByTime(10);
    }
    expect(run).not.toHaveBeenCalled();
    expect(timers.mock.calls.length).toBeLessThan(6);
    vi.advanceTimersByTime(389);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(run).toHaveBeenCalledTimes(1);
    ask(0);
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(2);
    timers.mockRestore();
  });
});
