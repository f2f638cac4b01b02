// Data the page is built from: a catalogue slim enough for the first visit, the notes of its fields,
// the published figures, and the default plan that stands in the page before anything is loaded.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeSamples } from './samples.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const engineFolder = process.env.GROWTH_DIST ?? join(root, 'build/wasm/wasm/dist');
const target = join(root, 'web/src/generated');
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const write = (name, data) => writeFileSync(join(target, name), JSON.stringify(data));

/** What the futures of a preset say before anybody asks: how likely it pays, which guess it hangs on most,
 *  and where that guess alone takes the profit to zero. The page says the same of changed inputs. */
async function insightOf(createGrowth, scenario) {
  const growth = await createGrowth({ full: true });
  await growth.ready;
  const run = (command, request) => {
    const answer = growth.run(command, request);
    if ('errors' in answer) throw new Error(JSON.stringify(answer.errors));
    return answer;
  };
  const futures = run('simulate', scenario);
  const chance = { profit: futures.probability.profit_positive, trials: futures.trials };
  const { sobol } = run('sensitivity', { ...scenario, sensitivity: { metric: 'profit', methods: ['sobol'] } });
  // Luck is no guess that anybody can look up.
  const first = sobol.find(({ path, total }) => total > 0 && !path.startsWith('uncertainty.'));
  if (!first) return { chance };
  const hangsOn = { path: first.path, share: Math.min(1, first.total) };
  const { status, value } = run('seek', { ...scenario, seek: { path: first.path, metric: 'profit', target: 0 } });
  return { chance, hangsOn, ...(status === 'found' ? { flips: { path: first.path, value } } : {}) };
}

export async function generate() {
  mkdirSync(target, { recursive: true });
  writeSamples(join(target, 'samples'));
  const catalogue = read(join(root, 'wasm/catalogue.json'));

  const notes = {};
  const slim = ({ help, facts, unit_label, ...field }) => {
    notes[field.path] = { help, facts };
    return field;
  };
  const units = {};
  for (const described of [...catalogue.fields, ...catalogue.channel_fields, ...Object.values(catalogue.quantities).flat()]) {
    units[described.unit] = described.unit_label;
  }
  const named = ({ id, unit, label }) => ({ id, unit, label });
  const channelFields = catalogue.channel_fields.map((field) => slim({ ...field, path: `channel.${field.path}` }));
  const facts = [];
  let sources = [];
  const folder = join(root, 'core/data/facts');
  for (const name of readdirSync(folder)) {
    const file = read(join(folder, name));
    if (file.facts) facts.push(...file.facts);
    if (file.sources) sources = file.sources;
  }
  const bestFirst = ['A', 'B', 'C', 'D'];
  const grades = Object.fromEntries(facts.map((f) => [f.id, f.grade]));
  // What a chip says of several figures is the grade of the best of them.
  const gradeOf = (ids) => ids.map((id) => grades[id]).filter((g) => bestFirst.includes(g)).sort()[0] ?? '';
  for (const field of [...catalogue.fields, ...channelFields]) field.grade = gradeOf(notes[field.path]?.facts ?? field.facts ?? []);
  write('catalogue.json', {
    grades,
    fields: catalogue.fields.map(slim),
    channelFields,
    units,
    columns: catalogue.quantities.columns.map(named),
    metrics: catalogue.metrics,
  });
  write('notes.json', notes);

  write('facts.json', { asOf: read(join(root, 'core/data/release.json')).as_of, facts: Object.fromEntries(facts.map((f) => [f.id, f])), sources: Object.fromEntries(sources.map((s) => [s.id, s])) });

  const { createGrowth } = await import(pathToFileURL(join(engineFolder, 'growth.js')).href);
  const growth = await createGrowth();
  const { presets } = growth.run('presets');
  const ordered = presets.map(({ id }) => growth.run('presets', { id })).sort((a, b) => a.order - b.order);
  const preset = ordered[0];
  const plan = growth.run('plan', preset.scenario);
  if ('errors' in plan) throw new Error(JSON.stringify(plan.errors));
  const insight = await insightOf(createGrowth, preset.scenario);
  // Nine digits are more than the page shows.
  const short = (value) =>
    typeof value === 'number' ? Number(value.toPrecision(9)) : Array.isArray(value) ? value.map(short) : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, short(v)])) : value;
  // Ranges are no matter of the first visit; the part that uses them asks the engine.
  delete preset.spreads;
  delete preset.scenario.uncertainty;
  delete plan.scenario.uncertainty;
  const { policies } = growth.run('policies');
  write('policies.json', policies.map(({ id, name, expired }) => ({ id, name, expired })));
  write('quantities.json', { summary: catalogue.quantities.summary.map(named), unit_economics: catalogue.quantities.unit_economics.map(named) });
  write('default.json', {
    preset,
    // Every digit: while nothing is changed this is the engine's answer, and nobody asks it again.
    plan,
    presets: ordered.map(({ id, name, platform }) => ({ id, name, platform })),
    insight: short(insight),
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await generate();
