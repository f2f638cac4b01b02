// Plans beside each other: on the built page in Chromium.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allGrows, axe, enlarge, growthcalc, ready, settled, start, unfold } from '../support/browser.mjs';
import { assertMoney } from '../support/compare.mjs';
import { full, yuan } from '../support/shown.mjs';

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const plain = (text) => text.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
const text = async (page, selector) => plain(await page.$eval(selector, (element) => element.textContent));
const fill = (page, path, value) => page.fill(`[data-path="${path}"]`, value);
const preset = (id) => growthcalc('presets', id).scenario;
const mounted = (page) => page.waitForSelector('#compare .plan');
const names = (page) => page.$$eval('#compare .plan .name', (all) => all.slice(2).map((name) => name.textContent.trim()));
const focused = (page) => page.evaluate(() => document.activeElement.dataset.plan ?? document.activeElement.dataset.tool ?? document.activeElement.tagName);
async function save(page, name) {
  await page.click('#compare [data-plan=now]');
  await page.fill('#plan-name', name);
  await page.click('#compare .saving button');
}
const cellOf = (page, metric, column) => text(page, `[data-metric=${metric}] [data-column=${column}]`);
/** Puts what an older page wrote, or somebody's mistake, in the place of the plans that are kept. */
const rewritten = (kind) =>
  new Promise((resolve) => {
    const request = indexedDB.open('growth-calculator');
    request.onsuccess = () => {
      const store = request.result.transaction('plans', 'readwrite').objectStore('plans');
      store.get('named').onsuccess = ({ target }) => {
        const found = target.result;
        const [{ name, stored }] = Array.isArray(found) ? found : found.list;
        store.put(kind === 'old' ? [{ name, stored }] : { version: 2, list: [{ id: 'p1', name, stored }, 5, { id: 'p9', name: '坏的', stored: { version: 1, at: 1, edits: 3 } }] }, 'named');
      };
      store.transaction.oncomplete = () => (request.result.close(), resolve());
    };
  });

test('every number is the one growthcalc plan computes for that plan, and every difference follows from two of them', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  await mounted(page);
  assert.equal(await page.locator('[data-whatif]').count(), 0, 'nothing differs yet');

  const base = preset('apparel-store');
  const a = structuredClone(base);
  a.channels = growthcalc('plan', base).scenario.channels;
  a.channels[0].monthly_spend = 20000;
  a.orders.return_rate = 0.25;
  await unfold(page, '付费加热');
  await fill(page, 'channels[0].monthly_spend', '2万');
  await fill(page, 'orders.return_rate', '25');
  await save(page, '多投流');
  await page.selectOption('#preset', 'tea-room');
  const tea = { ...preset('tea-room'), horizon_months: 6 };
  await unfold(page, '生意与订单');
  await fill(page, 'horizon_months', '6');
  await save(page, '茶');
  await page.selectOption('#preset', 'apparel-store');
  await fill(page, 'private.users', '1.2万');
  const now = { ...base, private: { ...base.private, users: 12000 } };
  const before = seen.requests.length;

  await settled(page);
  const expected = Object.entries({ now, preset: base, p1: a, p2: tea }).map(([id, scenario]) => [id, growthcalc('plan', scenario)]);
  const [, { summary: baseSummary }] = expected[1];
  for (const [id, plan] of expected) {
    const { summary } = plan;
    for (const metric of ['gmv', 'settled_gmv', 'profit', 'cash_low']) {
      assertMoney(await cellOf(page, metric, id), metric, plan, expected[1][1], id);
    }
    assert.match(await cellOf(page, 'payback_month', id), summary.payback_month === null ? /^回不了/ : new RegExp(`^第 ${summary.payback_month} 个月`));
    assert.ok((await cellOf(page, 'repeat_share', id)).startsWith(`${Math.round(summary.repeat_share * 1000) / 10}%`));
    const at = expected.findIndex(([other]) => other === id) + 2;
    const months = await page.$$eval(`#compare .lines-drawing ~ .twin td:nth-child(${at})`, (cells) => cells.map((cell) => cell.textContent));
    assert.deepEqual(months, Array.from({ length: 12 }, (_, i) => (i in plan.months.cumulative_profit ? full(plan.months.cumulative_profit[i]) : '–')), id);
  }
  assert.match(await text(page, '#compare .says ~ details'), /月数不一样/);
  assert.deepEqual(
    await page.$$eval('[data-input="private.users"] td', (cells) => cells.map((cell) => cell.textContent.trim())),
    expected.map(([, { scenario }]) => `${scenario.private.users.toLocaleString('en-US')} 人`),
  );
  assert.equal(seen.requests.length, before, 'comparing asks for nothing');

  // The line under the verdict.
  const { summary } = expected[0][1];
  const more = Math.round((summary.profit / baseSummary.profit - 1) * 100);
  assert.equal((await text(page, '[data-whatif] p')).replace(/成交额.*$/, ''), `比基准（预设）：利润 ▲ 多 ${yuan(summary.profit - baseSummary.profit)}（+${more}%），第 ${summary.payback_month} 个月回本（不变），`);
  assert.equal(await text(page, '[data-whatif] p + p'), '不一样的有 1 处：私域用户 8,000 人 → 12,000 人。');

  // How likely each earns money: asked for, and the same that the futures say when the plan is opened.
  assert.equal(await cellOf(page, 'chance', 'p1'), '还没算');
  await page.click('[data-ask]');
  await page.waitForFunction(() => [...document.querySelectorAll('[data-metric=chance] td')].every((cell) => cell.querySelector('b')));
  const chances = await page.$$eval('[data-metric=chance] td > b', (all) => all.map((cell) => cell.textContent));
  const asked = growthcalc('simulate', { ...base, uncertainty: { ...base.uncertainty, trials: 8192 } });
  assert.equal(chances[1], `${Math.round(asked.probability.profit_positive * 100)}%`);
  await page.click('#compare [data-plan=p1]');
  await page.click('[data-tool=open]');
  await settled(page);
  await page.waitForFunction(() => document.querySelector('.fan-card').dataset.state === 'current');
  await settled(page);
  assert.equal(await text(page, '.chance-card .figures b'), chances[2]);
  assert.equal(await cellOf(page, 'chance', 'now').then((cell) => cell.split(' ')[0]), chances[2]);
  assert.match(await text(page, '#compare [data-plan=now]'), /就是“多投流”/);
  await page.click('#desk >> text=撤销');
  assert.equal(await page.inputValue('[data-path="private.users"]'), '1.2万', 'what was open before is a step back');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('a stale difference is never shown: at every moment the plans, the line and the verdict are of the same inputs', async () => {
  const { page, close } = await site.open();
  await mounted(page);
  const wrong = await page.evaluate(() => {
    const field = document.querySelector('[data-path="private.users"]');
    const found = [];
    for (const value of ['9000', '1.2万', 'x', '', '3万', '-5', '8000', '5万']) {
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      const of = (selector) => document.querySelector(selector)?.textContent.trim();
      const verdict = of('h1 em:last-of-type');
      const now = of('#compare [data-plan=now] b');
      const line = of('[data-whatif]');
      const sound = verdict ? now === verdict && (value === '8000' ? line === undefined : /→/.test(line)) : now === undefined && line === undefined && !of('.dock .change');
      if (!sound) found.push([value, verdict, now, line]);
    }
    return found;
  });
  assert.deepEqual(wrong, []);
  await close();
});

test('plans are kept, copied, renamed, moved, deleted and brought back by keyboard alone, and are there at the next visit', async () => {
  const { page, seen, close } = await site.open();
  await mounted(page);
  const press = async (selector, ...keys) => {
    await page.focus(selector);
    for (const key of keys) await page.keyboard.press(key);
  };
  const tool = (name) => press(`#compare [data-tool=${name}]`, 'Enter');
  for (const [name, users] of [['一', '1000'], ['二', '2000']]) {
    await fill(page, 'private.users', users);
    await press('#plan-name', 'Control+A');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'now');
  }
  assert.deepEqual(await names(page), ['一', '二']);
  await press('#compare [data-plan=p2]', 'Enter');
  await tool('left');
  assert.deepEqual(await names(page), ['二', '一']);
  assert.equal(await focused(page), 'left');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(page), ['二', '一'], 'further left it does not go');
  await tool('rename');
  await page.keyboard.type('大促');
  await page.keyboard.press('Enter');
  assert.deepEqual([await names(page), await focused(page)], [['大促', '一'], 'p2']);
  await tool('rename');
  await page.keyboard.type('一');
  await page.keyboard.press('Enter');
  assert.match(await text(page, '#compare .said'), /已经有叫“一”的方案/);
  await page.keyboard.press('Escape');
  assert.deepEqual([await names(page), await focused(page)], [['大促', '一'], 'p2']);
  await tool('duplicate');
  assert.deepEqual([await names(page), await focused(page)], [['大促', '大促 2', '一'], 'p3']);
  await tool('measure');
  assert.equal(await page.getAttribute('#compare [data-tool=measure]', 'aria-disabled'), 'true');
  assert.match(await text(page, '#compare [data-plan=p3]'), /基准$/);
  assert.equal(await page.locator('thead [data-column=preset]').count(), 0);
  await tool('remove');
  assert.deepEqual(await names(page), ['大促', '一']);
  assert.match(await text(page, '#compare [data-plan=preset]'), /基准$/, 'without its base the list has the preset again');
  assert.equal(await focused(page), 'BUTTON');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(page), ['大促', '大促 2', '一']);
  assert.match(await text(page, '#compare [data-plan=p3]'), /基准$/);

  await fill(page, 'private.users', '3000');
  await press('#compare [data-plan=p1]', 'Enter');
  await tool('overwrite');
  await tool('duplicate');
  assert.equal(await page.getAttribute('#compare [data-tool=duplicate]', 'aria-disabled'), 'true');
  await press('#compare [data-plan=now]', 'Enter');
  assert.equal(await page.locator('#plan-name').count(), 0, 'what is kept already is not offered to be kept');
  await fill(page, 'private.users', '5000');
  assert.equal(await page.getAttribute('#compare .saving button', 'aria-disabled'), 'true', 'four are enough');
  await page.fill('#plan-name', '大促');
  assert.equal(await text(page, '#compare .saving button'), '换掉同名的');
  await page.reload();
  await page.waitForSelector('#compare [data-plan=p4]');
  assert.deepEqual(await names(page), ['大促', '大促 2', '一', '一 2']);
  assert.match(await text(page, '#compare [data-plan=p3]'), /基准$/);
  assert.equal(await cellOf(page, 'profit', 'p1'), await cellOf(page, 'profit', 'p4'));
  const users = (scenario, value) => ({ ...scenario, private: { ...scenario.private, users: value } });
  assert.ok((await cellOf(page, 'profit', 'p1')).startsWith(yuan(growthcalc('plan', users(preset('apparel-store'), 3000)).summary.profit)));
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('what an older page kept is taken over; what cannot be read is said; without storage the plans live as long as the page', async () => {
  const { page, seen, close } = await site.open();
  await mounted(page);
  await fill(page, 'private.users', '1000');
  await save(page, '旧的');
  const base = preset('apparel-store');
  const other = await page.context().newPage();
  for (const [kind, shown, says] of [['old', ['旧的']], ['broken', ['旧的', '坏的'], /有几个读不出来/]]) {
    await page.evaluate(rewritten, kind);
    await other.goto(site.address);
    await other.waitForFunction((n) => document.querySelectorAll('#compare .plan').length === n + 2, shown.length);
    assert.deepEqual((await names(other)).map((name) => name.split(' ')[0]), shown);
    if (says) assert.match(await text(other, '#notice'), says);
    assert.ok((await text(other, '#compare [data-plan=p1]')).includes(yuan(growthcalc('plan', { ...base, private: { ...base.private, users: 1000 } }).summary.profit)));
  }
  assert.deepEqual(seen.complaints, []);
  await close();

  for (const script of [
    () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
    () => (IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }),
  ]) {
    const context = await site.context({ viewport: { width: 1280, height: 900 } });
    await context.addInitScript(script);
    const unkept = await context.newPage();
    const faults = [];
    unkept.on('pageerror', (fault) => faults.push(fault.message));
    await unkept.goto(site.address);
    await mounted(unkept);
    await fill(unkept, 'private.users', '1000');
    await save(unkept, '只在这会儿');
    await unkept.waitForSelector('#compare .problem');
    assert.match(await text(unkept, '#compare .problem'), /关掉页面就没了/);
    await fill(unkept, 'private.users', '2000');
    assert.deepEqual(await names(unkept), ['只在这会儿']);
    assert.ok((await cellOf(unkept, 'profit', 'p1')).startsWith('¥') || (await cellOf(unkept, 'profit', 'p1')).startsWith('−'));
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('axe finds nothing, the page never scrolls sideways, and the plans do: phone and desktop, both languages, light and dark', async () => {
  for (const [viewport, colorScheme] of [[{ width: 390, height: 844 }, 'light'], [{ width: 1280, height: 900 }, 'dark']]) {
    const { page, seen, close } = await site.open({ viewport, colorScheme });
    await mounted(page);
    for (const [name, users] of [['一', '1000'], ['一个名字很长很长的方案，长到放不下', '20000'], ['三', '300']]) {
      await fill(page, 'private.users', users);
      await save(page, name);
    }
    await fill(page, 'costs.gross_margin', '35');
    if (viewport.width < 761) {
      assert.equal(await page.locator('#compare .columns').count(), 0, 'on a phone they stand side by side when asked');
      assert.match(await text(page, '.dock'), /▼/);
      await page.click('#compare .open-table > summary');
    }
    await page.waitForSelector('#compare .lines-drawing path');
    await page.click('#compare [data-plan=p2]');
    for (const language of viewport.width < 761 ? ['zh', 'en'] : ['zh']) {
      await axe(page, `plans ${language} ${viewport.width} ${colorScheme}`, '.answer');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${language} ${viewport.width} px`);
      if (viewport.width < 761) await page.click('.language');
    }
    if (viewport.width < 761) {
      const scrolled = await page.$eval('#compare .columns', async (columns) => {
        columns.scrollLeft = 200;
        await new Promise((done) => setTimeout(done, 500));
        const header = columns.querySelector('[data-metric=profit] th').getBoundingClientRect();
        const cells = [...columns.querySelectorAll('[data-metric=profit] td')].map((cell) => cell.getBoundingClientRect().left);
        return { left: header.left - columns.getBoundingClientRect().left, gap: Math.min(...cells.map((left) => Math.abs(left - header.right))) };
      });
      assert.ok(Math.abs(scrolled.left) < 20, 'names of the rows stay');
      assert.ok(scrolled.gap < 20, `a plan stands beside them: ${scrolled.gap}`);
    }
    await settled(page);
    // The picture is read month by month from where the focus is, wherever the pointer rests.
    await page.hover('[data-stop="plans-11"]');
    await page.focus('[data-stop="plans-0"]');
    await page.keyboard.press('ArrowRight');
    assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), /^第 2 个月：现在的数 −?¥.*三 −?¥/);
    const dashes = await page.$$eval('#compare .lines-drawing path', (all) => all.map((line) => getComputedStyle(line).strokeDasharray));
    assert.equal(new Set(dashes).size, dashes.length, 'no two lines have the same pattern');
    assert.deepEqual(seen.complaints, []);
    await close();
  }
  for (const [width, zoom] of [[320, 100], [390, 200]]) {
    const { page, close } = await site.open({ viewport: { width, height: 844 } });
    await enlarge(page, zoom);
    await mounted(page);
    await fill(page, 'private.users', '1000');
    await save(page, '一');
    await fill(page, 'private.users', '2000');
    await page.click('#compare .open-table > summary');
    await page.waitForSelector('#compare .lines-drawing path');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px at ${zoom} %`);
    await allGrows(page, '#compare');
    await close();
  }
});
