// The plan as a poster, as tables and on paper: on the built page in Chromium.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axe, growthcalc, ready, start } from '../support/browser.mjs';
import { assertPoster, assertPosterFile } from '../support/poster.mjs';
import { assertFutures, assertMonths, columns, parsed } from '../support/tables.mjs';

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

/** As it is read: blanks of a template are one, one that keeps words together stays. */
const text = (page, selector) => page.$eval(selector, (element) => element.textContent.replace(/[ \n]+/g, ' ').trim());
const wan = (value) => `${value < 0 ? '−' : ''}¥${Math.round(Math.abs(value) / 1000) / 10}万`;
const full = (value) => new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(value).replace('-', '−');

async function openDialog(page) {
  await page.waitForSelector('#desk .share-door');
  await page.click('.share-door');
  await page.waitForSelector('dialog.sharing[open] [data-export=poster]');
}
async function opened(hash = '', options = {}) {
  const one = await site.open(options, site.address + hash);
  await ready(one.page);
  await openDialog(one.page);
  return one;
}
/** A poster unlike the one before. */
async function poster(page, before = '') {
  await page.waitForFunction((old) => (document.querySelector('img.poster')?.src ?? old) !== old, before);
  return page.getAttribute('img.poster', 'src');
}
async function file(page, selector) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
/** The plan as the page has it, for the command line. */
const scenarioOf = async (page) => JSON.parse(await page.inputValue('#share-text'));

const holds = (page, link) => assertPoster((what, size) => page.evaluate(what, size), link);

test('a poster is a picture of 1080 × 1440 whose code is the share link, and follows what is chosen', async () => {
  const { page, seen, close } = await opened('#v1&p=tea-room&private.users=12000', { acceptDownloads: true });
  await page.click('[data-export=poster]');
  const first = await poster(page);
  assert.match(first, /^data:image\/png;base64,/);
  assert.equal(await page.getAttribute('img.poster', 'alt'), `海报：${await text(page, 'h1')}`);
  await holds(page, await page.inputValue('#share-query'));
  assert.match(await text(page, '.exports'), /拿到图的人都能看到你的数/);

  await page.click('.exports .tick input');
  const second = await poster(page, first);
  await holds(page, site.address);
  assert.match(await text(page, '.exports'), /不带你的数/);
  await page.fill('#export-name', '../双十一 <大促>');
  await poster(page, second);
  const { name, bytes } = await file(page, '[data-export=poster-file]');
  assert.match(name, /^商家增长测算_双十一-大促_\d{4}-\d\d-\d\d\.png$/);
  assertPosterFile(bytes);
  assert.match(await text(page, '.exports'), /已交给浏览器下载.*浏览器拦了/);
  assert.ok(seen.requests.every((url) => url.startsWith(site.address) || /^(?:data|blob):/.test(url)), 'nothing is asked of anybody');
  assert.deepEqual(seen.complaints, []);
  await close();

  // More than a code can hold legibly: the address alone, and that is said.
  const curve = (top) => Array.from({ length: 40 }, (_, i) => String(top / (i + 1))).join(',');
  const large = await opened(`#v1&p=tea-room&repurchase.curve_private=${curve(0.123456789012345)}`);
  await large.page.click('[data-export=poster]');
  await poster(large.page);
  assert.match(await text(large.page, '.exports'), /二维码装不下，只放了页面的地址/);
  await holds(large.page, site.address);
  await large.close();
});

test('tables hold what growthcalc answers, to the last digit', async () => {
  const { page, seen, close } = await opened('#v1&p=tea-room&private.users=12345&incentives.pack=channels-2024-stages&orders.return_rate=0.5', { acceptDownloads: true });
  assert.equal(await text(page, '[data-export=months]'), `逐月表 12 行 × ${columns.length + 3} 列`);
  const scenario = await scenarioOf(page);
  const months = await file(page, '[data-export=months]');
  assert.match(months.name, /^商家增长测算_[^_]+_\d{4}-\d\d-\d\d\.csv$/);
  const plan = growthcalc('plan', scenario);
  assertMonths(parsed(months.bytes), plan);

  const fan = await file(page, '[data-export=fan]');
  assert.match(fan.name, /_多种可能_/);
  const futures = growthcalc('simulate', scenario);
  const rows = parsed(fan.bytes);
  assert.equal(await text(page, '[data-export=fan]'), `多种可能 12 行 × ${rows[0].length} 列`);
  assertFutures(rows, futures);

  // Names that would compute, run or climb.
  await page.click('[data-export=poster]');
  let shown = await poster(page);
  for (const [typed, plain, named] of [
    ["=cmd|' /C calc'!A0", /^'=cmd/, /^商家增长测算_=cmd-'-C-calc'!A0_/],
    ['<script>alert(1)</script>', /^<script>/, /^商家增长测算_script-alert\(1\)-script_/],
    ['../../x', /^\.\.\/\.\.\/x$/, /^商家增长测算_x_/],
  ]) {
    await page.fill('#export-name', typed);
    const { name, bytes } = await file(page, '[data-export=months]');
    assert.match(name, named);
    for (const row of parsed(bytes).slice(1)) assert.match(row[0], plain);
    shown = await poster(page, shown);
  }
  assert.equal(await page.locator('body script').count(), 0);
  const book = await file(page, '[data-export=excel]');
  assert.match(book.name, /^商家增长测算_x_\d{4}-\d\d-\d\d\.xlsx$/);
  assert.equal(book.bytes.toString('latin1', 0, 2), 'PK');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('the report has two pages, whatever the horizon and the language, and the numbers of growthcalc', async () => {
  const pages = async (page) => (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  for (const hash of ['', '#v1&p=tea-room&horizon_months=60&incentives.pack=channels-2024-stages&orders.return_rate=0.5&private.users=12000&live.sessions_per_month=20&costs.gross_margin=0.5&orders.average_order_value=1500&private.reach_rate=0.3']) {
    const { page, seen, close } = await opened(hash, { colorScheme: hash ? 'dark' : 'light' });
    await page.evaluate(() => {
      window.print = () => {
        window.printed = (window.printed ?? 0) + 1;
        dispatchEvent(new Event('beforeprint'));
      };
    });
    await page.click('[data-export=print]');
    await page.waitForFunction(() => window.printed === 1);
    assert.equal(await page.locator('.report').isVisible(), false);
    for (const language of ['zh', 'en']) {
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      assert.equal(await pages(page), 2, `${language} ${hash}`);
      await page.emulateMedia({ media: 'print' });
      for (const sheet of await page.$$('.sheet')) {
        const [height, wide] = await sheet.evaluate((element) => [element.getBoundingClientRect().height, element.scrollWidth - element.clientWidth]);
        assert.ok(height < 990, `a page is 1,031 px high, not ${height}: ${language} ${hash}`);
        assert.ok(wide <= 0);
      }
      assert.ok(await page.locator('.report').isVisible());
      assert.equal(await page.locator('#app').isVisible(), false);
      if (language === 'zh') {
        const { summary, months, scenario } = growthcalc('plan', await scenarioOf(page));
        const n = scenario.horizon_months;
        const figures = await page.$$eval('.sheet .figures b', (all) => all.map((b) => b.textContent));
        assert.equal(figures.length, 5);
        assert.equal(figures[0], wan(summary.profit / n));
        assert.equal(figures[1], wan(summary.gmv / n));
        assert.equal(figures[2], wan(-summary.cash_low));
        const rows = await page.$$eval('.sheet:last-child table tbody tr', (all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
        const step = n > 12 ? 3 : 1;
        assert.equal(rows.length, n / step + 1);
        for (let i = 0; i < n / step; i += 1) {
          const part = (id) => months[id].slice(i * step, (i + 1) * step);
          const total = (id) => full(part(id).reduce((sum, value) => sum + value, 0));
          assert.deepEqual([rows[i][1], rows[i][4], rows[i][7], rows[i][9]], [full(part('private_users').at(-1)), total('gmv'), total('profit'), full(part('cumulative_cash').at(-1))]);
        }
        assert.deepEqual([rows.at(-1)[4], rows.at(-1)[7]], [full(summary.gmv), full(summary.profit)]);
        assert.match(await text(page, '.sheet .assumptions'), hash ? /退货率50% ?自填/ : /参考 B/);
        if (hash) assert.match(await text(page, '.sheet:last-child'), /2024-01-01 到 2024-12-31.*已过期/);
      }
      await page.emulateMedia({ media: null });
      await page.keyboard.press('Escape');
      await page.click('.language');
    }
    // Another plan: the next print is of that one.
    await page.fill('[data-path="private.users"]', '777');
    assert.equal(await page.locator('.sheet').count(), 0, 'nothing of another plan is left');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.ok((await page.$eval('.sheet h1', (h) => h.textContent)) === (await text(page, '#result h1')));
    assert.deepEqual(seen.complaints, []);
    await close();
  }
});

test('in WeChat nothing fails silently: pictures are pressed long, text is copied, the rest says where to go', async () => {
  const { page, seen, close } = await opened('', { userAgent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.49', viewport: { width: 390, height: 844 } });
  await page.click('[data-export=poster]');
  await poster(page);
  assert.match(await text(page, '.exports'), /长按图片.*在浏览器打开.*再来下载.*复制文字.*再来打印/);
  for (const way of ['poster-file', 'months', 'fan', 'excel', 'print']) assert.equal(await page.locator(`[data-export=${way}]`).count(), 0, way);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  await page.click('[data-export=months-text]');
  await page.waitForSelector('#export-text');
  assert.match(await text(page, '.exports .problem'), /没复制成.*长按/);
  await page.waitForFunction(() => document.activeElement.id === 'export-text' || getSelection().toString().length > 0);
  assert.equal((await page.inputValue('#export-text')).trimEnd().split('\n').length, 13);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('by keyboard alone; axe finds nothing and nothing scrolls sideways, phone and desktop, both languages', async () => {
  for (const [viewport, colorScheme, languages] of [[{ width: 390, height: 844 }, 'light', ['zh', 'en']], [{ width: 1280, height: 900 }, 'dark', ['zh']]]) {
    const { page, close } = await site.open({ viewport, colorScheme });
    await ready(page);
    for (const language of languages) {
      await page.focus('.share-door');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-export=poster]');
      await page.focus('[data-export=poster]');
      await page.keyboard.press('Enter');
      await poster(page);
      if (viewport.width === 1280) {
        await page.route('**/assets/**', (route) => route.abort());
        await page.click('[data-export=excel]');
        await page.waitForSelector('.exports .problem');
        assert.match(await text(page, '.exports .problem'), /工作簿没做成.*CSV/, 'what cannot be fetched says so');
      }
      await axe(page, `${language} ${viewport.width}`, 'dialog.sharing');
      for (const width of viewport.width === 390 ? [390, 320] : [1280]) {
        await page.setViewportSize({ ...viewport, width });
        assert.ok((await page.$eval('dialog.sharing', (dialog) => dialog.scrollWidth - dialog.clientWidth)) <= 0, `${width} px`);
      }
      await page.setViewportSize(viewport);
      await page.keyboard.press('Escape');
      await page.click('.language');
    }
    await close();
  }
});
