// What the pages are written from: the engine itself, its catalogue, the published figures and cases.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Failure, Growth, Plan, Policy, Preset, Scenario, Text } from '@engine/growth.js';
import { engineFolder } from '../build/generate.mjs';
import type { Fact } from '../src/types.js';

export type { Fact, Text };

export interface Described {
  path: string;
  kind: string;
  unit: string;
  unit_label: Text;
  range: [number, number];
  role: 'decision' | 'state' | 'belief';
  basis: 'published' | 'informed' | 'assumed';
  facts: string[];
  label: Text;
  help: Text;
  default: number | number[] | string[] | string | null;
}
export interface Quantity {
  id: string;
  unit: string;
  unit_label: Text;
  label: Text;
  definition: Text;
  formula: string;
}
export type Section = 'columns' | 'terms' | 'plan_terms' | 'summary' | 'unit_economics';

export interface Source {
  id: string;
  title: Text;
  publisher?: string;
  date?: string | null;
  url?: string;
}

/** A published outcome, and what the model makes of the inputs it was given (wasm/cases.json). */
export interface Case {
  id: string;
  title: Text;
  facts: string[];
  published: Text;
  assumed: Text;
  met: boolean;
  checks: { label: Text; computed: number; low: number; high: number; met: boolean }[];
}
/** How a check of a case is computed (tests/cases). */
interface CheckDefinition {
  formula: string;
  over?: string;
}
export interface Conflict {
  id: string;
  facts: string[];
  title: Text;
  statement: Text;
  handling: Text;
}

type Complete<T> = T extends readonly (infer Entry)[] ? Complete<Entry>[] : T extends object ? { [Member in keyof T]-?: Complete<NonNullable<T[Member]>> } : T;
type Filled = Pick<Scenario, 'horizon_months' | 'live' | 'private' | 'orders' | 'channels' | 'repurchase' | 'costs'>;
/** A plan names every input it was computed from. */
export type FullPlan = Omit<Plan, 'scenario'> & { scenario: Complete<Filled> };

export interface Library {
  /** The full module: everything the page itself can ask. */
  growth: Growth;
  catalogue: { fields: Described[]; channel_fields: Described[]; quantities: Record<Section, Quantity[]>; metrics: { id: string; label: Text }[] };
  facts: Map<string, Fact>;
  /** In the order of the files: by subject. */
  subjects: { title: Text; facts: Fact[] }[];
  sources: Map<string, Source>;
  conflicts: Conflict[];
  cases: Case[];
  checks: Map<string, CheckDefinition[]>;
  policies: Policy[];
  /** What the page opens with, and the plan that follows from it. */
  preset: Preset;
  plan: FullPlan;
  /** The plan where nothing is given. */
  defaults: FullPlan;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const filesOf = (folder: string) => readdirSync(join(root, folder)).sort().map((name) => read(`${folder}/${name}`));

/** The answer of a command that has nothing to complain about: the requests are our own. */
export function answered<T>(answer: T | Failure): T {
  if (typeof answer === 'object' && answer !== null && 'errors' in answer) throw new Error(JSON.stringify(answer.errors));
  return answer as T;
}

export const planOf = (growth: Growth, scenario: Scenario): FullPlan => answered(growth.run('plan', scenario)) as FullPlan;

export async function openLibrary(): Promise<Library> {
  const { createGrowth } = (await import(pathToFileURL(join(engineFolder, 'growth.js')).href)) as typeof import('@engine/growth.js');
  const growth = await createGrowth({ full: true });
  const preset = answered(growth.run('presets', { id: read('web/src/generated/default.json').preset.id as string }));
  const factFiles = filesOf('core/data/facts');
  const subjects = factFiles.filter((file) => file.facts).map(({ section, facts }) => ({ title: section.title, facts }));
  return {
    growth,
    catalogue: read('wasm/catalogue.json'),
    facts: new Map(subjects.flatMap(({ facts }) => facts.map((fact: Fact) => [fact.id, fact]))),
    subjects,
    sources: new Map(factFiles.flatMap((file) => file.sources ?? []).map((source: Source) => [source.id, source])),
    conflicts: factFiles.flatMap((file) => file.conflicts ?? []),
    cases: read('wasm/cases.json').cases,
    checks: new Map(filesOf('tests/cases').map(({ id, checks }) => [id, checks])),
    policies: answered(growth.run('policies')).policies.map(({ id }) => answered(growth.run('policies', { id }))),
    preset,
    plan: planOf(growth, preset.scenario),
    defaults: planOf(growth, {}),
  };
}
