// The built page in Chromium: numbers equal the command line's, nothing leaves the page, axe is content.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { axe, growthcalc, ready, start } from '../support/browser.mjs';
import { cell } from '../support/shown.mjs';

const program = process.env.GROWTHCALC ?? new URL('../../build/native/growthcalc', import.meta.url).pathname;

let site;
let address;
const open = (...options) => site.open(...options);

before(async () => {
  site = await start();
  ({ address } = site);
});
after(() => site?.stop());

const plan = (scenario) => growthcalc('plan', scenario);
const preset = (id) => growthcalc('presets', id).scenario;

const columns = JSON.parse(readFileSync(new URL('../../wasm/catalogue.json', import.meta.url), 'utf8')).quantities.columns;

async function tableMatches(page, expected) {
  const rows = await page.$$eval('tr[data-row]', (all) => all.map((row) => [row.dataset.row, [...row.querySelectorAll('td')].map((td) => td.textContent.trim())]));
  assert.equal(rows.length, columns.length);
  for (const [id, cells] of rows) {
    const { unit } = columns.find((c) => c.id === id);
    assert.deepEqual(cells.slice(0, expected.months[id].length), expected.months[id].map((v) => cell(v, unit)), id);
  }
}

test('the default result stands in the HTML before any script runs', async () => {
  const { page, close } = await open({ javaScriptEnabled: false });
  const { summary } = plan(preset('apparel-store'));
  const heading = await page.textContent('h1');
  const wan = (value) => `¥${(Math.round(value / 1000) / 10).toString()}万`;
  assert.ok(heading.includes(wan(summary.gmv)), heading);
  assert.ok(heading.includes(wan(summary.profit)), heading);
  assert.ok(await page.$('svg.months rect'));
  await close();
});

test('every number of every month equals growthcalc plan, before and after a change', async () => {
  const { page, seen, close } = await open();
  await ready(page);
  await page.click('text=显示全部');
  await tableMatches(page, plan(preset('apparel-store')));
  const before = seen.requests.length;

  await page.fill('[data-path="private.users"]', '2.5万');
  await page.fill('[data-path="orders.return_rate"]', '１２％');
  await page.fill('[data-path="channels[0].monthly_spend"]', '20,000');
  await page.click('summary:has-text("私域 → 公域")');
  await page.fill('[data-path="private.monthly_churn"]', '3');
  const base = preset('apparel-store');
  const completed = plan(base).scenario;
  const changed = structuredClone(base);
  changed.private = { ...changed.private, users: 25000, monthly_churn: 0.03 };
  changed.orders = { ...changed.orders, return_rate: 0.12 };
  changed.channels = structuredClone(completed.channels);
  changed.channels[0].monthly_spend = 20000;
  const expected = plan(changed);
  await tableMatches(page, expected);
  const monthly = Math.round(expected.summary.gmv / 12 / 1000) / 10;
  assert.ok((await page.textContent('.card >> nth=0')).includes(`¥${monthly}万`));

  assert.equal(seen.requests.length, before, 'no request after load');
  assert.ok(seen.requests.every((url) => url.startsWith(address)), 'nothing from elsewhere');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('presets, policies and the language change what is shown, still without a request', async () => {
  const { page, seen, close } = await open();
  await ready(page);
  const before = seen.requests.length;
  await page.click('text=显示全部');
  for (const id of ['tea-room', 'apparel-douyin', 'new-account']) {
    await page.selectOption('#preset', id);
    await tableMatches(page, plan(preset(id)));
  }
  await page.selectOption('#preset', 'apparel-brand');
  await page.selectOption('#pack', 'channels-2024-stages');
  const expected = plan({ ...preset('apparel-brand'), incentives: { pack: 'channels-2024-stages' } });
  await tableMatches(page, expected);
  assert.equal(await page.locator('.ledger li').count(), expected.ledger.length);
  assert.match(await page.textContent('.policy'), /已经结束/);
  await page.click('.language');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.textContent('.policy'), /It has ended/);
  assert.equal(seen.requests.length, before);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('what cannot be read or is out of range is said beside the field, and no old result stays', async () => {
  const { page, close } = await open();
  await ready(page);
  for (const [text, message] of [['abc', /看不懂/], ['150', /0 到 1/], ['', /要填一个数/], ['-3', /0 到 1/], ['1e999', /看不懂/]]) {
    await page.fill('[data-path="orders.return_rate"]', text);
    assert.match(await page.textContent('.field.wrong .problem'), message);
    assert.equal(await page.getAttribute('[data-path="orders.return_rate"]', 'aria-invalid'), 'true');
    assert.equal(await page.locator('.cards').count(), 0);
    assert.equal(await page.inputValue('[data-path="orders.return_rate"]'), text);
  }
  await page.fill('[data-path="private.users"]', '<img src=x onerror=alert(1)>');
  assert.equal(await page.locator('.errors li').count(), 2);
  await page.click('.errors li:nth-child(1) button');
  assert.ok(await page.evaluate(() => document.activeElement.matches('[aria-invalid=true]')));
  await page.fill('[data-path="orders.return_rate"]', '0.2');
  assert.match(await page.textContent('.doubt'), /20%/);
  await page.click('.doubt button');
  assert.equal(await page.inputValue('[data-path="orders.return_rate"]'), '20%');
  await page.click('text=全部还原');
  assert.equal(await page.locator('.cards').count(), 1);
  await close();
});

test('a number can be asked: definition, formula, substituted numbers', async () => {
  const { page, close } = await open();
  await ready(page);
  await page.click('.card >> nth=7');
  const text = await page.textContent('dialog[open]');
  assert.match(text, /口径/);
  assert.match(text, /公域转化率/);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await close();
});

test('by keyboard alone: skip link, typing, the slider, the months of the chart', async () => {
  const { page, close } = await open();
  await ready(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'result');
  await page.focus('[data-path="live.sessions_per_month"]');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('20');
  assert.match(await page.textContent('.changed'), /1/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await page.inputValue('[data-path="live.sessions_per_month"]'), '20');
  await page.focus('.month[tabindex="0"]');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), /第 3 个月/);
  await close();
});

test('axe finds nothing: phone and desktop, both languages, light and dark, with everything open', async () => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await open({ viewport, colorScheme });
      await ready(page);
      await axe(page, `zh ${viewport.width} ${colorScheme}`);
      await page.click('.language');
      await page.selectOption('#pack', 'channels-2024-1111');
      for (const summary of await page.$$('details.group > summary')) await summary.click();
      await page.click('.under .chip:not(.spread) >> nth=3');
      await page.waitForSelector('.facts');
      await page.fill('[data-path="costs.gross_margin"]', 'x');
      await axe(page, `en ${viewport.width} ${colorScheme}, open and wrong`);
      await page.fill('[data-path="costs.gross_margin"]', '40');
      await page.click('.card >> nth=1');
      await axe(page, `en ${viewport.width} ${colorScheme}, dialog`);
      await close();
    }
  }
});

test('320 px and double text size need no sideways scrolling', async () => {
  for (const [width, zoom] of [[320, 100], [390, 200], [1280, 200]]) {
    const { page, close } = await open({ viewport: { width, height: 800 } });
    await ready(page);
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), zoom);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${width} px at ${zoom} %: ${overflow} px too wide`);
    await close();
  }
});

test('without WebAssembly the page says so and keeps the default result', async () => {
  const context = await site.browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(address);
  await page.waitForSelector('.fault');
  assert.match(await page.textContent('.fault'), /打不开计算引擎/);
  assert.match(await page.textContent('h1'), /万/);
  await context.close();
});

test('the policy of the page allows its own scripts and WebAssembly, and nothing else', async () => {
  const { page, seen, close } = await open();
  await ready(page);
  const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content');
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
  const violations = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const found = [];
        document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.escaped = true';
        document.body.append(script);
        fetch('https://example.com/').catch(() => {});
        setTimeout(() => resolve([[...new Set(found)].sort(), 'escaped' in window]), 300);
      }),
  );
  assert.deepEqual(violations, [['connect-src', 'script-src-elem'], false]);
  assert.ok(seen.requests.every((url) => url.startsWith(address)));
  await close();
});

test('the module runs in the page and in a module worker of a consultant under a strict policy', async () => {
  const dist = new URL('../../build/wasm/wasm/dist/', import.meta.url);
  const worker = "import { createGrowth } from './growth.js'; const growth = await createGrowth(); postMessage(growth.runText('plan', '{}'));";
  const page1 = '<!doctype html><html lang="en"><title>x</title><script type="module" src="/page.js"></script>';
  const script = `import { createGrowth } from './growth.js';
    const growth = await createGrowth();
    window.here = growth.runText('plan', '{}');
    new Worker('/worker.js', { type: 'module' }).onmessage = ({ data }) => (window.there = data);`;
  const types = { js: 'text/javascript', wasm: 'application/wasm', html: 'text/html' };
  const host = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : request.url.slice(1);
    const own = { 'index.html': page1, 'page.js': script, 'worker.js': worker }[name];
    const content = own ?? (existsSync(new URL(name, dist)) ? readFileSync(new URL(name, dist)) : null);
    response.writeHead(content === null ? 404 : 200, {
      'Content-Type': types[name.split('.').at(-1)] ?? 'text/plain',
      'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    });
    response.end(content ?? '');
  });
  await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
  const { page, close } = await open({}, `http://127.0.0.1:${host.address().port}/`);
  await page.waitForFunction(() => window.here && window.there);
  const native = spawnSync(program, ['plan'], { input: '{}', encoding: 'utf8' }).stdout.trimEnd();
  assert.ok((await page.evaluate(() => window.here)) === native);
  assert.ok((await page.evaluate(() => window.there)) === native);
  await close();
  host.close();
});
