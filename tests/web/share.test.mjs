// Plans as links and files, kept on the device, taken back: on the built page in Chromium.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { allGrows, axe, enlarge, growthcalc, holdLibrary, libraryFile, ready, start, unfold } from '../support/browser.mjs';

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const text = (page, selector) => page.$eval(selector, (element) => element.textContent.replace(/\s+/g, ' ').trim());
const valueIn = (page, path) => page.inputValue(`[data-path="${path}"]`);
const users = 'private.users';
const wan = (value) => `¥${Math.round(value / 1000) / 10}万`;
const preset = (id) => growthcalc('presets', id).scenario;
const tools = (page) => page.waitForSelector('#desk .share-door');
const told = async (page, pattern) => {
  await page.waitForSelector('#notice .told');
  assert.match(await text(page, '#notice .told'), pattern);
};
async function openDialog(page) {
  await tools(page);
  await page.click('.share-door');
  await page.waitForSelector('dialog.sharing[open] #share-keep');
}
const opened = (hash, options) => site.open(options, site.address + hash);
/** What is typed is kept a moment later. */
async function kept(page, value) {
  const found = () =>
    page.evaluate(
      (path) =>
        new Promise((resolve) => {
          const request = indexedDB.open('growth-calculator');
          request.onsuccess = () => {
            const get = request.result.transaction('plans').objectStore('plans').get('current');
            get.onsuccess = () => (request.result.close(), resolve(get.result?.edits.get(path)?.value));
          };
        }),
      users,
    );
  for (let left = 50; (await found()) !== value; left -= 1) {
    assert.ok(left > 0, `${value} is kept`);
    await page.waitForTimeout(100);
  }
}

test('a link brings the numbers, says so, leaves the address clean and can be taken back', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  await page.selectOption('#preset', 'tea-room');
  await page.fill(`[data-path="${users}"]`, '1.2万');
  await unfold(page, '付费加热');
  await page.fill('[data-path="channels[0].monthly_spend"]', '20000');
  await page.fill('[data-path="orders.return_rate"]', '12.3456789');
  await openDialog(page);
  const links = [await page.inputValue('#share-hash'), await page.inputValue('#share-query')];
  assert.equal(links[0], `${site.address}#v1&p=tea-room&private.users=12000&channels.ads.monthly_spend=20000&orders.return_rate=0.123456789`);
  assert.match(await text(page, 'section[aria-labelledby="share-link"]'), /含你填写的经营数据（3 处和预设不同）/);
  await page.click('text=放进地址栏');
  assert.equal(page.url(), links[1]);
  assert.deepEqual(seen.complaints, []);
  const heading = await text(page, 'h1');
  await close();

  for (const link of links) {
    const other = await site.open({}, link);
    await ready(other.page);
    await told(other.page, /现在按链接里的数算.*3 处和预设不同/);
    assert.equal(other.page.url(), site.address);
    assert.equal(await text(other.page, 'h1'), heading);
    assert.equal(await valueIn(other.page, users), '12,000');
    assert.equal(await valueIn(other.page, 'orders.return_rate'), '12.3456789');
    await other.page.click('text=不用，换回原来的');
    assert.ok((await text(other.page, 'h1')).includes(wan(growthcalc('plan', preset('apparel-store')).summary.gmv)));
    assert.equal(await other.page.locator('#notice .told').count(), 0);
    assert.deepEqual(other.seen.complaints, []);
    await other.close();
  }
});

test('a link opened in a page that is in use leaves what was there one step away', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await tools(page);
  await page.fill(`[data-path="${users}"]`, '777');
  await page.evaluate(() => (location.hash = '#v1&p=tea-room&private.users=5'));
  await told(page, /现在按链接里的数算/);
  assert.equal(await valueIn(page, users), '5');
  await page.click('#desk >> text=撤销');
  assert.equal(await valueIn(page, users), '777');
  await close();
});

test('presets and policies come after the first result: what needs them waits, and says so where they do not come', async () => {
  const link = `${site.address}#v1&p=tea-room&${users}=5`;
  const context = await site.context();
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  const release = await holdLibrary(page);
  await page.goto(link);
  // What is typed is computed before they are here.
  await page.waitForFunction(() => !document.querySelector('.status') && document.querySelectorAll('.card').length === 5);
  await page.fill(`[data-path="${users}"]`, '23456');
  const typed = growthcalc('plan', { ...preset('apparel-store'), private: { ...preset('apparel-store').private, users: 23456 } });
  await page.waitForFunction((gmv) => document.querySelector('h1').textContent.includes(gmv), wan(typed.summary.gmv));
  assert.ok(await page.isDisabled('#preset'));
  await page.click('.guide-door');
  assert.ok(await page.isDisabled('#g-preset'));
  await page.keyboard.press('Escape');
  release();
  await told(page, /现在按链接里的数算/);
  assert.equal(await valueIn(page, users), '5');
  assert.equal(await page.inputValue('#preset'), 'tea-room');
  assert.ok(await page.isEnabled('#preset'));
  await page.click('text=不用，换回原来的');
  assert.equal(await valueIn(page, users), '23456');
  assert.deepEqual(faults, []);
  await page.close();

  const without = await context.newPage();
  without.on('pageerror', (fault) => faults.push(fault.message));
  await without.route(libraryFile, (route) => route.abort());
  await without.goto(link);
  await without.waitForSelector('.fault');
  assert.match(await text(without, '.fault'), /链接里的.*读不出来.*默认方案.*刷新/);
  assert.match(await text(without, '#fault'), /没取到/);
  assert.ok(await without.isDisabled('#preset'));
  await without.fill(`[data-path="${users}"]`, '23456');
  await without.waitForFunction((gmv) => document.querySelector('h1').textContent.includes(gmv), wan(typed.summary.gmv));
  for (const place of ['#desk', '#compare', '#decisions', '#futures']) assert.ok(await without.isHidden(place), place);
  await axe(without, 'no presets');
  await without.click('.language');
  assert.match(await text(without, '.fault'), /a plan from a link/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a hostile link breaks nothing and says in words what was left out', async () => {
  const cases = [
    ['#v1&p=<script>alert(1)</script>&private.users=5', /没用上|看不懂/],
    ['#v1&p=nowhere&private.users=NaN&privat.users=3&__proto__.x=1&orders.average_order_value=88', /private\.users.*看不懂.*privat\.users.*没有/],
    ['#v1&channels=%5B%7B%22id%22%3A%22%3Cx%3E%22%7D%5D&uncertainty=%7B%22correlation%22%3A5%7D&luck=99', /没用上/],
    ['#v9&p=tea-room', /新版页面/],
    ['#V99999999&p=tea-room', /新版页面/],
    [`#v1&private.users=${'9'.repeat(100000)}`, /太长/],
    ['?z=v1~%E0%A4%A~p=tea-room', /看不懂/],
  ];
  for (const [hash, pattern] of cases) {
    const { page, seen, close } = await opened(hash);
    await ready(page);
    await told(page, pattern);
    assert.ok(await page.isVisible('.cards'), `${hash.slice(0, 60)}: a result stands`);
    await page.fill(`[data-path="${users}"]`, '9000');
    assert.equal(await page.locator('.card').count(), 5);
    assert.deepEqual(seen.complaints, [], hash.slice(0, 60));
    await close();
  }
  // A number out of its range stands in its field, in the engine's words.
  const { page, close } = await opened('#v1&p=tea-room&private.users=-5');
  await told(page, /按链接里的数算/);
  assert.match(await text(page, '.errors'), /私域/);
  await page.click('text=不用，换回原来的');
  assert.ok(await page.isVisible('.cards'));
  await close();
});

test('a file is what growthcalc reads, and comes back as the same plan', async () => {
  const { page, seen, close } = await site.open({ acceptDownloads: true });
  await ready(page);
  await page.fill(`[data-path="${users}"]`, '12345');
  await openDialog(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-share-download]')]);
  assert.match(download.suggestedFilename(), /^商家增长测算_.+_\d{4}-\d\d-\d\d\.json$/);
  const file = readFileSync(await download.path(), 'utf8');
  const scenario = JSON.parse(file);
  const plan = growthcalc('plan', scenario);
  assert.equal(plan.errors, undefined);
  assert.equal(scenario.private.users, 12345);
  assert.ok((await text(page, 'h1')).includes(wan(plan.summary.gmv)));
  assert.equal(growthcalc('simulate', { ...scenario, uncertainty: { ...scenario.uncertainty, trials: 64 } }).errors, undefined);

  // Changed elsewhere and brought back: by file, and pasted.
  scenario.costs.gross_margin = 0.61;
  await page.setInputFiles('[data-share-file]', { name: 'plan.json', mimeType: 'application/json', buffer: Buffer.from(`\uFEFF${JSON.stringify(scenario)}`) });
  await told(page, /按文件里的数算.*2 处和预设不同/);
  assert.ok(await page.evaluate(() => document.activeElement.id === 'result'));
  assert.ok((await text(page, 'h1')).includes(wan(growthcalc('plan', scenario).summary.gmv)));
  assert.equal(await valueIn(page, 'costs.gross_margin'), '61');
  await openDialog(page);
  await page.fill('#share-paste', JSON.stringify({ name: '三个渠道', channels: ['a', 'b', 'c'].map((id) => ({ id, monthly_spend: 1000, cost_per_viewer: 0.5, half_saturation: 9000, precision: 0.5 })), uncertainty: { inputs: {}, trials: 100000, targets: [{ metric: 'profit', at_least: 1 }] } }));
  await page.click('[data-share-take]');
  await told(page, /三个渠道/);
  // What the page decides itself is not passed over.
  await told(page, /文件里有 2 项没用上.*100000 种.*1 个目标没用上/s);
  await page.click('summary:has-text("付费加热")');
  assert.equal(await valueIn(page, 'channels[2].precision'), '50');
  assert.equal(await text(page, '#preset option:checked'), '三个渠道');

  // The engine's own errors; nothing is changed.
  const before = await text(page, 'h1');
  await openDialog(page);
  for (const [given, pattern] of [['{"private": {"users": -1, "usres": 2}}', /private\.users.*private\.usres/], ['{"private": ', /./], ['', /还没有内容/], ['[1]', /方案/], ['#v7&p=x', /新版页面/]]) {
    await page.fill('#share-paste', given);
    await page.click('[data-share-take]');
    await page.waitForSelector('.sharing .problem');
    assert.match(await text(page, '.sharing [role=alert]'), pattern, given);
  }
  await page.keyboard.press('Escape');
  assert.equal(await text(page, 'h1'), before);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('ranges go with the name of a channel, and a list of channels is the merchant’s own', async () => {
  const { page, close } = await site.open({ acceptDownloads: true });
  await ready(page);
  const { uncertainty, ...scenario } = growthcalc('presets', 'new-account').scenario;
  // Its guess about beans, second there, is about a channel of ¥0.22 a viewer.
  assert.deepEqual(uncertainty.inputs['channels[1].cost_per_viewer'], { dist: 'lognormal', median: 0.22, sigma: 0.3 });
  const feed = { id: 'feed_x', monthly_spend: 80000, cost_per_viewer: 0.5, half_saturation: 90000, precision: 0.6 };
  const beans = { id: 'beans', monthly_spend: 3000, cost_per_viewer: 0.44, half_saturation: 20000, precision: 0.6 };
  for (const channels of [[feed, beans], [beans, feed]]) {
    await openDialog(page);
    await page.fill('#share-paste', JSON.stringify({ ...scenario, channels }));
    await page.click('[data-share-take]');
    await told(page, /按文件里的数算/);
    await openDialog(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-share-download]')]);
    const { inputs } = JSON.parse(readFileSync(await download.path(), 'utf8')).uncertainty;
    await page.keyboard.press('Escape');
    const at = channels.indexOf(beans);
    assert.deepEqual(inputs[`channels[${at}].cost_per_viewer`], { dist: 'lognormal', median: 0.44, sigma: 0.3 });
    assert.deepEqual(Object.keys(inputs).filter((path) => path.startsWith(`channels[${1 - at}]`)), []);
    assert.equal(Object.keys(inputs).length, Object.keys(uncertainty.inputs).length);
  }
  await page.click('summary:has-text("付费加热")');
  const own = '.field:has([data-path="channels[1].monthly_spend"]) .chip > span';
  await page.waitForSelector(own);
  assert.equal(await text(page, own), '自填');
  await close();
});

test('every change can be taken back and made again, by key and by button', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await tools(page);
  const original = await valueIn(page, users);
  assert.equal(await page.getAttribute('#desk button >> nth=0', 'aria-disabled'), 'true');
  await page.click(`[data-path="${users}"]`);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('4321');
  await page.fill('[data-path="orders.return_rate"]', '9');
  await page.selectOption('#preset', 'tea-room');
  await page.keyboard.press('Control+z');
  assert.equal(await valueIn(page, 'orders.return_rate'), '9');
  assert.match(await text(page, '#desk [role=status]'), /撤销了：换方案/);
  await page.focus(`[data-path="${users}"]`);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  assert.equal(await valueIn(page, users), original, 'four digits typed in one go are one step');
  await page.keyboard.press('Control+Shift+Z');
  assert.equal(await valueIn(page, users), '4321');
  await page.click('#desk >> text=重做');
  await page.click('#desk >> text=重做');
  assert.equal(await page.inputValue('#preset'), 'tea-room');

  // Records that were applied.
  await page.selectOption('#preset', 'apparel-store');
  await page.click('.records-door');
  await page.click('.drop .plain');
  await page.waitForSelector('[data-records-verdict]');
  await page.click('[data-records-apply]');
  await page.keyboard.press('Escape');
  assert.ok((await page.locator('.chip.orders').count()) > 0);
  await openDialog(page);
  assert.match(await page.inputValue('#share-hash'), /repurchase\.private_rate=[\d.]+!orders.*range\.repurchase\.private_rate=/);
  const link = await page.inputValue('#share-hash');
  await page.keyboard.press('Escape');
  await page.click('#desk >> text=撤销');
  assert.equal(await page.locator('.chip.orders').count(), 0);
  const other = await site.open({}, link);
  await told(other.page, /按链接里的数算/);
  assert.ok((await other.page.locator('.chip.orders').count()) > 0, 'where numbers come from is carried');
  await other.close();
  await close();
});

test('the numbers are there at the next visit, named plans too, and all of it can be deleted', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  await tools(page);
  await page.fill(`[data-path="${users}"]`, '2468');
  await openDialog(page);
  await page.fill('#share-name', '双十一');
  await page.click('.sharing form button');
  await page.waitForSelector('.named li');
  for (const name of ['二', '三', '四', '五']) {
    await page.fill('#share-name', name);
    if (name !== '五') await page.click('.sharing form button');
  }
  assert.ok(await page.isDisabled('.sharing form button'));
  await page.keyboard.press('Escape');
  await page.fill(`[data-path="${users}"]`, '1357');
  await kept(page, 1357);
  await page.reload();
  await told(page, /接着上次的数/);
  assert.equal(await valueIn(page, users), '1357');
  await page.click('text=从头开始');
  assert.equal(await valueIn(page, users), '8,000');
  await page.click('#desk >> text=撤销');
  assert.equal(await valueIn(page, users), '1357');
  await openDialog(page);
  await page.click('.named li:has-text("双十一") button >> nth=0');
  await told(page, /双十一/);
  assert.equal(await valueIn(page, users), '2468');
  await openDialog(page);
  await page.click('[data-share-forget]');
  await page.waitForFunction(() => document.querySelectorAll('.named li').length === 0);
  await page.reload();
  await ready(page);
  await tools(page);
  await page.waitForTimeout(300);
  assert.equal(await page.locator('#notice .told').count(), 0);
  assert.equal(await valueIn(page, users), '8,000');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('corrupt data, a full device and one without storage: the page calculates and says so', async () => {
  const { page, close } = await site.open();
  await tools(page);
  await page.fill(`[data-path="${users}"]`, '2468');
  await kept(page, 2468);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('growth-calculator');
        request.onsuccess = () => {
          const change = request.result.transaction('plans', 'readwrite');
          change.objectStore('plans').put({ version: 1, at: 5, edits: 'none' }, 'current');
          change.oncomplete = resolve;
        };
      }),
  );
  // Not the page itself, which would keep its own numbers over it on its way out.
  const again = await page.context().newPage();
  await again.goto(site.address);
  await told(again, /读不出来了/);
  assert.ok(await again.isVisible('.cards'));
  await close();

  for (const script of [
    () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
    () => (IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }),
  ]) {
    const context = await site.context();
    await context.addInitScript(script);
    const other = await context.newPage();
    const faults = [];
    other.on('pageerror', (fault) => faults.push(fault.message));
    await other.goto(site.address);
    await tools(other);
    await other.fill(`[data-path="${users}"]`, '2468');
    await told(other, /不让存/);
    assert.ok(await other.isVisible('.cards'));
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('a link beyond 2,000 characters is not offered; the file is', async () => {
  const { page, close } = await opened(`#v1&p=tea-room&repurchase.curve_private=${Array.from({ length: 60 }, (_, i) => (0.123456789012345 / (i + 1)).toString()).join(',')}&repurchase.curve_public=${Array.from({ length: 60 }, (_, i) => (0.0123456789012345 / (i + 1)).toString()).join(',')}`);
  await told(page, /按链接里的数算/);
  await openDialog(page);
  assert.match(await text(page, 'section[aria-labelledby="share-link"]'), /超过 2,000 个会被截断/);
  assert.equal(await page.locator('#share-hash').count(), 0);
  assert.ok(await page.isVisible('[data-share-download]'));
  await close();
});

test('by keyboard alone, and axe finds nothing: phone and desktop, both languages, light and dark', async () => {
  for (const [viewport, colorScheme] of [[{ width: 390, height: 844 }, 'light'], [{ width: 1280, height: 900 }, 'dark']]) {
    const { page, close } = await opened('#v1&p=tea-room&private.users=5&nothing=1', { viewport, colorScheme });
    await ready(page);
    for (const language of ['zh', 'en']) {
      await page.waitForSelector('#notice .told');
      await axe(page, `notice ${language} ${viewport.width}`, '#notice');
      await page.focus('.share-door');
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog.sharing[open] #share-keep');
      await page.click('.sharing summary');
      await page.fill('#share-paste', '{');
      await page.click('[data-share-take]');
      await page.click('.sharing form button');
      await page.waitForSelector('.named li');
      await axe(page, `dialog ${language} ${viewport.width} ${colorScheme}`, 'dialog[open]');
      await page.click('.sharing summary');
      await page.keyboard.press('Escape');
      assert.ok(await page.evaluate(() => document.activeElement.matches('.share-door')));
      await page.click('.language');
    }
    await close();
  }
});

test('320 px and double text size need no sideways scrolling', async () => {
  for (const [width, zoom] of [[320, 100], [390, 200], [1280, 200]]) {
    const { page, close } = await opened('#v1&p=tea-room&private.users=5&nothing=1', { viewport: { width, height: 844 } });
    await enlarge(page, zoom);
    await page.waitForSelector('#notice .told');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px at ${zoom} %`);
    await openDialog(page);
    assert.ok((await page.$eval('dialog.sharing', (dialog) => dialog.scrollWidth - dialog.clientWidth)) <= 0, `dialog, ${width} px at ${zoom} %`);
    await allGrows(page, 'dialog[open]');
    await close();
  }
});
