// Pictures of the plan: every number is that of growthcalc breakdown, months are stepped through and points
// read by keyboard, what does not exist says why, axe is content, nothing leaves the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, growthcalc, ready, start } from '../support/browser.mjs';
import { assertTable, flowRows, points, tabs, textOutside } from '../support/pictures.mjs';
import { compact, full, yuan } from '../support/shown.mjs';

let site;
before(async () => (site = await start()));
after(() => site?.stop());

const card = '.pictures-card';
const scenario = () => growthcalc('presets', 'apparel-store').scenario;
const current = (page) => page.waitForSelector(`${card}[data-state=current]`);
const text = (page, selector) => page.$eval(selector, (element) => element.textContent.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim());
/** Rows of the table below a picture. */
const rows = (page) =>
  page.$$eval(`${card} .twin:not(.how) tbody tr`, (all) => all.map((row) => [...row.children].map((cell) => cell.textContent.replace(/\u2060/g, '').trim())));
async function choose(page, tab) {
  await current(page);
  await page.click(`[data-tab=${tab}]`);
  await page.waitForSelector(`[data-picture=${tab}]`);
}
/** Everything that comes late is here; what is asked for from now on is asked by the parts themselves. */
const settled = (page) => Promise.all([current(page), ready(page)]);

/** All six tables against the engine. */
async function matches(page, request) {
  const answer = growthcalc('breakdown', request);
  const plan = growthcalc('plan', request);
  assert.ok(!answer.errors, JSON.stringify(answer.errors));
  await choose(page, 'flywheel');
  const month = (await page.$eval('.stepper input', (input) => Number(input.value))) - 1;
  for (const tab of tabs) {
    await choose(page, tab);
    assertTable(tab, await rows(page), answer, plan, month);
  }
  return { answer, plan };
}

test('every picture shows the numbers of growthcalc breakdown, before and after a change', async () => {
  const { page, seen, close } = await site.open();
  await settled(page);
  const asked = seen.requests.length;
  const request = scenario();
  const { answer } = await matches(page, request);

  // What is said of a definition follows the switch.
  for (const { id, value, break_even: even, in_words: inWords } of answer.roi.definitions) {
    await page.click(`[data-roi=${id}]`);
    const [figure, breakEven] = await page.$$eval(`${card} .figures b`, (all) => all.map((b) => Number(b.textContent.replace('−', '-'))));
    assert.deepEqual([figure, breakEven], [value, even.value].map((x) => Number(x.toFixed(2))));
    assert.match(await text(page, '.verdict-roi'), value >= even.value ? /是赚的/ : /不保本/);
    assert.ok((await text(page, `${card} .how`)).includes(inWords.zh.replace(/\*/g, ' × ').replace(/ - /g, ' − ').replace(/\//g, ' ÷ ')), id);
  }

  // A month by its buttons and by its slider.
  await choose(page, 'flywheel');
  await page.click('.stepper button >> nth=1');
  assert.deepEqual(await rows(page), flowRows(answer, 1));
  await page.focus('.stepper input');
  await page.keyboard.press('End');
  assert.deepEqual(await rows(page), flowRows(answer, 11));
  assert.match(await text(page, `${card} .says`), /^第 12 个月/);

  await page.fill('[data-path="orders.return_rate"]', '35%');
  await page.fill('[data-path="private.users"]', '2.5万');
  request.orders.return_rate = 0.35;
  request.private.users = 25000;
  await page.waitForSelector(`${card}:not([data-state=current])`, { state: 'attached', timeout: 300 }).catch(() => {});
  await matches(page, request);
  assert.equal(seen.requests.length, asked, 'no request after everything is here');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('the names of quantities in the tables say how their numbers come about', async () => {
  const { page, seen, close } = await site.open();
  await settled(page);
  const before = seen.requests.length;
  const request = scenario();
  const { bridge } = growthcalc('breakdown', request);
  const { summary, months } = growthcalc('plan', request);
  const names = (of) => page.$$eval(`${card} .twin:not(.how) ${of} th button`, (all) => all.map((button) => button.textContent.trim()));
  /** What a name opens: title, number, and everything it says. */
  const told = async (tab, name) => {
    await choose(page, tab);
    await page.$eval(`${card} .twin:not(.how)`, (twin) => (twin.open = true));
    const button = page.locator(`${card} .twin:not(.how) th button`, { hasText: name }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog.explain[open]');
    const answer = [await text(page, 'dialog.explain h2'), await text(page, 'dialog.explain .figure'), await text(page, 'dialog.explain')];
    await page.keyboard.press('Escape');
    assert.ok(await button.evaluate((element) => document.activeElement === element), `${name} has the focus again`);
    return answer;
  };
  const [profit, figure, all] = await told('bridge', bridge.at(-1).label.zh);
  assert.deepEqual([profit, figure], ['总利润', yuan(summary.profit)]);
  assert.match(all, /口径.*公式.*代入/);
  // What is no result of its own is the sum of its months.
  const [goods, total, parts] = await told('bridge', bridge.find(({ id }) => id === 'cost_of_goods').label.zh);
  assert.deepEqual([goods, total], ['货品成本 · 合计', yuan(months.cost_of_goods.reduce((a, b) => a + b, 0))]);
  assert.match(parts, /口径.*公式12 个月的货品成本加起来。 代入/);
  assert.deepEqual(await names('tbody'), bridge.filter(({ id }) => id in summary || id in months).map(({ label }) => label.zh));
  const [cash, last, how] = await told('cash', '累计现金');
  assert.deepEqual([cash, last], ['累计现金 第 12 个月', yuan(months.cumulative_cash[11])]);
  assert.match(how, /口径.*公式上月\(累计现金\) \+ 现金流/);
  assert.equal((await names('thead')).length, 3);
  assert.equal((await told('ladder', '2 小时'))[1], compact(months.viewers_2h[0]));
  assert.equal((await told('flywheel', '自然公域'))[1], compact(months.viewers_natural[0]));
  assert.equal(seen.requests.length, before, 'no request after everything is here');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('points are read with the arrow keys, and what does not exist says why', async () => {
  const { page, seen, close } = await site.open({ viewport: { width: 390, height: 800 } });
  await current(page);
  const label = () => page.evaluate(() => document.activeElement.getAttribute('aria-label').replace(/\u2060/g, ''));
  const answer = growthcalc('breakdown', scenario());
  for (const [tab, first, key, said] of points) {
    await choose(page, tab);
    await page.press(first, key);
    assert.match(await label(), said, tab);
  }
  await choose(page, 'ladder');
  const { rungs, months } = answer.room;
  assert.equal(await page.$$eval('.ladder li', (all) => all.length), rungs.length);
  assert.ok((await text(page, '.ladder')).includes(`还差 ${full(Math.round(months[0].next.short_by))}`));

  // Nothing spent: the return does not exist, its break-even does.
  await page.click('summary:has-text("付费加热与流量券")');
  for (const channel of [0, 1]) await page.fill(`[data-path="channels[${channel}].monthly_spend"]`, '0');
  await choose(page, 'roi');
  await page.waitForFunction(() => document.querySelector('.verdict-roi').textContent.includes('没有花钱投放'));
  assert.match(await text(page, '.verdict-roi'), /没有花钱投放.*保本线：\d/);
  // An input that cannot be read: no picture of another plan stays.
  await page.fill('[data-path="private.users"]', '一堆');
  await page.waitForFunction(() => !document.querySelector('.picture .figures'));
  assert.deepEqual(seen.complaints, []);
  await close();
});

for (const [name, width, english, colorScheme] of [['a phone, in Chinese', 390, false, 'light'], ['a desk, in English and in the dark', 1280, true, 'dark']]) {
  test(`axe is content and nothing overflows: ${name}`, async () => {
    const { page, seen, close } = await site.open({ viewport: { width, height: 900 }, colorScheme });
    await current(page);
    if (english) await page.click('.language');
    for (const tab of tabs) {
      await choose(page, tab);
      for (const fold of await page.$$(`${card} details:not([open]) summary`)) await fold.click();
      await axe(page, `${tab}, ${name}`, card);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), tab);
      // Text of a picture stays within it.
      assert.deepEqual(await page.evaluate(textOutside, card), [], tab);
    }
    assert.deepEqual(seen.complaints, []);
    await close();
  });
}
