// The built page in Firefox and WebKit: it loads under its policy, computes what the module computes in node,
// draws it, takes in and hands out files, is used by keyboard alone, fits a phone and the dark, opens without a
// network, and axe is content. One engine after the other; each is started once in the light and once in the
// dark, and all tests of a start use one page. Engines that are not installed are left out, unless ENGINES=all
// says that they have to be there.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { createGrowth, tableOf } from '../../build/wasm/wasm/dist/growth.js';
import { axeSource, notGrown, noViolations, runAxe } from '../support/browser.mjs';
import { assertMoney } from '../support/compare.mjs';
import { engines } from '../support/engines.mjs';
import { assertChances, assertFan, assertShares, assertSplits, assertTornado } from '../support/futures.mjs';
import { assertTable, points, sourceLabels, tabs, textOutside } from '../support/pictures.mjs';
import { assertPoster, assertPosterFile } from '../support/poster.mjs';
import { cell, compact, full, yuan } from '../support/shown.mjs';
import { recalculated } from '../support/spreadsheet.mjs';
import { assertFutures, assertMonths, columns, parsed } from '../support/tables.mjs';
import { compare } from '../support/workbook.mjs';

const growth = await createGrowth({ full: true });
const records = await createGrowth({ records: true });

const preset = (id) => growth.run('presets', { id }).scenario;
/** The preset that the page opens with, with some of it changed. */
function opening(change = () => {}) {
  const scenario = preset('apparel-store');
  change(scenario);
  return scenario;
}
/** With the ranges it carries, as the page asks for it. */
const uncertain = (scenario) => ({ ...scenario, uncertainty: { ...scenario.uncertainty, trials: 8192 } });

const users = '[data-path="private.users"]';
const returns = '[data-path="orders.return_rate"]';
const aov = '[data-path="orders.average_order_value"]';
const orders = new URL('../../web/src/generated/samples/orders.csv', import.meta.url).pathname;

// What stands in the page. These run there.
const text = (selector) => document.querySelector(selector)?.textContent.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim());
const value = (selector) => document.querySelector(selector).value;
const labels = (selector) => [...document.querySelectorAll(selector)].map((element) => element.getAttribute('aria-label').replace(/\u2060/g, ''));
/** What is far from sight has been drawn too. */
const settled = () => !document.querySelector('[data-behind]');
const current = (...cards) => {
  // Somebody is at the page: the futures wait for that.
  dispatchEvent(new Event('scroll'));
  return !document.querySelector('[data-behind]') && !document.querySelector('#preset').disabled && document.querySelector('#lower [data-row]') && document.querySelector('.share-door') && cards.every((name) => document.querySelector(`.${name}-card[data-state=current]`));
};
const rows = (selector) => [...document.querySelectorAll(`${selector} tbody tr`)].map((row) => [...row.children].map((cell) => cell.textContent.replace(/\u2060/g, '').trim()));
const cells = (selector) => [...document.querySelectorAll(selector)].map((row) => [...row.querySelectorAll('td')].map((td) => td.textContent.trim()));
const months = () => [...document.querySelectorAll('tr[data-row]')].map((row) => [row.dataset.row, [...row.querySelectorAll('td')].map((td) => td.textContent.trim())]);
const paste = (selector, content) => {
  const field = document.querySelector(selector);
  field.value = content;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
};
const has = (selector) => document.querySelector(selector) !== null;
const pointed = () => document.activeElement.getAttribute('aria-label')?.replace(/\u2060/g, '');
const on = (selector) => document.activeElement.matches(selector);
const answered = (id) => !document.querySelector('[data-behind]') && document.querySelector(`[data-decision=${id}][aria-expanded=true]`) && document.querySelector('.reply[data-state=current] .sentence');
/** How far what is wider than its place sticks out, in px, once the pictures have been drawn for that. */
const over = async (selector) => {
  for (let i = 0; i < 3; i += 1) await new Promise((next) => requestAnimationFrame(next));
  const place = document.querySelector(selector);
  return place.scrollWidth - place.clientWidth;
};
/** Opens everything that is folded, and what unfolding brings. */
const unfold = async (within) => {
  for (let folded; (folded = document.querySelector(`${within} details:not([open]) > summary`)); await new Promise((next) => requestAnimationFrame(next))) folded.click();
};
/** Of each drawing how many shapes can be seen, and what in it is no number. */
const drawn = (within) =>
  [...document.querySelectorAll(`${within} .drawing svg, ${within} svg.bar`)].map((svg) => ({
    seen: [...svg.querySelectorAll('path, rect, circle, line')].filter((shape) => {
      const { width, height } = shape.getBoundingClientRect();
      return width + height > 0.5;
    }).length,
    broken: [...svg.querySelectorAll('*')].flatMap((shape) => [...shape.attributes]).filter((one) => /NaN|Infinity|undefined/.test(one.value)).map((one) => `${one.name}=${one.value}`),
  }));

async function isDrawn(page, within) {
  await page.until(settled);
  const drawings = await page.run(drawn, within);
  assert.ok(drawings.length > 0 && drawings.every(({ seen }) => seen > 0), `${within}: ${JSON.stringify(drawings)}`);
  assert.deepEqual(drawings.flatMap(({ broken }) => broken), [], within);
  assert.deepEqual(await page.run(textOutside, within), [], within);
}

async function tableMatches(page, scenario) {
  const plan = growth.run('plan', scenario);
  await page.until(settled);
  const shown = await page.run(months);
  assert.ok(shown.length > 3);
  for (const [id, cells] of shown) {
    const { unit } = columns.find((column) => column.id === id);
    assert.deepEqual(cells.slice(0, plan.months[id].length), plan.months[id].map((number) => cell(number, unit)), id);
  }
}

async function futuresMatch(page, scenario) {
  const answer = growth.run('simulate', uncertain(scenario));
  assertFan(await page.run(rows, '.fan-card .twin'), answer, growth.run('plan', scenario));
  assertChances(await page.run(texts, '.chance-card .figures b'), await page.run(rows, '.chance-card .twin'), answer);
}

async function axe(page, what, within = ':root') {
  if (!(await page.run(() => 'axe' in window))) await page.source(axeSource);
  noViolations(await page.run(runAxe, within), what);
}

/** Goes on with the Tab key to what is meant. */
async function tabTo(page, selector, key = 'Tab') {
  for (let i = 0; i < 60; i += 1) {
    await page.key(key);
    if (await page.run(on, selector)) return;
  }
  assert.fail(`${selector} is not reached from ${await page.run(() => document.activeElement.outerHTML.slice(0, 200))}`);
}

/** Nothing of the dialogs is left open. */
const shut = (page) => page.run(() => document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close()));

/** A page as somebody opens it. */
async function openPage(start, options) {
  const site = await start(options);
  try {
    const page = await site.open();
    await page.until(current, 'fan', 'drivers', 'alloc', 'pictures');
    return { site, page };
  } catch (fault) {
    await site.stop();
    throw fault;
  }
}

/** Workbooks by the engine that made them. */
const books = new Map();
const book = opening();

for (const { name, start, missing } of engines) {
  const absent = missing.length > 0 && process.env.ENGINES !== 'all';
  const skip = absent && `${missing.join(', ')} not installed`;
  describe(`in ${name}`, { skip }, () => {
    let site;
    let page;
    let folder;
    /** What was complained about and is known of. */
    let heard = 0;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'engines-'));
      ({ site, page } = await openPage(start, { width: 1280 }));
      // Nothing of it is left to come once the worker that keeps it is here.
      await page.until(() => navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated'));
    });
    after(async () => {
      await site?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    /** The page as on a first visit. It ends without a complaint. */
    async function visit(use) {
      await shut(page);
      if ((await page.run(() => document.documentElement.lang)) === 'en') await page.click('.language');
      for (const id of ['tea-room', 'apparel-store']) await page.choose('#preset', id);
      await page.run(() => document.querySelector('.door[aria-expanded=true]')?.click());
      await page.until(current, 'fan');
      await use();
      const loaded = await page.run(() => performance.getEntriesByType('resource').map((entry) => entry.name));
      assert.ok(loaded.every((url) => url.startsWith(site.address) || url.startsWith(`blob:${site.address}`)), `nothing from elsewhere: ${loaded}`);
      assert.deepEqual((await page.complaints()).slice(heard), []);
    }

    it('loads under a policy that refuses everything else, and says so when something is refused', async () => {
      await visit(async () => {
        const policy = await page.run(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]').content);
        assert.match(policy, /default-src 'none'/);
        assert.match(await page.run(text, 'h1'), /万/);
      });
      await page.run(() => {
        const script = document.createElement('script');
        script.textContent = 'window.escaped = true';
        document.body.append(script);
        console.error('heard');
      });
      assert.equal(await page.run(() => 'escaped' in window), false);
      // The ears that hear nothing elsewhere do hear.
      const said = async () => (await page.complaints()).slice(heard).join('\n');
      for (let i = 0; i < 100 && !(/heard/.test(await said()) && /script-src/.test(await said())); i += 1) await new Promise((next) => setTimeout(next, 50));
      assert.match(await said(), /heard/);
      assert.match(await said(), /script-src/);
      heard = (await page.complaints()).length;
    });

    it('presets and what is typed give the numbers of the module in node, in both languages, without a request', () =>
      visit(async () => {
        const before = site.asked.length;
        const first = await page.run(text, 'h1');
        await tableMatches(page, opening());
        await page.choose('#preset', 'tea-room');
        assert.notEqual(await page.run(text, 'h1'), first);
        const scenario = preset('tea-room');
        await tableMatches(page, scenario);
        await page.type(users, '1.2万');
        assert.equal(await page.run(value, users), '1.2万');
        const typed = { ...scenario, private: { ...scenario.private, users: 12000 } };
        await tableMatches(page, typed);
        const heading = await page.run(text, 'h1');
        await page.click('.language');
        assert.equal(await page.run(() => document.documentElement.lang), 'en');
        assert.doesNotMatch(await page.run(text, 'h1'), /[\u4e00-\u9fff]/);
        await page.click('.language');
        assert.equal(await page.run(() => document.documentElement.lang), 'zh-CN');
        assert.equal(await page.run(text, 'h1'), heading);
        await tableMatches(page, typed);
        assert.deepEqual(site.asked.slice(before), []);
      }));

    it('fan, histogram, tornado, shares and budget are drawn, those of the module in node, and follow the inputs', () =>
      visit(async () => {
        await futuresMatch(page, opening());
        await page.type(users, '2.5万');
        const scenario = opening((changed) => (changed.private.users = 25000));
        await page.until(current, 'fan', 'drivers', 'alloc');
        await futuresMatch(page, scenario);
        const sensitivity = growth.run('sensitivity', { ...uncertain(scenario), sensitivity: { metric: 'profit', methods: ['tornado', 'sobol'] } });
        assertTornado(await page.run(rows, '.drivers-card .twin'), sensitivity);
        await isDrawn(page, '#futures');
        await page.click('.drivers-card .tabs button:nth-child(2)');
        assertShares(await page.run(rows, '.drivers-card .twin'), sensitivity);
        await isDrawn(page, '.drivers-card');
        await page.click('.drivers-card .tabs button:nth-child(1)');
        const budget = growth.run('plan', scenario).scenario.channels.reduce((all, channel) => all + channel.monthly_spend, 0);
        const allocation = growth.run('allocate', { ...scenario, allocate: { budget, objective: 'profit' } });
        assertSplits(await page.run(cells, '.splits tbody tr:not(.picture)'), await page.run(texts, '.splits .outcome b'), allocation);
        const curve = allocation.curve.map((point) => [point.budget, point.objective].map(yuan));
        assert.ok(curve.length > 5);
        assert.deepEqual(await page.run(rows, '.alloc-card .twin'), curve);
        for (const [stop, said] of [['fan-0', /^第 2 个月.*居中.*照你填的数/], ['hist-0', /到.*%/], ['curve-0', new RegExp(`^${curve[1].join('：')}$`)]]) {
          await page.press(`[data-stop=${stop}]`, 'ArrowRight');
          assert.match(await page.run(pointed), said);
        }
      }));

    it('a goal is worked backwards', () =>
      visit(async () => {
        const before = site.asked.length;
        await page.click('.seek-door');
        await page.until(text, 'dialog.seek[open] .answer-box .figure');
        const answer = growth.run('seek', { ...uncertain(opening()), seek: { path: 'private.users', metric: 'gmv', target: 12e6 } });
        assert.equal(answer.status, 'found');
        const said = await page.run(text, '.answer-box .figure');
        assert.ok(said.startsWith(full(answer.value)), said);
        await page.click('.answer-box button');
        assert.equal(await page.run(has, 'dialog[open]'), false);
        const taken = Number((await page.run(value, users)).replace(/,/g, ''));
        assert.ok(Math.abs(taken / answer.value - 1) < 1e-5);
        assert.deepEqual(site.asked.slice(before), []);
      }));

    it('plans are kept and copied by keyboard, and stand beside each other with the numbers and differences of the module in node', () =>
      visit(async () => {
        const tool = (tool) => page.press(`#compare [data-tool=${tool}]`, 'Enter');
        await page.type(users, '1.2万');
        await page.press('#compare [data-plan=now]', 'Enter');
        await page.press('#plan-name', 'Enter');
        await page.press('#compare [data-plan=p1]', 'Enter');
        await tool('duplicate');
        assert.ok(await page.run(on, '[data-plan=p2]'));
        await page.type(returns, '25');
        const larger = opening((scenario) => (scenario.private.users = 12000));
        const expected = Object.entries({
          now: opening((scenario) => {
            scenario.private.users = 12000;
            scenario.orders.return_rate = 0.25;
          }),
          preset: opening(), p1: larger, p2: larger,
        }).map(([id, scenario]) => [id, growth.run('plan', scenario)]);
        const [, [, base]] = expected;
        await page.until(settled);
        for (const [id, plan] of expected) {
          for (const metric of ['gmv', 'settled_gmv', 'profit', 'cash_low']) {
            assertMoney(await page.run(text, `[data-metric=${metric}] [data-column=${id}]`), metric, plan, base, `${id} ${metric}`);
          }
        }
        assert.deepEqual(
          (await page.run(rows, '#compare .lines-drawing ~ .twin')).map((row) => row.slice(1)),
          base.months.month.map((_, i) => expected.map(([, plan]) => full(plan.months.cumulative_profit[i]))),
        );
        assert.deepEqual(await page.run(texts, '[data-input="private.users"] td'), expected.map(([, { scenario }]) => `${full(scenario.private.users)} 人`));
        await isDrawn(page, '#compare');
        await page.press('[data-stop=plans-0]', 'ArrowRight');
        assert.match(await page.run(pointed), /^第 2 个月：现在的数 −?¥/);
        for (const id of ['p2', 'p1']) {
          await page.press(`#compare [data-plan=${id}]`, 'Enter');
          await tool('remove');
        }
        assert.equal((await page.run(texts, '#compare .plan')).length, 2);
      }));

    it('the pictures of the plan are drawn, have the numbers of the module in node, and are read by keyboard', () =>
      visit(async () => {
        await page.until(current, 'pictures');
        const plan = growth.run('plan', opening());
        for (const [i, picture] of ['costs', 'viewers'].entries()) {
          await page.click(`#months .tabs button:nth-child(${2 - i})`);
          await page.until(settled);
          assert.deepEqual(await page.run(labels, '[data-stop^=months-]'), sourceLabels(plan, picture));
          await isDrawn(page, '#months');
        }
        const answer = growth.run('breakdown', opening());
        for (const tab of tabs) {
          await page.click(`[data-tab=${tab}]`);
          await page.until(has, `[data-picture=${tab}]`);
          const month = await page.run(() => document.querySelector('.stepper input')?.value - 1);
          assertTable(tab, await page.run(rows, '.pictures-card .twin:not(.how)'), answer, plan, month);
          if (tab !== 'cohorts') await isDrawn(page, '.pictures-card');
          const [, first, key, said] = points.find(([id]) => id === tab) ?? [];
          if (!first) continue;
          await page.press(first, key);
          assert.match(await page.run(pointed), said, tab);
        }
      }));

    it('each of the ten questions is opened by keyboard and answered, the next ¥1,000 as the module in node answers', () =>
      visit(async () => {
        const { decisions } = growth.run('decide', opening());
        for (const [id, { status, curve }] of Object.entries(decisions)) {
          await page.press(`[data-decision=${id}]`, 'Enter');
          await page.until(answered, id);
          const said = await page.run(text, '.reply .sentence');
          assert.ok(said.length > 8 && !/NaN|∞|undefined|\{/.test(said), `${id}: ${said}`);
          if (status === 'answered' && curve) {
            const told = (await page.run(rows, '.reply .line ~ .twin')).map((row) => row[1]);
            assert.deepEqual(told.slice(0, curve.points.length), curve.points.map(({ y }) => yuan(y)), id);
            await isDrawn(page, '.reply');
          }
          if (id === 'next_thousand') assert.ok(said.includes(yuan(decisions.next_thousand.uses[0].gain)), said);
        }
      }));

    it('a link with a plan is taken, as the module in node computes it', () =>
      visit(async () => {
        await page.run(() => void (location.hash = '#v1&p=tea-room&private.users=12000'));
        await page.until((path) => document.querySelector(path).value.replace(/,/g, '') === '12000', users);
        const scenario = preset('tea-room');
        await tableMatches(page, { ...scenario, private: { ...scenario.private, users: 12000 } });
        assert.equal(await page.run(() => location.hash), '');
      }));

    it('a plan is handed out as a file and comes back, changed elsewhere, by file and pasted; what the module refuses changes nothing', () =>
      visit(async () => {
        const told = (what) => page.until((wanted) => document.querySelector('#notice').textContent.includes(wanted), what);
        await page.type(users, '12345');
        await page.click('.share-door');
        await page.until(has, 'dialog.sharing[open] [data-share-download]');
        const { name, bytes } = await page.download('[data-share-download]');
        assert.match(name, /^商家增长测算_.+_\d{4}-\d\d-\d\d\.json$/);
        const scenario = JSON.parse(bytes);
        assert.deepEqual(growth.run('plan', scenario).months, growth.run('plan', opening((own) => (own.private.users = 12345))).months);
        scenario.costs.gross_margin = 0.61;
        const path = join(folder, 'plan.json');
        writeFileSync(path, `\uFEFF${JSON.stringify(scenario)}`);
        await page.give('[data-share-file]', path);
        await told('按文件里的数算');
        assert.equal(await page.run(has, 'dialog[open]'), false);
        assert.ok(await page.run(on, '#result'));
        await tableMatches(page, scenario);

        await page.click('.share-door');
        const own = { name: '三个渠道', channels: ['a', 'b', 'c'].map((id) => ({ id, monthly_spend: 1000, cost_per_viewer: 0.5, half_saturation: 9000, precision: 0.5 })) };
        await page.run(paste, '#share-paste', JSON.stringify(own));
        await page.click('[data-share-take]');
        await told('三个渠道');
        await tableMatches(page, own);
        // An answer about its channels is none about a plan that has fewer: the next visit ends in silence.
        await page.press('[data-decision=next_thousand]', 'Enter');
        await page.until(answered, 'next_thousand');

        const before = await page.run(text, 'h1');
        await page.click('.share-door');
        writeFileSync(path, '{"private": {"users": -1, "usres": 2}}');
        await page.give('[data-share-file]', path);
        assert.match(await page.until(text, '.sharing .problem'), /private\.users/);
        assert.match((await page.run(texts, '.sharing .problem')).join(' '), /private\.usres/);
        await shut(page);
        assert.equal(await page.run(text, 'h1'), before);
      }));

    it('months, futures and the workbook are downloaded with the numbers of the module in node', () =>
      visit(async () => {
        // The names of the sheets and of the rows are read in English.
        await page.click('.language');
        await page.click('.share-door');
        await page.until(has, '[data-export=fan]');
        const plan = growth.run('plan', book);
        assertMonths(parsed((await page.download('[data-export=months]')).bytes), plan);
        assertFutures(parsed((await page.download('[data-export=fan]')).bytes), growth.run('simulate', uncertain(book)));
        const made = await page.download('[data-export=excel]');
        assert.match(made.name, /_\d{4}-\d\d-\d\d\.xlsx$/);
        assert.ok(compare(made.bytes, plan, growth.run('formulas', book), name) > 1000);
        books.set(name, made.bytes);
      }));

    it('a poster with the link as a code is painted and downloaded, and a report is laid out when something is printed', () =>
      visit(async () => {
        await page.type(users, '1.2万');
        await page.click('.share-door');
        await page.until(has, '[data-export=poster]');
        await page.click('[data-export=poster]');
        await page.until(() => document.querySelector('img.poster')?.complete);
        await assertPoster(page.run, await page.run(value, '#share-query'));
        // The verdict is ink on paper, the margin is empty.
        const ink = await page.run(() => {
          const image = document.querySelector('img.poster');
          const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
          const pen = canvas.getContext('2d');
          pen.drawImage(image, 0, 0);
          return [[56, 100, 900, 150], [20, 20, 20, 1400]].map((place) => {
            const { data } = pen.getImageData(...place);
            return (4 * data.filter((value, i) => i % 4 === 0 && value < 60).length) / data.length;
          });
        });
        assert.ok(ink[0] > 0.05 && ink[1] === 0, String(ink));
        const { name, bytes } = await page.download('[data-export=poster-file]');
        assert.match(name, /\.png$/);
        assertPosterFile(bytes);
        await page.run(() => (window.print = () => dispatchEvent(new Event('beforeprint'))));
        await page.click('[data-export=print]');
        await page.until(() => document.querySelectorAll('.sheet').length === 2);
        assert.equal(await page.run(text, '.sheet h1'), await page.run(text, '#result h1'));
      }));

    it('by keyboard alone: a number, a slider, a step back, a fold, a question, points, a picture, a plan, a dialog and out of it', () =>
      visit(async () => {
        await page.run(() => document.querySelector('.language').focus());
        await tabTo(page, '.skip', 'Shift+Tab');
        await page.key('Enter');
        assert.ok(await page.run(on, '#result'));
        await tabTo(page, '[data-stop^=months-]');
        for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.key(key);
        const plan = growth.run('plan', opening());
        assert.equal(await page.run(pointed), sourceLabels(plan, 'viewers')[2]);

        await tabTo(page, '#plan-name');
        await page.key('Control+A');
        await page.write('jia');
        await page.key('Enter');
        assert.ok(await page.run(on, '[data-plan=now]'));
        assert.match(await page.run(text, '#compare [data-plan^=p]:not([data-plan=preset])'), /^jia /);

        await tabTo(page, users);
        await page.key('Control+A');
        await page.write('12000');
        await tabTo(page, '.field input[type=range]');
        await page.key('ArrowRight');
        const slid = Number((await page.run(value, users)).replace(/,/g, ''));
        assert.ok(slid > 12000, String(slid));
        await tableMatches(page, opening((scenario) => (scenario.private.users = slid)));
        // How much of what is typed in one go is one step depends on how fast it was.
        await page.key('Control+z');
        const left = Number((await page.run(value, users)).replace(/,/g, ''));
        assert.notEqual(left, slid);
        const before = opening((scenario) => (scenario.private.users = left));
        await tableMatches(page, before);
        // A choice that was taken back is made again.
        await tabTo(page, '#preset', 'Shift+Tab');
        for (const key of ['ArrowDown', 'Control+z', 'ArrowDown']) await page.key(key);
        assert.notEqual(await page.run(value, '#preset'), 'apparel-store');
        await tableMatches(page, preset(await page.run(value, '#preset')));
        await page.key('Control+z');
        await tableMatches(page, before);
        await tabTo(page, '.group > summary');
        await page.key('Enter');
        await page.until(has, '.group[open] .field');
        await tabTo(page, '.group[open] .field input');
        await page.run(() => document.querySelector('.group[open]').open = false);

        await page.run(() => document.querySelector('.group:last-of-type > summary').focus());
        await tabTo(page, '[data-decision=private_users]');
        await page.key('Enter');
        await page.until(answered, 'private_users');
        await tabTo(page, '[data-stop^=decision-]');
        await page.key('End');
        const { curve } = growth.run('decide', before).decisions.private_users;
        assert.equal(await page.run(pointed), `私域用户 ${compact(curve.points.at(-1).x)}：每月成交 ${yuan(curve.points.at(-1).y)}`);

        await tabTo(page, '.seek-door');
        await page.key('Enter');
        await page.until(text, 'dialog.seek[open] .answer-box .figure');
        // Behind the last control the keys are the browser's.
        for (let i = 0; i < 3; i += 1) {
          await page.key('Tab');
          assert.ok(await page.run(() => document.activeElement.closest('dialog[open]')), 'what is behind is not reached');
        }
        await page.key('Escape');
        await page.until(() => !document.querySelector('dialog[open]'));
        assert.ok(await page.run(on, '.seek-door'));

        await page.until(current, 'fan', 'drivers', 'alloc', 'pictures');
        await tabTo(page, '[data-stop^=fan-]');
        await page.key('End');
        assert.match(await page.run(pointed), /^第 12 个月.*居中/);
        for (const first of ['[data-stop^=hist-]', '[data-stop^=curve-]', '[data-tab=bridge]']) await tabTo(page, first);
        await page.key('Enter');
        await page.until(has, '[data-picture=bridge]');
        await tabTo(page, '[data-stop^=bridge-]');
        for (const key of ['Home', 'ArrowRight']) await page.key(key);
        assert.match(await page.run(pointed), points.find(([tab]) => tab === 'bridge')[3]);

        await page.press('#compare [data-plan^=p]:not([data-plan=preset])', 'Enter');
        await page.press('#compare [data-tool=remove]', 'Enter');
        assert.equal((await page.run(texts, '#compare .plan')).length, 2);
      }));

    it('a file of orders is read, goes into the plan and says where it came from', () =>
      visit(async () => {
        const before = site.asked.length;
        await page.click('.records-door');
        await page.until(has, 'dialog.records[open] .kinds');
        await page.give('[data-records-file]', orders);
        await page.until(text, '[data-records-verdict]');
        const given = readFileSync(orders, 'utf8').replace(/^\uFEFF/, '').trimEnd().split('\r\n').map((line) => line.split(','));
        const answer = records.run('fit_orders', {}, undefined, tableOf(given));
        const said = await page.run(text, '[data-records-verdict]');
        assert.ok(said.includes(`${full(answer.customers)} 位客户的 ${full(answer.orders)} 单`), said);
        await page.click('[data-records-apply]');
        await page.click('.apply .primary');
        assert.equal(await page.run(has, 'dialog[open]'), false);
        const shown = Number((await page.run(value, aov)).replace(/,/g, ''));
        assert.equal(shown, Number(answer.scenario.orders.average_order_value.toPrecision(6)));
        await page.run(() => void ([...document.querySelectorAll('.group')].find((group) => group.querySelector('summary').textContent.includes('复购')).open = true));
        for (const path of ['orders.average_order_value', 'repurchase.private_rate']) {
          assert.match(await page.until(text, `.field:has([data-path="${path}"]) .chip.orders`), /来自订单/);
        }
        assert.deepEqual(site.asked.slice(before).filter((url) => !/^\/assets\/[\w.-]+\.(?:js|css|wasm)$/.test(url)), [], 'parts of the page are fetched, nothing else');
      }));

    it('with double text nothing is too wide, and axe finds nothing in either language', () =>
      visit(async () => {
        await page.until(current, 'fan', 'drivers', 'alloc');
        await axe(page, 'zh');
        await page.click('.language');
        await axe(page, 'en');
        await page.run(() => void (document.documentElement.style.fontSize = '200%'));
        assert.ok((await page.run(over, ':root')) <= 0);
        await page.run(() => void (document.documentElement.style.fontSize = ''));
        await page.click('.language');
      }));

    it('opens and computes without a network', async () => {
      site.goAway();
      await page.openAgain();
      await page.until(current, 'fan', 'drivers', 'alloc');
      await page.choose('#preset', 'tea-room');
      await tableMatches(page, preset('tea-room'));
      await page.until(current, 'fan');
      await futuresMatch(page, preset('tea-room'));
    });
  });

  describe(`in ${name}, 320 px wide and in the dark`, { skip }, () => {
    let site;
    let page;
    before(async () => ({ site, page } = await openPage(start, { dark: true, width: 320 })));
    after(() => site?.stop());

    const dialogs = [
      ['.seek-door', 'dialog.seek[open] .answer-box .figure'],
      ['.share-door', 'dialog.sharing[open] [data-export=poster]'],
      ['.guide-door', 'dialog.guide[open] #guide-step'],
      ['.records-door', 'dialog.records[open] .kinds'],
    ];
    const fits = async (what, place = ':root') => {
      const px = await page.run(over, place);
      assert.ok(px <= 0, `${what}: ${px} px too wide`);
      assert.deepEqual(await page.run(notGrown, place), [], `${what}: stays small`);
    };
    /** Every picture, every answer and every dialog. */
    const allFits = async (size) => {
      await fits(`the page ${size}`);
      for (const tab of tabs) {
        await page.click(`[data-tab=${tab}]`);
        await page.until(has, `[data-picture=${tab}]`);
        await fits(`${tab} ${size}`);
        if (tab !== 'cohorts') await isDrawn(page, '.pictures-card');
      }
      for (const id of await page.run(() => [...document.querySelectorAll('.door')].map((door) => door.dataset.decision))) {
        await page.press(`[data-decision=${id}]`, 'Enter');
        await page.until(answered, id);
        await fits(`${id} ${size}`);
        assert.deepEqual(await page.run(textOutside, '.reply'), [], `${id} ${size}`);
      }
      for (const [door, inside] of dialogs) {
        await page.click(door);
        await page.until(text, inside);
        await fits(`${inside} ${size}`, 'dialog[open]');
        await shut(page);
      }
    };

    it('nothing is too wide with everything unfolded, nor at 390 px with double text, and all text is then double', async () => {
      assert.equal(await page.run(() => innerWidth), 320);
      await page.type(users, '1.2万');
      await page.until(current, 'fan', 'drivers', 'alloc', 'pictures');
      await page.run(unfold, 'main');
      await page.until(has, '#compare .lines-drawing path');
      for (const place of ['#months', '#compare', '#futures']) await isDrawn(page, place);
      await allFits('at 320 px');
      await page.resize(390);
      await page.run(() => void (document.documentElement.style.fontSize = '200%'));
      await allFits('at 390 px with double text');
      await page.run(() => void (document.documentElement.style.fontSize = ''));
      await page.resize(320);
      assert.deepEqual(await page.complaints(), []);
    });

    it('it is dark, and axe finds nothing: in Chinese with everything unfolded, in English in the dialogs', async () => {
      assert.deepEqual(await page.run(() => [matchMedia('(prefers-color-scheme: dark)').matches, getComputedStyle(document.body).backgroundColor]), [true, 'rgb(22, 22, 19)']);
      await page.run(unfold, 'main');
      await axe(page, 'zh');
      await page.click('.language');
      await page.until(settled);
      for (const tab of tabs) {
        await page.click(`[data-tab=${tab}]`);
        await page.until(has, `[data-picture=${tab}]`);
        await axe(page, `en, ${tab}`, '.pictures-card');
      }
      for (const [door, inside] of dialogs) {
        await page.click(door);
        await page.until(text, inside);
        await axe(page, `en, ${inside}`, 'dialog[open]');
        await shut(page);
      }
      assert.deepEqual(await page.complaints(), []);
    });
  });
}

test('a spreadsheet program comes to the same numbers from the workbooks that the engines made', () => {
  const [plan, formulas] = [growth.run('plan', book), growth.run('formulas', book)];
  const names = [...books.keys()];
  if (names.length > 0) recalculated([...books.values()]).forEach((answer, i) => compare(answer, plan, formulas, `${names[i]}, recalculated`));
});
