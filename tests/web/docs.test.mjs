// The pages beside the calculator: complete, computed by the engine, readable without a script, in both
// languages; their links lead somewhere.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { axe, growthcalc, start } from '../support/browser.mjs';

const built = new URL('../../build/web/', import.meta.url);
const catalogue = JSON.parse(readFileSync(new URL('../../wasm/catalogue.json', import.meta.url), 'utf8'));
const names = ['guide', 'method', 'reality'];
const files = names.flatMap((name) => [`${name}.html`, `${name}.en.html`]);
/** The calculator itself. */
const calculators = { zh: '', en: 'index.en.html' };
const languageOf = (file) => (file.includes('.en.') ? 'en' : 'zh');

let site;
before(async () => (site = await start()));
after(() => site?.stop());

/** Every link and every place a link may lead to. */
const linksAndPlaces = (page) =>
  page.evaluate(() => ({ links: [...document.querySelectorAll('a')].map((a) => a.getAttribute('href')), places: [...document.querySelectorAll('[id]')].map(({ id }) => id) }));

for (const language of ['zh', 'en']) {
  test(`the pages are accessible, fit a phone, run nothing and ask for nothing elsewhere: ${language}`, async () => {
    const { page, seen, close } = await site.open({ viewport: { width: 390, height: 844 }, colorScheme: language === 'zh' ? 'light' : 'dark' }, `${site.address}${files[0]}`);
    for (const file of files.filter((name) => languageOf(name) === language)) {
      await page.goto(site.address + file);
      assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-CN' : 'en');
      assert.ok((await page.title()).length > 8);
      assert.equal(await page.locator('script').count(), 0);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${file} scrolls sideways at 390 px`);
      // Headings in order: no level is left out on the way down.
      const levels = await page.$$eval('h1,h2,h3,h4', (all) => all.map(({ tagName }) => Number(tagName[1])));
      assert.ok(levels.every((level, i) => level <= (levels[i - 1] ?? 0) + 1), `${file}: ${levels.join('')}`);
      await axe(page, file);
    }
    assert.deepEqual(seen.complaints, []);
    assert.deepEqual(seen.requests.filter((url) => !url.startsWith(site.address)), []);
    await close();
  });
}

test('every link of the pages and of the calculator’s footer leads to a page and a place on it', async () => {
  const { page, close } = await site.open({}, site.address);
  const known = new Map();
  for (const file of files) {
    await page.goto(site.address + file);
    known.set(file, await linksAndPlaces(page));
  }
  for (const [file, { links, places }] of known) {
    assert.deepEqual(places.filter((id, i) => places.indexOf(id) !== i), [], `${file} has places of the same name`);
    for (const link of links.filter((href) => !/^https?:/.test(href))) {
      const [path, place] = link.split('#');
      const target = path === '' ? file : path.replace('./', '');
      assert.ok(target === calculators[languageOf(file)] || known.has(target), `${file} leads to ${link}`);
      if (place) assert.ok(known.get(target).places.includes(place), `${file} leads to ${link}`);
      // A reader stays in the language, except by the one link that changes it.
      if (target !== '' && languageOf(target) !== languageOf(file)) assert.equal(target, file.includes('.en.') ? file.replace('.en', '') : file.replace('.html', '.en.html'));
    }
    assert.ok(links.includes(`./${calculators[languageOf(file)]}`), `${file} leads back`);
  }
  await page.goto(site.address);
  const footer = () => page.$$eval('footer a', (all) => all.map((a) => a.getAttribute('href')));
  assert.deepEqual(await footer(), names.map((name) => `./${name}.html`));
  await page.click('header .language');
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  assert.deepEqual(await footer(), names.map((name) => `./${name}.en.html`));
  await close();
});

test('the method explains every quantity, input, policy and figure', async () => {
  const { page, close } = await site.open({}, `${site.address}method.html`);
  const anchors = { columns: 'm', terms: 'm', plan_terms: 'm', summary: 's', unit_economics: 'u' };
  for (const file of ['method.html', 'method.en.html']) {
    const language = languageOf(file);
    await page.goto(site.address + file);
    const said = await page.$$eval('.quantity, tr[id]', (all) => Object.fromEntries(all.map((one) => [one.id, { text: one.textContent, formula: one.querySelector('.formula')?.textContent ?? '' }])));
    for (const [section, anchor] of Object.entries(anchors)) {
      for (const { id, label, definition } of catalogue.quantities[section]) {
        const found = said[`${anchor}-${id}`];
        assert.ok(found, `${file} leaves out ${section}.${id}`);
        assert.ok(found.text.includes(label[language]) && found.text.includes(definition[language]), `${file}: ${section}.${id}`);
        assert.ok(found.formula.length > 3, `${file}: ${section}.${id} has no formula`);
      }
    }
    for (const { path, label, help } of [...catalogue.fields, ...catalogue.channel_fields.map((field) => ({ ...field, path: `channel.${field.path}` }))]) {
      const found = said[`i-${path}`];
      assert.ok(found?.text.includes(label[language]) && found.text.includes(help[language]), `${file} leaves out ${path}`);
    }
    const { places } = await linksAndPlaces(page);
    for (const { id } of growthcalc('policies').policies) assert.ok(places.includes(`p-${id}`), `${file} leaves out ${id}`);
    for (const { id } of growthcalc('facts').facts) assert.ok(places.includes(id), `${file} leaves out ${id}`);
  }
  // The words of a formula are the engine's.
  const plain = (text) => text.replace(/\s/g, '').replace(/×/g, '*').replace(/÷/g, '/').replace(/−/g, '-').replace(/≤/g, '<=');
  await page.goto(`${site.address}method.html`);
  for (const [metric, place] of [['summary.npv', 's-npv'], ['months.quality', 'm-quality'], ['unit_economics.max_cac', 'u-max_cac']]) {
    const { in_words } = growthcalc('explain', metric);
    assert.equal(plain((await page.textContent(`#${place} .formula`)).trim().slice(1)), plain(in_words.zh));
  }
  await close();
});

test('the comparison shows every case as growthcalc computes it, and what could not be met', async () => {
  const { cases } = growthcalc('cases', '--json');
  assert.ok(cases.length >= 17);
  const { page, close } = await site.open({}, `${site.address}reality.html`);
  for (const file of ['reality.html', 'reality.en.html']) {
    const language = languageOf(file);
    await page.goto(site.address + file);
    for (const { id, title, published, facts, checks } of cases) {
      const place = page.locator(`#case-${id}`);
      const text = await place.textContent();
      assert.ok(text.includes(title[language]) && text.includes(published[language]), `${file}: ${id}`);
      for (const fact of facts) assert.ok(text.includes(fact), `${file}: ${id} rests on ${fact}`);
      const rows = await place.locator('tbody tr').evaluateAll((all) => all.map((row) => [row.children[0].textContent, Number(row.children[2].dataset.computed), row.children[2].textContent]));
      assert.deepEqual(rows.map(([label, computed]) => [label, computed]), checks.map(({ label, computed }) => [label[language], computed]));
      const digits = (value) => new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-US', { maximumSignificantDigits: 4 }).format(value);
      for (const [label, computed, shown] of rows) {
        const number = shown.replace(/[¥% 倍×]/g, '');
        assert.equal(number, digits(shown.includes('%') ? 100 * computed : computed), `${file}: ${label} shows ${shown}`);
      }
    }
    for (const id of ['F5', 'F89', 'F91', 'F160', 'F209']) assert.equal(await page.locator(`#unmet-${id}`).count(), 1, `${file}: ${id}`);
  }
  await close();
});

test('the guide’s ten examples carry the engine’s numbers', async () => {
  const { scenario } = growthcalc('presets', 'apparel-store');
  const plan = growthcalc('plan', scenario);
  const seek = (path, metric, target, changes = {}) => growthcalc('seek', { ...scenario, ...changes, seek: { path, metric, target } }).value;
  const english = (options) => (value) => new Intl.NumberFormat('en-US', options).format(value);
  const compact = (value) => (Math.abs(value) >= 10000 ? english({ notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 }) : english({ maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2 }))(value);
  const cents = english({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = (digits) => english({ style: 'percent', maximumFractionDigits: digits });
  const expected = {
    next_tier: [`¥${compact(plan.summary.profit)}`, `¥${compact(plan.months.gmv[0] / 26)}`],
    voucher: [`¥${cents(plan.unit_economics.voucher_yuan_worth)}`, `¥${compact(growthcalc('plan', { ...scenario, vouchers: { opening_balance: 1000 } }).summary.profit - plan.summary.profit)}`],
    private_users: [compact(seek('private.users', 'gmv', 12e6)), compact(seek('private.users', 'profit', 0)), english({ maximumSignificantDigits: 3 })(plan.summary.leverage)],
    private_scenes: [`¥${compact(growthcalc('plan', { ...scenario, incentives: { pack: 'channels-2025-private-q1' } }).ledger[0].value)}`],
    highest_price: [`¥${cents(plan.unit_economics.max_cost_per_viewer)}`, `¥${compact(plan.unit_economics.max_cac)}`],
    next_thousand: Object.values(growthcalc('allocate', { ...scenario, allocate: { budget: 16000, objective: 'profit' } }).spend).map((spend) => `¥${english({ maximumFractionDigits: 0 })(spend)}`),
    room: [compact(plan.diagnosis.viewers_2h), `¥${compact(Math.max(...plan.diagnosis.levers.map((lever) => lever.profit_per_step)))}`],
    first_order_loss: [percent(1)(seek('repurchase.private_rate', 'profit', 0, { costs: { ...scenario.costs, gross_margin: 0.4 } }))],
    cash: [`¥${compact(-plan.summary.cash_low)}`],
    go_or_stop: [percent(0)(growthcalc('simulate', scenario).probability.profit_positive), english({ style: 'percent', maximumSignificantDigits: 3 })(seek('conversion.public', 'profit', 0))],
  };
  const { page, close } = await site.open({}, `${site.address}guide.en.html`);
  const shown = await page.$$eval('[id^=question-]', (all) => Object.fromEntries(all.map((heading) => [heading.id.slice(9), heading.nextElementSibling.nextElementSibling.textContent])));
  assert.deepEqual(Object.keys(shown), Object.keys(expected));
  for (const [id, numbers] of Object.entries(expected)) for (const number of numbers) assert.ok(shown[id].includes(number), `${id}: ${number} in “${shown[id]}”`);
  await close();
});

test('a page is at most 60 KB on the way; they are kept with the page, and one file has none of them', () => {
  for (const file of files) {
    const size = brotliCompressSync(readFileSync(new URL(file, built))).length;
    assert.ok(size <= 61440, `${file}: ${size}`);
  }
  const worker = readFileSync(new URL('service_worker.js', built), 'utf8');
  for (const file of files) assert.ok(worker.includes(`["${file}","sha256-`), file);
  const single = new URL('../../build/single/growth-calculator.html', import.meta.url);
  assert.ok(existsSync(single));
  assert.doesNotMatch(readFileSync(single, 'utf8'), /(guide|method|reality)(\.en)?\.html/);
});
