// The built page in Firefox and WebKit: it loads under its policy, computes what the module computes in node,
// runs its workers, reads records, opens without a network, and axe is content. One engine after the other,
// each started once, and all its tests use one page. Engines that are not installed are left out, unless
// ENGINES=all says that they have to be there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { createGrowth, tableOf } from '../../build/wasm/wasm/dist/growth.js';
import { axeSource, noViolations, runAxe } from '../support/browser.mjs';
import { engines } from '../support/engines.mjs';
import { cell, full, yuan } from '../support/shown.mjs';

const growth = await createGrowth({ full: true });
const records = await createGrowth({ records: true });

const { columns } = JSON.parse(readFileSync(new URL('../../wasm/catalogue.json', import.meta.url), 'utf8')).quantities;
const preset = (id) => growth.run('presets', { id }).scenario;
/** With the ranges it carries, as the page asks for it. */
const uncertain = (scenario) => ({ ...scenario, uncertainty: { ...scenario.uncertainty, trials: 8192 } });

// What stands in the page. These run there.
const text = (selector) => document.querySelector(selector)?.textContent.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
const value = (selector) => document.querySelector(selector).value;
const current = (...cards) => !document.querySelector('#preset').disabled && document.querySelector('#lower [data-row]') && cards.every((name) => document.querySelector(`.${name}-card[data-state=current]`));
const months = () => [...document.querySelectorAll('tr[data-row]')].map((row) => [row.dataset.row, [...row.querySelectorAll('td')].map((td) => td.textContent.trim())]);
const twin = (card) => [...document.querySelectorAll(`${card} .twin tbody tr`)].map((row) => [...row.children].map((td) => td.textContent.replace(/\u2060/g, '').trim()));

async function tableMatches(page, scenario) {
  const plan = growth.run('plan', scenario);
  const rows = await page.run(months);
  assert.ok(rows.length > 3);
  for (const [id, cells] of rows) {
    const { unit } = columns.find((column) => column.id === id);
    assert.deepEqual(cells.slice(0, plan.months[id].length), plan.months[id].map((number) => cell(number, unit)), id);
  }
}

async function fanMatches(page, scenario) {
  const { months } = growth.run('simulate', uncertain(scenario));
  const plan = growth.run('plan', scenario).months.cumulative_profit;
  const fan = months.cumulative_profit;
  assert.deepEqual(
    (await page.run(twin, '.fan-card')).map((row) => row.slice(1)),
    plan.map((sure, i) => [...['p5', 'p25', 'p50', 'p75', 'p95', 'mean'].map((q) => full(fan[q][i])), full(sure)]),
  );
}

async function axe(page, what, within = ':root') {
  if (!(await page.run(() => 'axe' in window))) await page.source(axeSource);
  noViolations(await page.run(runAxe, within), what);
}

const aov = '[data-path="orders.average_order_value"]';

for (const { name, start, missing } of engines) {
  const absent = missing.length > 0 && process.env.ENGINES !== 'all';
  describe(`in ${name}`, { skip: absent && `${missing.join(', ')} not installed` }, () => {
    let site;
    let page;
    /** What was complained about and is known of. */
    let heard = 0;
    before(async () => {
      site = await start();
      page = await site.open();
      await page.until(current, 'fan', 'drivers', 'alloc');
      // Nothing of it is left to come once the worker that keeps it is here.
      await page.until(() => navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated'));
    });
    after(() => site?.stop());

    /** The page as on a first visit. It ends without a complaint. */
    async function visit(use) {
      await page.run(() => document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close()));
      if ((await page.run(() => document.documentElement.lang)) === 'en') await page.click('.language');
      for (const id of ['tea-room', 'apparel-store']) await page.choose('#preset', id);
      await page.until(current, 'fan', 'drivers', 'alloc');
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
        await tableMatches(page, preset('apparel-store'));
        await page.choose('#preset', 'tea-room');
        assert.notEqual(await page.run(text, 'h1'), first);
        const scenario = preset('tea-room');
        await tableMatches(page, scenario);
        await page.type('[data-path="private.users"]', '1.2万');
        assert.equal(await page.run(value, '[data-path="private.users"]'), '1.2万');
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
        await page.until(current, 'fan', 'drivers');
        assert.deepEqual(site.asked.slice(before), []);
      }));

    it('the fan of the worker is that of the module in node, and follows the inputs', () =>
      visit(async () => {
        const scenario = preset('apparel-store');
        await fanMatches(page, scenario);
        await page.type('[data-path="private.users"]', '2.5万');
        await page.until(current, 'fan', 'drivers');
        await fanMatches(page, { ...scenario, private: { ...scenario.private, users: 25000 } });
      }));

    it('a goal is worked backwards', () =>
      visit(async () => {
        const before = site.asked.length;
        await page.click('.seek-door');
        await page.until(text, 'dialog.seek[open] .answer-box .figure');
        await axe(page, 'zh, goal', 'dialog[open]');
        const answer = growth.run('seek', { ...uncertain(preset('apparel-store')), seek: { path: 'private.users', metric: 'gmv', target: 12e6 } });
        assert.equal(answer.status, 'found');
        const said = await page.run(text, '.answer-box .figure');
        assert.ok(said.startsWith(full(answer.value)), said);
        await page.click('.answer-box button');
        assert.equal(await page.run(() => document.querySelectorAll('dialog[open]').length), 0);
        const taken = Number((await page.run(value, '[data-path="private.users"]')).replace(/,/g, ''));
        assert.ok(Math.abs(taken / answer.value - 1) < 1e-5);
        assert.deepEqual(site.asked.slice(before), []);
      }));

    it('plans beside each other have the numbers of the module in node, and one is kept by keyboard', () =>
      visit(async () => {
        await page.until(text, '#compare .plan');
        await page.type('[data-path="private.users"]', '1.2万');
        await page.press('#compare [data-plan=now]', 'Enter');
        await page.press('#plan-name', 'Enter');
        await page.until(text, '#compare [data-plan=p1]');
        const base = preset('apparel-store');
        const gmv = (scenario) => yuan(growth.run('plan', scenario).summary.gmv);
        for (const [column, scenario] of [['preset', base], ['p1', { ...base, private: { ...base.private, users: 12000 } }]]) {
          const said = await page.run(text, `[data-metric=gmv] [data-column=${column}]`);
          assert.ok(said.startsWith(gmv(scenario)), said);
        }
      }));

    it('a picture has the numbers of the module in node, and its points are read by keyboard', () =>
      visit(async () => {
        await page.until(text, '.pictures-card[data-state=current]');
        await page.click('[data-tab=bridge]');
        await page.until(text, '[data-picture=bridge]');
        const { bridge } = growth.run('breakdown', preset('apparel-store'));
        assert.deepEqual(await page.run(twin, '.pictures-card'), bridge.map(({ label, value, running }) => [label.zh, full(value), full(running)]));
        await page.press('[data-stop=bridge-0]', 'ArrowRight');
        assert.match(await page.run(() => document.activeElement.getAttribute('aria-label')), /^退货 −¥.*还剩/);
      }));

    it('each of the ten questions is opened by keyboard and answered, the next ¥1,000 as the module in node answers', () =>
      visit(async () => {
        await page.until(text, '[data-decision=next_thousand]');
        const { decisions } = growth.run('decide', preset('apparel-store'));
        for (const [id, { status, curve }] of Object.entries(decisions)) {
          await page.press(`[data-decision=${id}]`, 'Enter');
          await page.until((wanted) => document.querySelector(`[data-decision=${wanted}][aria-expanded=true]`) && document.querySelector('.reply[data-state=current] .sentence'), id);
          const said = await page.run(text, '.reply .sentence');
          assert.ok(said.length > 8 && !/NaN|∞|undefined|\{/.test(said), `${id}: ${said}`);
          if (status === 'answered' && curve) assert.equal((await page.run(twin, '.reply')).slice(0, curve.points.length).length, curve.points.length, id);
          if (id === 'next_thousand') assert.ok(said.includes(yuan(decisions.next_thousand.uses[0].gain)), said);
        }
      }));

    it('a link with a plan is taken, as the module in node computes it', () =>
      visit(async () => {
        await page.run(() => void (location.hash = '#v1&p=tea-room&private.users=12000'));
        await page.until((path) => document.querySelector(path).value.replace(/,/g, '') === '12000', '[data-path="private.users"]');
        const scenario = preset('tea-room');
        await tableMatches(page, { ...scenario, private: { ...scenario.private, users: 12000 } });
        assert.equal(await page.run(() => location.hash), '');
      }));

    it('the months and the workbook are handed out as files', () =>
      visit(async () => {
        await page.run(() => {
          window.handed = [];
          const { createObjectURL } = URL;
          URL.createObjectURL = (content) => {
            content.arrayBuffer().then((bytes) => window.handed.push([...new Uint8Array(bytes.slice(0, 4)), bytes.byteLength]));
            return createObjectURL.call(URL, content);
          };
          HTMLAnchorElement.prototype.click = () => {};
        });
        await page.click('.share-door');
        for (const [kind, start] of [['months', [0xef, 0xbb, 0xbf]], ['excel', [0x50, 0x4b, 3, 4]]]) {
          await page.until(text, `[data-export=${kind}]`);
          await page.run(() => void (window.handed.length = 0));
          await page.click(`[data-export=${kind}]`);
          const [file] = await page.until(() => window.handed.length > 0 && window.handed);
          assert.deepEqual(file.slice(0, start.length), start, kind);
          assert.ok(file.at(-1) > 4000, kind);
        }
      }));

    it('with double text nothing is too wide', () =>
      visit(async () => {
        await page.run(() => void (document.documentElement.style.fontSize = '200%'));
        const over = await page.run(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await page.run(() => void (document.documentElement.style.fontSize = ''));
        assert.ok(over <= 0, `${over} px`);
      }));

    it('a poster is painted under the policy, and a report is laid out when something is printed', () =>
      visit(async () => {
        await page.click('.share-door');
        await page.until(text, '[data-export=poster]');
        await page.click('[data-export=poster]');
        await page.until(() => document.querySelector('img.poster')?.complete);
        // The code is black and white, the verdict is ink on paper.
        const [wide, high, dark] = await page.run(() => {
          const image = document.querySelector('img.poster');
          const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
          const pen = canvas.getContext('2d');
          pen.drawImage(image, 0, 0);
          const share = (x, y, width, height) => {
            const { data } = pen.getImageData(x, y, width, height);
            return data.filter((value, i) => i % 4 === 0 && value < 60).length / (width * height);
          };
          return [canvas.width, canvas.height, [share(760, 1080, 220, 220), share(56, 100, 900, 150), share(20, 20, 20, 1400)]];
        });
        assert.deepEqual([wide, high], [1080, 1440]);
        assert.ok(dark[0] > 0.3 && dark[0] < 0.7 && dark[1] > 0.05 && dark[2] === 0, String(dark));
        await page.run(() => (window.print = () => dispatchEvent(new Event('beforeprint'))));
        await page.click('[data-export=print]');
        await page.until(() => document.querySelectorAll('.sheet').length === 2);
        assert.equal(await page.run(text, '.sheet h1'), await page.run(text, '#result h1'));
      }));

    it('the sample of orders is read, goes into the plan and says where it came from', () =>
      visit(async () => {
        const before = site.asked.length;
        await page.click('.records-door');
        await page.until(text, 'dialog.records[open] .kinds');
        await page.click('.drop .plain');
        await page.until(text, '[data-records-verdict]');
        await axe(page, 'zh, records', 'dialog[open]');
        const sample = readFileSync(new URL('../../web/src/generated/samples/orders.csv', import.meta.url), 'utf8').replace(/^\uFEFF/, '');
        const rows = sample.trimEnd().split('\r\n').map((line) => line.split(','));
        const answer = records.run('fit_orders', {}, undefined, tableOf(rows));
        const said = await page.run(text, '[data-records-verdict]');
        assert.ok(said.includes(`${full(answer.customers)} 位客户的 ${full(answer.orders)} 单`), said);
        await page.click('[data-records-apply]');
        await page.click('.apply .primary');
        assert.equal(await page.run(() => document.querySelectorAll('dialog[open]').length), 0);
        const shown = Number((await page.run(value, aov)).replace(/,/g, ''));
        assert.equal(shown, Number(answer.scenario.orders.average_order_value.toPrecision(6)));
        await page.run(() => void ([...document.querySelectorAll('.group')].find((group) => group.querySelector('summary').textContent.includes('复购')).open = true));
        for (const path of ['orders.average_order_value', 'repurchase.private_rate']) {
          assert.match(await page.until(text, `.field:has([data-path="${path}"]) .chip.orders`), /来自订单/);
        }
        const later = site.asked.slice(before).filter((url) => !/^\/assets\/[\w.-]+\.(?:js|css|wasm)$/.test(url));
        assert.match(later.join(' '), /^\/assets\/orders-[\w-]+\.csv$/, 'parts of the page and the sample are fetched, nothing else');
      }));

    it('axe finds nothing, in both languages, with the dialogs open in the other one', () =>
      visit(async () => {
        await axe(page, 'zh');
        await page.click('.language');
        await axe(page, 'en');
        await page.click('.seek-door');
        await page.until(text, 'dialog.seek[open] .answer-box .figure');
        await axe(page, 'en, goal', 'dialog[open]');
        await page.run(() => document.querySelector('dialog[open]').close());
        await page.click('.records-door');
        await page.until(text, 'dialog.records[open] [data-records-verdict]');
        await axe(page, 'en, records', 'dialog[open]');
      }));

    it('opens and computes without a network', async () => {
      site.goAway();
      await page.openAgain();
      await page.until(current, 'fan', 'drivers', 'alloc');
      await page.choose('#preset', 'tea-room');
      await tableMatches(page, preset('tea-room'));
      await page.until(current, 'fan');
      await fanMatches(page, preset('tea-room'));
    });
  });
}
