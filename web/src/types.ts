// Shapes of the data the page is built from (build/generate.mjs).
import type { Plan, Preset, Text } from '@engine/growth.js';
import type { Insight } from './state.js';

export type { Text };
export type Basis = 'published' | 'informed' | 'assumed';

export interface Field {
  path: string;
  kind: 'number' | 'whole' | 'twelve_numbers' | 'curve' | 'tags' | 'pack';
  unit: string;
  range: [number, number];
  typical: [number, number];
  role: 'decision' | 'state' | 'belief';
  basis: Basis;
  /** Best grade among the figures behind the default. */
  grade: string;
  label: Text;
  default: number | number[] | string[] | string | null;
}

export interface Catalogue {
  /** Grade of every published figure. */
  grades: Record<string, string>;
  fields: Field[];
  channelFields: Field[];
  units: Record<string, Text>;
  columns: { id: string; unit: string; label: Text }[];
  metrics: { id: string; label: Text; early: boolean }[];
}

export type Notes = Record<string, { help: Text; facts: string[] }>;

export interface Fact {
  id: string;
  metric: Text;
  value: Text;
  scope: Text;
  date: string | null;
  source: string | string[];
  grade: string;
  note?: Text;
}

export interface Facts {
  /** Date of the data: YYYY-MM-DD. */
  asOf: string;
  facts: Record<string, Fact>;
  sources: Record<string, { id: string; title: Text; publisher?: string; date?: string | null; url?: string }>;
}

export interface Defaults {
  preset: Preset;
  /** Of that preset, to nine digits: shown until the engine is there. */
  plan: Plan;
  presets: { id: string; name: Text; platform: 'channels' | 'douyin' }[];
  /** What many futures of that preset say. */
  insight: Omit<Insight, 'of'>;
}
