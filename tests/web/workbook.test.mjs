// The Excel workbook against the engine: a spreadsheet program works every formula out anew, before and
// after inputs are changed in the file.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as bundle } from '../../web/node_modules/esbuild/lib/main.js';
import { randomScenario } from '../reference/random_scenario.mjs';
import { batch, run } from '../support/growthcalc.mjs';
import { strFromU8, unzipSync } from '../../web/node_modules/fflate/esm/index.mjs';
import { namesOf, recalculated, sheetsOf, withParts } from '../support/spreadsheet.mjs';
import { compare as matches } from '../support/workbook.mjs';

const web = (path) => fileURLToPath(new URL(`../../web/${path}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'workbook-build-'));
after(() => rmSync(folder, { recursive: true, force: true }));
await bundle({
  stdin: { contents: "export { build } from './src/export/workbook/build.ts'; export { write } from './src/export/workbook/xlsx.ts'; export { language } from './src/state.ts';", resolveDir: web('') },
  bundle: true, platform: 'node', format: 'esm', outfile: join(folder, 'build.mjs'), alias: { '@engine': web('../wasm') },
});
const { build, write, language } = await import(pathToFileURL(join(folder, 'build.mjs')));
language.value = 'en';
const generated = (name) => JSON.parse(readFileSync(web(`src/generated/${name}.json`), 'utf8'));
const [notes, facts] = [generated('notes'), generated('facts')];

const formulasOf = (scenario) => JSON.parse(run(['formulas', '-'], JSON.stringify(scenario)).stdout);
const workbookOf = (scenario) => {
  const [plan] = batch([scenario]);
  return write(build({
    scenario: plan.scenario, formulas: formulasOf(scenario), notes, facts, name: 'x', date: '2026-01-01',
    origin: () => ({ chip: 'typed', facts: [] }),
  }));
};
const presetOf = (id) => JSON.parse(run(['presets', id]).stdout).scenario;

/** Every number of a workbook against what its scenario comes to. */
const compare = (book, scenario, why) => matches(book, batch([scenario])[0], formulasOf(scenario), why);

/** Types other numbers into inputs of the file, by path. */
function retyped(book, changes) {
  const names = namesOf(book);
  const order = [...new Set(Object.keys(sheetsOf(book)))];
  return Object.entries(changes).reduce((changed, [path, value]) => {
    const name = path.replace(/^channels\.(\d+)/, (_, i) => `channel_${Number(i) + 1}`).replaceAll('.', '_');
    const [sheet, cell] = names[name];
    const at = cell.split(':')[0];
    let found = 0;
    const next = withParts(changed, (xml, part) => (part !== `xl/worksheets/sheet${order.indexOf(sheet) + 1}.xml` ? xml
      : xml.replace(new RegExp(`(<c r="${at}"[^>]*><v>)[^<]*`), (_, open) => ((found += 1), open + value))));
    assert.equal(found, 1, path);
    return next;
  }, book);
}

/** The scenario with the same numbers. */
function changedScenario(scenario, changes) {
  const [{ scenario: whole }] = batch([scenario]);
  for (const [path, value] of Object.entries(changes)) {
    const parts = path.split('.');
    parts.slice(0, -1).reduce((node, part) => node[part], whole)[parts.at(-1)] = value;
  }
  return whole;
}

const example = (name) => JSON.parse(readFileSync(new URL(`../examples/${name}.json`, import.meta.url), 'utf8')).scenario;
const everyday = { 'private.users': 14321, 'orders.return_rate': 0.27, 'repurchase.retention': 0.91 };
const cases = [
  ['the default', {}, everyday],
  ['a preset', presetOf('apparel-store'), { ...everyday, 'business.start_month': 5, 'costs.settlement_days': 47 }],
  ['a policy', { ...presetOf('new-account'), incentives: { pack: 'channels-2024-stages' } }, { ...everyday, 'incentives.scale': 1.7 }],
  ['nothing', example('02-zero'), { 'private.users': 800, 'live.sessions_per_month': 9 }],
  ['channels', example('03-channels-and-purity'), { 'channels.0.monthly_spend': 12345, 'audience.learning_rate': 0.5, 'channels.1.precision': 0.4 }],
  ['vouchers, partner goods and affiliates', {
    vouchers: { opening_balance: 8000, opening_valid_months: 4 }, distribution: { share: 0.3 }, repurchase: { partner_share: 0.2 },
    private: { monthly_recruits: 200 },
  }, { 'vouchers.opening_valid_months': 2, 'vouchers.use_rate': 0.35, 'repurchase.partner_share': 0.5 }],
  ['curves', example('05-curves'), { 'private.customer_age_months': 3.4, 'private.monthly_churn': 0.08, 'repurchase.ltv_months': 31 }],
  ['programmes', example('06-programmes'), { 'vouchers.opening_balance': 0, 'private.users': 40000, 'vouchers.use_rate': 0.9 }],
  ...[11, 12].map((seed) => [`random ${seed}`, randomScenario(seed), { 'orders.average_order_value': 311, 'live.hours_per_session': 4.5, 'costs.discount_rate_monthly': 0.03 }]),
];

test('a spreadsheet program recomputes every number, also after inputs are changed', () => {
  const books = cases.map(([, scenario]) => workbookOf(scenario));
  const asMade = 1;
  const answers = recalculated([...books.slice(0, asMade), ...books.map((book, i) => retyped(book, cases[i][2]))]);
  let compared = 0;
  cases.forEach(([why, scenario, changes], i) => {
    // What stands in the file is the engine's, for those who only look at it.
    compared += compare(books[i], scenario, `${why}, as it is`);
    if (i < asMade) compared += compare(answers[i], scenario, why);
    compared += compare(answers[asMade + i], changedScenario(scenario, changes), `${why}, changed`);
  });
  assert.ok(compared > 20_000, String(compared));
  // Numbers that are not those of the scenario are found out.
  const [why, scenario] = cases[1];
  assert.throws(() => compare(answers[asMade + 1], scenario, why), /a preset/);
});

test('the sheets in Chinese, names as text, and nothing that runs or reaches out', () => {
  language.value = 'zh';
  const [plan] = batch([{}]);
  const name = '=1+1 <b>&"\u0001';
  const book = write(build({
    scenario: plan.scenario, formulas: formulasOf({}), notes, facts, name, date: '2026-01-01', policy: { name: '@x', facts: ['F1'] },
    origin: () => ({ chip: '-5', facts: [] }),
  }));
  const sheets = sheetsOf(book);
  assert.deepEqual(Object.keys(sheets), ['说明', '输入', '逐月', '月龄', '汇总', '假设与来源']);
  assert.equal(sheets['说明'][1][0].text, '方案：=1+1 <b>&"');
  assert.ok(sheets['输入'].some((row) => row?.[4]?.text === '-5' && row[4].formula === undefined));
  const parts = unzipSync(book);
  assert.deepEqual(Object.keys(parts).filter((part) => /vba|external|macro|drawing/i.test(part)), []);
  for (const bytes of Object.values(parts)) assert.ok(!/TargetMode="External"|<f>[^<]*\[/.test(strFromU8(bytes)));
  // Excel 2010, WPS and LibreOffice know every function, and no formula is longer than they take.
  const known = new Set(['ABS', 'AND', 'EXP', 'IF', 'INDEX', 'INT', 'ISNUMBER', 'LN', 'MAX', 'MIN', 'MOD', 'SUM', 'SUMPRODUCT']);
  for (const { formula = '' } of Object.values(sheets).flat(2).filter(Boolean)) {
    assert.ok(formula.length < 8000, formula);
    for (const [, called] of formula.matchAll(/([A-Z][A-Z0-9.]*)\(/g)) assert.ok(known.has(called), called);
  }
  language.value = 'en';
});
