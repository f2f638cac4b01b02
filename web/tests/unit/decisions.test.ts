// Every verdict the engine can give has a sentence in both languages.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import zh from '../../src/i18n/decisions.zh.json';
import en from '../../src/i18n/decisions.en.json';

const types = readFileSync(new URL('../../../wasm/growth.d.ts', import.meta.url), 'utf8');

describe('the ten questions', () => {
  const ids = [...types.matchAll(/^ {2}(\w+)\?: (\w+)(?: \| NoAnswer)?;$/gm)].filter(([, id]) => `q.${id}` in zh);
  it('are those of the engine', () => {
    expect(ids.map(([, id]) => id).sort()).toEqual(Object.keys(zh).filter((key) => key.startsWith('q.')).map((key) => key.slice(2)).sort());
    expect(ids).toHaveLength(10);
  });
  it.each(ids.map(([, id, type]) => [id!, type!]))('%s', (id, type) => {
    const verdicts = new RegExp(`interface ${type} extends DecisionAnswer<([^>]*)>`).exec(types)![1]!;
    for (const [, verdict] of verdicts.matchAll(/'(\w+)'/g)) {
      expect(zh).toHaveProperty([`${id}.${verdict}`]);
      expect(en).toHaveProperty([`${id}.${verdict}`]);
    }
  });
  it('fill in the same places in both languages', () => {
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect([key, places(en[key])]).toEqual([key, places(zh[key])]);
  });
});
