// Many futures on the page: numbers equal the command line's, the fan follows the inputs without blocking
// them, goals are sought by keyboard, long runs stop, nothing leaves the page, axe is content.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allGrows, axe, enlarge, growthcalc, holdLibrary, ready, settled, sighted, start, unfold } from '../support/browser.mjs';
import { assertChances, assertFan, assertShares, assertSplits, assertTornado } from '../support/futures.mjs';
import { full, yuan } from '../support/shown.mjs';

let site;
before(async () => (site = await start()));
after(() => site?.stop());

/** The preset with the ranges it carries, as the page asks for it. */
function preset(id = 'apparel-store') {
  const { scenario } = growthcalc('presets', id);
  return { ...scenario, uncertainty: { ...scenario.uncertainty, trials: 8192 } };
}

const text = (page, selector) => page.$eval(selector, (element) => element.textContent.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim());

/** Rows of a picture's table. */
const rows = (page, card) =>
  page.$$eval(`${card} .twin >> tbody tr`, (all) => all.map((row) => [...row.children].map((cell) => cell.textContent.replace(/\u2060/g, '').trim())));
const current = (page, ...cards) => page.waitForFunction((names) => names.every((name) => {
  const card = document.querySelector(`.${name}-card[data-state=current]`);
  return card && !card.closest('[data-behind]');
}), cards);

async function fanMatches(page, scenario) {
  await current(page, 'fan', 'chance');
  const answer = growthcalc('simulate', scenario);
  assert.ok(!answer.errors, JSON.stringify(answer.errors));
  assertFan(await rows(page, '.fan-card'), answer, growthcalc('plan', scenario));
  assertChances(await page.$$eval('.figures b', (all) => all.map((b) => b.textContent)), await rows(page, '.chance-card'), answer);
  return answer;
}

test('the fan, the chances and the histogram are those of growthcalc simulate, before and after a change', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  const before = seen.requests.length;
  const base = preset();
  const answer = await fanMatches(page, base);
  assert.match(await text(page, '.fan-card .says'), new RegExp(`第 12 个月.*居中的是 ${yuan(answer.months.cumulative_profit.p50[11])}`));

  // An input that is certain, and one whose range moves with it.
  await page.fill('[data-path="private.users"]', '2.5万');
  await unfold(page, '付费加热与流量券');
  await page.fill('[data-path="channels[0].monthly_spend"]', '20000');
  const changed = structuredClone(base);
  changed.private.users = 25000;
  changed.channels = structuredClone(growthcalc('plan', base).scenario.channels);
  changed.channels[0].monthly_spend = 20000;
  await fanMatches(page, changed);

  await page.fill('[data-path="channels[0].cost_per_viewer"]', '0.6');
  changed.channels[0].cost_per_viewer = 0.6;
  const price = changed.uncertainty.inputs['channels[0].cost_per_viewer'];
  assert.equal(price.dist, 'lognormal');
  changed.uncertainty.inputs['channels[0].cost_per_viewer'] = { ...price, median: (price.median * 0.6) / base.channels[0].cost_per_viewer };
  await fanMatches(page, changed);

  assert.equal(seen.requests.length, before, 'no request after everything is here');
  assert.ok(seen.requests.every((url) => url.startsWith(site.address)), 'nothing from elsewhere');
  assert.equal(seen.requests.filter((url) => /growth-full.*wasm/.test(url)).length, 1, 'the module is fetched once');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('ranges are those of the preset, also where what reads them was opened before the presets were there', async () => {
  const context = await site.context();
  const page = await context.newPage();
  const release = await holdLibrary(page);
  await page.goto(site.address);
  await page.click('.records-door:not([disabled])');
  await page.click('.drop .plain');
  await page.waitForSelector('[data-records-verdict]');
  release();
  await page.keyboard.press('Escape');
  await page.waitForSelector('#preset:not([disabled])');
  await fanMatches(page, preset());
  await context.close();
});

test('a moved slider marks the fan as updating at once, and gets a new fan', async () => {
  const { page, close } = await site.open();
  await ready(page);
  // In sight: what is not waits until the slider rests.
  await page.locator('.fan-card').scrollIntoViewIfNeeded();
  await sighted(page);
  const moves = await page.evaluate(async () => {
    const slider = document.querySelector('[data-path="private.users"]').closest('.field').querySelector('[type=range]');
    const card = document.querySelector('.fan-card');
    const shown = () => card.querySelector('.middle').getAttribute('d');
    const seen = [];
    for (let i = 0; i < 20; i += 1) {
      const before = shown();
      slider.value = String(30 + 2 * i);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      const marked = card.dataset.state === 'updating' && card.getAttribute('aria-busy') === 'true';
      while (card.dataset.state !== 'current') await new Promise((next) => requestAnimationFrame(next));
      seen.push({ marked, changed: shown() !== before });
    }
    return seen;
  });
  assert.ok(moves.every((m) => m.marked && m.changed), JSON.stringify(moves));
  await close();
});

test('while a slider moves, the futures are run where they are in sight; elsewhere they wait until it rests', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    window.runs = 0;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.command === 'simulate') window.runs += 1;
      return postMessage.call(this, message, ...rest);
    };
  });
  /** Runs of the futures that were asked for while the slider went through 40 places, and until all is drawn. */
  const runs = async () => {
    const moved = await page.evaluate(async () => {
      window.runs = 0;
      const slider = document.querySelector('[data-path="private.users"]').closest('.field').querySelector('[type=range]');
      for (let i = 0; i < 40; i += 1) {
        slider.value = String(30 + i);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      }
      return window.runs;
    });
    await settled(page);
    await current(page, 'fan');
    return [moved, await page.evaluate(() => window.runs)];
  };
  const [away, rested] = await runs();
  // A machine that halts for as long as a hand rests would be one run more.
  assert.ok(away <= 4, `${away} runs out of sight`);
  assert.ok(rested > away, 'none after it came to rest');
  await page.locator('.fan-card').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector('.fan-card').getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(seen, 100)))));
  const [near] = await runs();
  assert.ok(near > away, `${near} runs in sight, ${away} out of it`);
  await close();
});

test('of many moves in a row only the newest counts', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await page.evaluate(() => {
    const input = document.querySelector('[data-path="private.users"]');
    for (let i = 1; i <= 60; i += 1) {
      input.value = String(1000 * i);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  const scenario = preset();
  scenario.private.users = 60000;
  await fanMatches(page, scenario);
  await close();
});

test('ranges stand beside the fields, move, can be typed, switched off and put back', async () => {
  const { page, close } = await site.open();
  await ready(page);
  const base = preset();
  await unfold(page, '转化与人群');
  const chip = '.field:has([data-path="conversion.public"]) .chip.spread';
  assert.match(await text(page, chip), /^八成 0\.\d+%–0\.\d+%/);
  assert.match(await text(page, '.field:has([data-path="costs.gross_margin"]) .chip.spread'), /^当准数算/);
  await page.click(chip);
  assert.equal(await page.getAttribute(chip, 'aria-expanded'), 'true');
  await page.fill('[data-range="conversion.public:low"]', '0.2');
  await page.fill('[data-range="conversion.public:high"]', '0.8');
  await page.fill('[data-range="conversion.public:mode"]', '0.4');
  const typed = structuredClone(base);
  typed.uncertainty.inputs['conversion.public'] = { dist: 'pert', low: 0.002, mode: 0.004, high: 0.008 };
  await fanMatches(page, typed);
  assert.match(await text(page, chip), /^0\.2%–0\.8%/);

  await page.fill('[data-range="conversion.public:low"]', '0.5');
  assert.match(await text(page, '.range .problem'), /从低到高/);
  await page.fill('[data-range="conversion.public:low"]', 'x');
  assert.match(await text(page, '.range .problem'), /要填数/);

  await page.click('.range >> text=当准数算');
  const certain = structuredClone(base);
  delete certain.uncertainty.inputs['conversion.public'];
  await fanMatches(page, certain);
  await page.click('.range >> text=用回预设的范围');
  await fanMatches(page, base);

  // A number that was certain.
  await page.click('.field:has([data-path="costs.gross_margin"]) .chip.spread');
  await page.click('.range >> text=拿不准，上下三成');
  assert.match(await text(page, '.field:has([data-path="costs.gross_margin"]) .chip.spread'), /^38\.\d*%–71\.?\d*%|^39%–72%|^38%–72%|^39%–71%/);
  await close();
});

test('tornado and shares are those of growthcalc sensitivity', async () => {
  const { page, close } = await site.open();
  await ready(page);
  const answer = growthcalc('sensitivity', { ...preset(), sensitivity: { metric: 'profit', methods: ['tornado', 'sobol'] } });
  const tornado = await rows(page, '.drivers-card');
  assert.equal(tornado.length, answer.tornado.length);
  assertTornado(tornado, answer);
  await page.click('.drivers-card .tabs button:nth-child(2)');
  const sobol = await rows(page, '.drivers-card');
  assertShares(sobol, answer);
  assert.ok((await text(page, '.drivers-card .says')).includes(sobol[0][0]));
  await close();
});

test('by keyboard alone: how many private users for ¥1 million a month, and use it', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  const before = seen.requests.length;
  await page.focus('.door >> nth=9');
  const on = (selector) => page.evaluate((s) => document.activeElement.matches(s), selector);
  for (let i = 0; i < 40 && !(await on('.seek-door')); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog.seek[open] .answer-box .figure');
  const answer = growthcalc('seek', { ...preset(), seek: { path: 'private.users', metric: 'gmv', target: 12e6 } });
  assert.equal(answer.status, 'found');
  assert.ok((await text(page, '.answer-box .figure')).startsWith(full(answer.value)));
  assert.match(await text(page, '.answer-box'), /月均成交额正好是 ¥100万/);
  // Another goal, typed.
  for (let i = 0; i < 10 && !(await on('#seek-target')); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('60万');
  await page.keyboard.press('Enter');
  const smaller = growthcalc('seek', { ...preset(), seek: { path: 'private.users', metric: 'gmv', target: 7.2e6 } });
  await page.waitForFunction((wanted) => document.querySelector('.answer-box .figure')?.textContent.startsWith(wanted), full(smaller.value));
  for (let i = 0; i < 10 && !(await on('.answer-box button')); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert.ok(await on('[data-path="private.users"]'));
  const taken = Number((await page.inputValue('[data-path="private.users"]')).replace(/,/g, ''));
  assert.ok(Math.abs(taken / smaller.value - 1) < 1e-5);
  await settled(page);
  assert.match(await text(page, 'h1'), /12 个月做到 ¥720万/);
  assert.equal(seen.requests.length, before);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('a goal with nine chances in ten needs more', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await page.click('.seek-door');
  await page.waitForSelector('.answer-box .figure');
  await page.selectOption('#seek-statistic', 'p10');
  await page.click('dialog.seek .primary');
  const answer = growthcalc('seek', { ...preset(), seek: { path: 'private.users', metric: 'gmv', target: 12e6, statistic: 'p10' } });
  await page.waitForFunction((wanted) => document.querySelector('.answer-box .figure')?.textContent.startsWith(wanted), full(answer.value));
  assert.match(await text(page, '.answer-box'), /九成把握/);
  await close();
});

test('a goal out of reach says how close it gets; a text that is no number is refused', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await page.click('.seek-door');
  await page.waitForSelector('dialog.seek .answer-box p');
  await page.selectOption('#seek-path', 'private.share_rate');
  await page.selectOption('#seek-metric', 'gmv');
  await page.fill('#seek-target', '1000亿');
  await page.click('dialog.seek .primary');
  await page.waitForFunction(() => /做不到/.test(document.querySelector('.answer-box').textContent));
  await page.fill('#seek-target', 'abc');
  await page.click('dialog.seek .primary');
  assert.match(await text(page, '.answer-box'), /看不懂/);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await close();
});

test('three splits side by side, those of growthcalc allocate; the best can be taken over', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await page.fill('#alloc-budget', '3万');
  await page.waitForFunction(() => document.querySelector('.alloc-card').dataset.state === 'updating');
  await current(page, 'alloc');
  const answer = growthcalc('allocate', { ...preset(), allocate: { budget: 30000, objective: 'profit' } });
  const heads = await page.$$eval('.splits thead th', (all) => all.map((th) => th.textContent));
  assert.deepEqual(heads.slice(1), ['现在这样', '平均分', '最好的分法']);
  const table = await page.$$eval('.splits tbody tr:not(.picture)', (all) => all.map((row) => [...row.querySelectorAll('td')].map((td) => td.textContent.trim())));
  assertSplits(table, await page.$$eval('.splits .outcome b', (all) => all.map((b) => b.textContent)), answer);
  await page.click('.alloc-card >> text=就按最好的分');
  await current(page, 'alloc');
  await unfold(page, '付费加热与流量券');
  assert.equal(await page.inputValue('[data-path="channels[0].monthly_spend"]'), new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 12 }).format(Number(Object.values(answer.spend)[0].toPrecision(6))));
  await close();
});

test('a split judged by bad years or by the chance of a profit is that of growthcalc, and is computed only when asked for', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  const one = (value) => new Intl.NumberFormat('zh-CN', { style: 'percent', maximumFractionDigits: 1 }).format(value);
  const results = () => page.$$eval('.splits .outcome b', (all) => all.map((b) => b.textContent.replace(/\u2060/g, '')));
  for (const [statistic, shown] of [['p10', yuan], ['probability', one]]) {
    // Far from sight, what is being computed may not be drawn before it is done.
    await page.locator('#alloc-statistic').scrollIntoViewIfNeeded();
    await page.selectOption('#alloc-statistic', statistic);
    await page.waitForSelector('.alloc-card[data-state=updating]');
    await current(page, 'alloc');
    const answer = growthcalc('allocate', { ...preset(), allocate: { budget: 15000, objective: 'profit', statistic } });
    assert.deepEqual(await results(), [answer.current.objective, answer.equal_split.objective, answer.objective].map(shown));
    const table = await page.$$eval('.splits tbody tr:not(.picture)', (all) => all.map((row) => [...row.querySelectorAll('td')].map((td) => td.textContent.trim())));
    for (const [i, id] of Object.keys(answer.spend).entries()) assert.equal(table[i][2], `¥${full(Math.round(answer.spend[id]))}`);
    await axe(page, statistic, '#futures');
  }
  const before = await results();
  await page.fill('[data-path="private.users"]', '3万');
  await page.waitForSelector('.alloc-card[data-state=old]');
  await current(page, 'fan', 'drivers');
  assert.equal(await page.getAttribute('.alloc-card', 'data-state'), 'old');
  await axe(page, 'out of date', '#futures');
  assert.deepEqual(await results(), before);
  await page.click('.alloc-card >> text=再算一次');
  await page.click('.alloc-card .state >> text=停下');
  await page.waitForSelector('.alloc-card[data-state=stopped]');
  await page.click('.alloc-card >> text=再算一次');
  await current(page, 'alloc');
  await page.selectOption('#alloc-statistic', 'plan');
  await current(page, 'alloc');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('the luck of the months can be set, left out and put back', async () => {
  const { page, close } = await site.open();
  await ready(page);
  const base = preset();
  assert.match(await text(page, '.chip.luck'), /每月自然流量的运气 ±25%/);
  await page.click('.chip.luck');
  assert.equal(await page.inputValue('#luck'), '25');
  await page.fill('#luck', '60');
  await fanMatches(page, { ...base, uncertainty: { ...base.uncertainty, traffic_volatility: 0.6 } });
  await page.fill('#luck', '400');
  assert.match(await text(page, '#luck-problem'), /300%/);
  await current(page, 'fan', 'drivers', 'alloc');
  await axe(page, 'luck', '#futures');
  await page.click('.fan-card >> text=不算运气');
  await fanMatches(page, { ...base, uncertainty: { ...base.uncertainty, traffic_volatility: 0 } });
  await page.click('.fan-card >> text=用回预设的范围');
  await fanMatches(page, base);
  await close();
});

test('a long run shows how far it is and can be stopped; nothing is left behind', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  await page.selectOption('#trials', '1000000');
  await page.waitForFunction(() => document.querySelector('.fan-card progress')?.value > 0);
  assert.match(await text(page, '.fan-card .state'), /算到 \d+%/);
  await page.click('.fan-card >> text=停下');
  await page.waitForSelector('.fan-card[data-state=stopped]');
  assert.match(await text(page, '.fan-card .state'), /已停下/);
  // Chromium gives an ended worker two seconds before it pulls the plug.
  const usual = 4; // the futures, what drives them, questions, pictures: one worker each
  for (let i = 0; i < 100 && page.workers().length > usual; i += 1) await page.waitForTimeout(50);
  assert.equal(page.workers().length, usual);
  await page.selectOption('#trials', '1024');
  await current(page, 'fan');
  await fanMatches(page, { ...preset(), uncertainty: { ...preset().uncertainty, trials: 1024 } });
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('a target gets its chance', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await page.fill('#target', '10万');
  await page.waitForFunction(() => /把握：/.test(document.querySelector('#target-says').textContent));
  const answer = growthcalc('simulate', { ...preset(), uncertainty: { ...preset().uncertainty, targets: [{ metric: 'profit', at_least: 100000 }] } });
  const share = new Intl.NumberFormat('zh-CN', { style: 'percent', maximumFractionDigits: 0 }).format(answer.probability.targets[0].probability);
  assert.ok((await text(page, '#target-says')).includes(share));
  await close();
});

test('every preset has its fan; wrong inputs leave no old one', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  const { presets } = growthcalc('presets');
  for (const { id } of presets) {
    await page.selectOption('#preset', id);
    await current(page, 'fan', 'drivers');
    const answer = growthcalc('simulate', preset(id));
    const middle = await page.$eval('.fan-card .legend', (legend) => legend.textContent);
    assert.ok(middle.replace(/\u2060/g, '').includes(yuan(answer.months.cumulative_profit.p50.at(-1))), `${id}: ${middle}`);
  }
  await page.fill('[data-path="orders.return_rate"]', '150');
  assert.equal(await page.locator('.fan:visible').count(), 0);
  await settled(page);
  assert.equal(await page.locator('.fan').count(), 0);
  assert.match(await text(page, '.fan-card'), /先把填错的数改好/);
  assert.equal(await page.locator('.seek-door:not([disabled])').count(), 0);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('the months of the fan and the bars of the histogram read out by keyboard', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await page.focus('[data-stop="fan-0"]');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const label = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.match(await label(), /第 3 个月.*居中.*照你填的数/);
  assert.match(await text(page, '.fan-card .legend'), /^第 3 个月/);
  await page.keyboard.press('End');
  assert.match(await label(), /第 12 个月/);
  await page.focus('[data-stop="hist-0"]');
  await page.keyboard.press('ArrowRight');
  assert.match(await label(), /到.*%/);
  await close();
});

test('axe finds nothing: phone and desktop, both languages, light and dark, with everything open', async () => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await site.open({ viewport, colorScheme });
      await ready(page);
      await unfold(page, '转化与人群');
      await page.click('.field:has([data-path="conversion.public"]) .chip.spread');
      for (const summary of await page.$$('.twin > summary')) await summary.click();
      await axe(page, `zh ${viewport.width} ${colorScheme}`, '#futures, .inputs');
      await page.click('.language');
      await settled(page);
      await page.click('.drivers-card .tabs button:nth-child(2)');
      await page.fill('#target', 'x');
      await page.fill('[data-range="conversion.public:low"]', '90');
      await axe(page, `en ${viewport.width} ${colorScheme}, wrong`, '#futures, .inputs');
      await page.click('.seek-door');
      await page.waitForSelector('.answer-box .figure');
      await axe(page, `en ${viewport.width} ${colorScheme}, dialog`, 'dialog[open]');
      await close();
    }
  }
});

test('nothing moves when it arrives, and 320 px and double text size need no sideways scrolling', async () => {
  for (const [width, zoom] of [[320, 100], [390, 100], [390, 200], [1280, 100], [1280, 200]]) {
    const context = await site.context({ viewport: { width, height: 844 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.shifts = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shifts += entry.value))).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(site.address);
    await ready(page);
    assert.ok((await page.evaluate(() => window.shifts)) <= 0.02, `${width} px: it shifts by ${await page.evaluate(() => window.shifts)}`);
    await enlarge(page, zoom);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${width} px at ${zoom} %: ${overflow} px too wide`);
    await allGrows(page);
    await context.close();
  }
});
