// The built page in Chromium: numbers equal the command line's, nothing leaves the page, axe is content.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { allGrows, axe, enlarge, growthcalc, ready, settled, sighted, start, unfold } from '../support/browser.mjs';
import { cell, percent as toPercent } from '../support/shown.mjs';

const singleFile = new URL('../../build/single/growth-calculator.html', import.meta.url).href;
const program = process.env.GROWTHCALC ?? new URL('../../build/native/growthcalc', import.meta.url).pathname;

let site;
let address;
const open = (...options) => site.open(...options);

before(async () => {
  site = await start();
  ({ address } = site);
});
after(() => site?.stop());

const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', svg: 'image/svg+xml', png: 'image/png', webmanifest: 'application/manifest+json' };
const typeOf = (name) => types[name.split('.').at(-1)] ?? 'text/plain';
/** A host of its own, which answers by the name of a file. */
async function hosted(answer) {
  const host = createServer((request, response) => answer(request.url === '/' ? 'index.html' : request.url.slice(1), response));
  await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${host.address().port}/`, close: () => host.close() };
}

const plan = (scenario) => growthcalc('plan', scenario);
const preset = (id) => growthcalc('presets', id).scenario;

const columns = JSON.parse(readFileSync(new URL('../../wasm/catalogue.json', import.meta.url), 'utf8')).quantities.columns;

async function tableMatches(page, expected) {
  await settled(page);
  const rows = await page.$$eval('tr[data-row]', (all) => all.map((row) => [row.dataset.row, [...row.querySelectorAll('td')].map((td) => td.textContent.trim())]));
  assert.equal(rows.length, columns.length);
  for (const [id, cells] of rows) {
    const { unit } = columns.find((c) => c.id === id);
    assert.deepEqual(cells.slice(0, expected.months[id].length), expected.months[id].map((v) => cell(v, unit)), id);
  }
}

const text = async (page, selector) => (await page.textContent(selector)).replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
const percent = (value, digits = 0) => toPercent(value, digits);
const yuan = (value) => `${value < 0 ? '−' : ''}¥${Math.abs(value) < 1e4 ? new Intl.NumberFormat('zh-CN', { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2 }).format(Math.abs(value)) : `${Math.round(Math.abs(value) / 1000) / 10}万`}`;

/** The sentence under the verdict, of a scenario with its ranges. */
function hangs(scenario) {
  const { sobol } = growthcalc('sensitivity', { ...scenario, sensitivity: { metric: 'profit', methods: ['tornado', 'sobol'] } });
  const first = sobol.find(({ path }) => !path.startsWith('uncertainty.'));
  const { value, current } = growthcalc('seek', { ...scenario, seek: { path: first.path, metric: 'profit', target: 0 } });
  return { share: percent(first.total), value, current: current.value };
}

test('the default result stands in the HTML before any script runs', async () => {
  const { page, close } = await open({ javaScriptEnabled: false });
  const scenario = preset('apparel-store');
  const { summary } = plan(scenario);
  const heading = await page.textContent('h1');
  assert.ok(heading.includes(yuan(summary.gmv)), heading);
  assert.ok(heading.includes(yuan(summary.profit)), heading);
  assert.ok(await page.$('svg.months rect'));
  const { share, value } = hangs(scenario);
  const says = await text(page, '.sub');
  assert.ok(says.includes(`结果差异约 ${share} 来自它，低于 ${Math.round(value * 100) / 100} 就不赚钱`), says);
  assert.ok((await text(page, '.card >> nth=1')).includes(percent(growthcalc('simulate', scenario).probability.profit_positive)));
  assert.equal(await page.$eval('#preset', (select) => select.selectedOptions[0].textContent.trim()), '服饰店播');
  // And in English, at its own address, down to what a search engine shows.
  await page.goto(`${address}index.en.html`);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.equal(await page.title(), 'Merchant growth calculator');
  assert.ok((await page.textContent('h1')).includes(`¥${(summary.gmv / 1e6).toFixed(1)}M`), await page.textContent('h1'));
  assert.match(await text(page, '.sub'), new RegExp(`about ${share} .*below ${Math.round(value * 100) / 100}`));
  const chinese = await page.$$eval('body *, meta[name=description]', (all) =>
    all.filter((one) => !one.closest('.language')).map((one) => one.content ?? [...one.childNodes].map((node) => (node.nodeType === 3 ? node.data : '')).join('')).filter((words) => /\p{Script=Han}/u.test(words)),
  );
  assert.deepEqual(chinese, []);
  await close();
});

test('the page is taken over as it came: what is painted first is not drawn again', async () => {
  for (const [name, url] of [['page', address], ['English page', `${address}index.en.html`], ['single file', singleFile]]) {
    const { page, close } = await open({}, 'about:blank');
    await page.addInitScript(() => {
      const watch = new MutationObserver(() => {
        const parts = ['h1', '.cards', '#inputs', '#preset', '.dock'].map((part) => document.querySelector(part));
        if (!parts.every(Boolean)) return;
        window.came = parts;
        watch.disconnect();
      });
      watch.observe(document, { childList: true, subtree: true });
    });
    await page.goto(url);
    await page.waitForFunction(() => !document.querySelector('#preset').disabled);
    assert.deepEqual(await page.evaluate(() => window.came.map((part) => part.isConnected)), Array(5).fill(true), name);
    await close();
  }
});

test('each language has an address: whoever chose one is led there, and what is shared is in it', async () => {
  const { page, seen, close } = await open();
  const opened = async (url) => {
    await page.goto('about:blank');
    await page.goto(url);
    await ready(page);
    return page.evaluate(() => [document.documentElement.lang, location.pathname + location.search + location.hash, document.querySelector('#preset').value]);
  };
  const shared = async () => {
    await page.click('.share-door');
    // What a closed dialog holds is of before.
    const link = await page.inputValue('dialog.sharing[open] #share-hash');
    await page.keyboard.press('Escape');
    return link;
  };
  const english = `${address}index.en.html`;
  // Nothing was chosen: the address says it.
  assert.deepEqual(await opened(english), ['en', '/index.en.html', 'apparel-store']);
  assert.deepEqual(await opened(address), ['zh-CN', '/', 'apparel-store']);
  assert.ok((await shared()).startsWith(`${address}#`));
  await page.click('.language');
  await settled(page);
  assert.ok((await shared()).startsWith(`${english}#`));
  assert.deepEqual(await opened(`${address}#v1&p=tea-room`), ['en', '/index.en.html', 'tea-room']);
  await page.click('.language');
  assert.deepEqual(await opened(`${english}?z=v1~p=tea-room`), ['zh-CN', '/', 'tea-room']);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('workers are started when somebody is at the page, and not before', async () => {
  // On a desk the futures are near sight from the start, and somebody counts as being there.
  const { page, seen, close } = await open({ viewport: { width: 390, height: 844 } }, 'about:blank');
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector('#lower [data-row]') && document.querySelector('.pictures-card') && !document.querySelector('[data-behind]'));
  assert.equal(page.workers().length, 0);
  assert.equal(await page.$('.fan-card'), null);
  assert.ok(!seen.requests.some((url) => url.includes('growth-full')));
  await page.keyboard.press('Shift');
  await page.waitForSelector('.fan-card[data-state=current]');
  assert.ok(page.workers().length > 0);
  await close();
});

test('the first screen follows the inputs: five figures, what it hangs on, never those of other inputs', async () => {
  const { page, seen, close } = await open();
  await ready(page);
  const scenario = preset('apparel-store');
  const before = await text(page, '.sub');
  assert.match(before, /最该盯的是/);
  // At once after a change, what takes longer is not known any more.
  const now = await page.evaluate(() => {
    const input = document.querySelector('[data-path="private.users"]');
    input.value = '5000';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return { sub: document.querySelector('.sub').textContent, cards: [...document.querySelectorAll('.card')].map((card) => card.textContent) };
  });
  scenario.private.users = 5000;
  const { summary, unit_economics: units, diagnosis } = plan(scenario);
  assert.match(now.sub, /每结算 ¥100/);
  assert.match(now.cards[1], summary.payback_month === null ? /回不了/ : /第 \d+ 个月/);
  assert.equal(now.cards.length, 5);
  assert.ok(now.cards[0].includes(yuan(summary.profit / 12)) && /▼\s+比基准少/.test(now.cards[0]), now.cards[0]);
  assert.ok(now.cards[2].includes(new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 }).format(diagnosis.viewers_2h)), now.cards[2]);
  assert.ok(now.cards[3].includes(percent(summary.public_share, 1)), now.cards[3]);
  assert.ok(now.cards[4].includes(yuan(units.max_cost_per_viewer)), now.cards[4]);
  await page.waitForFunction(() => /最该盯的是/.test(document.querySelector('.sub').textContent));
  const { share, value, current } = hangs(scenario);
  const says = await text(page, '.sub');
  assert.ok(says.includes(`约 ${share} 来自它，${summary.profit < 0 ? (value > current ? '做到' : '降到') : value < current ? '低于' : '超过'} ${Math.round(value * 100) / 100} `), `${says} ${value}`);
  assert.equal(await text(page, '.card >> nth=1 >> b'), percent(growthcalc('simulate', scenario).probability.profit_positive));
  // Back at the preset, its own sentence; with a range of the merchant's own, not for a moment longer.
  await page.click('text=全部还原');
  await page.waitForFunction((first) => document.querySelector('.sub').textContent.replace(/\s+/g, ' ').trim() === first, before);
  // With both in sight: an answer that is not, is hidden until the hand rests.
  await page.setViewportSize({ width: 1280, height: 6000 });
  await unfold(page, '直播间与推流');
  await page.click('.field:has([data-path="quality.benchmark_reproduction"]) .chip.spread');
  const meanwhile = await page.evaluate(() => {
    [...document.querySelectorAll('.range button')].find((button) => /当准数算/.test(button.textContent)).click();
    return document.querySelector('.sub').textContent;
  });
  assert.match(meanwhile, /每结算 ¥100/);
  await page.waitForFunction(() => /最该盯的是公域转化率/.test(document.querySelector('.sub').textContent));
  const certain = preset('apparel-store');
  delete certain.uncertainty.inputs['quality.benchmark_reproduction'];
  const other = hangs(certain);
  const last = await text(page, '.sub');
  assert.ok(last.includes(`约 ${other.share} 来自它，低于 ${percent(other.value, 3)} `), `${last} ${other.share} ${other.value}`);
  assert.deepEqual(seen.complaints, []);
  await close();
});

const groupOf = (prefix) => JSON.parse(readFileSync(new URL('../../wasm/catalogue.json', import.meta.url), 'utf8')).fields.filter(({ path }) => path.startsWith(prefix)).length;

test('what is far from sight is not seen while it is behind the inputs, and catches up when the hand rests', async () => {
  const { page, close } = await open();
  await ready(page);
  const profit = () => text(page, 'tr[data-row="profit"] td:last-child');
  const before = await profit();
  const { far, root, resized } = await page.evaluate(async () => {
    let root = 0;
    const heights = new Map([...document.querySelectorAll('.turn')].map((part) => [part, part.offsetHeight]));
    // An attribute of the root that is set again makes a browser style every element of the page.
    const watch = new MutationObserver((changes) => (root += changes.length));
    watch.observe(document.documentElement, { attributes: true });
    const slider = document.querySelector('[data-path="private.users"]').closest('.field').querySelector('[type=range]');
    for (const position of ['60', '61', '62']) {
      slider.value = position;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((next) => requestAnimationFrame(next));
    }
    const cell = document.querySelector('tr[data-row="profit"] td:last-child');
    const resized = [...document.querySelectorAll('[data-behind]')].map((part) => part.offsetHeight - heights.get(part));
    return { far: { shown: cell.checkVisibility({ visibilityProperty: true }), text: cell.textContent.trim() }, root, resized };
  });
  assert.deepEqual(far, { shown: false, text: before });
  assert.equal(root, 0);
  // Nor does anything move for it.
  assert.ok(resized.length > 3);
  assert.deepEqual(resized.filter(Boolean), []);
  await settled(page);
  const users = Number((await page.inputValue('[data-path="private.users"]')).replace(/,/g, ''));
  const scenario = preset('apparel-store');
  scenario.private.users = users;
  assert.equal(await profit(), cell(plan(scenario).summary.profit, 'yuan'));
  // On paper nothing is out of sight.
  assert.equal(
    await page.evaluate(() => {
      const input = document.querySelector('[data-path="private.users"]');
      input.value = '9000';
      input.dispatchEvent(new Event('input', { bubbles: true }));
      window.dispatchEvent(new Event('beforeprint'));
      return document.querySelectorAll('[data-behind]').length;
    }),
    0,
  );
  await close();
});

test('on a phone the answer above the inputs waits for the hand, hidden and of its size, and the bar follows at once', async () => {
  const { page, close } = await open({ viewport: { width: 390, height: 844 } });
  await ready(page);
  await page.locator('[data-path="private.users"]').scrollIntoViewIfNeeded();
  await sighted(page);
  const scenario = preset('apparel-store');
  scenario.private.users = 5000;
  const profit = yuan(plan(scenario).summary.profit);
  const meanwhile = await page.evaluate(() => {
    const answer = document.querySelector('#answer');
    const height = answer.offsetHeight;
    const input = document.querySelector('[data-path="private.users"]');
    input.value = '5000';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return {
      shown: answer.querySelector('h1').checkVisibility({ contentVisibilityAuto: true }),
      resized: answer.offsetHeight - height,
      bar: document.querySelector('.dock').textContent,
    };
  });
  assert.deepEqual([meanwhile.shown, meanwhile.resized], [false, 0]);
  assert.ok(meanwhile.bar.includes(profit), `${meanwhile.bar} ${profit}`);
  await settled(page);
  assert.ok((await text(page, '#answer h1')).includes(profit));
  // Who goes up in the middle of it sees the answer to what is typed.
  const seen = await page.evaluate(async () => {
    const input = document.querySelector('[data-path="private.users"]');
    input.value = '8000';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    scrollTo(0, 0);
    const answer = document.querySelector('#answer');
    while (answer.hasAttribute('data-behind')) {
      // Once the hand rests it would come by itself: the hand keeps moving.
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((next) => requestAnimationFrame(next));
    }
    await new Promise((next) => requestAnimationFrame(next));
    return answer.querySelector('h1').checkVisibility({ contentVisibilityAuto: true });
  });
  assert.ok(seen);
  await close();
});

test('on a desk the inputs stay beside the pictures, and under them what they come to', async () => {
  const { page, close } = await open();
  await ready(page);
  await page.evaluate(() => document.querySelector('#pictures').scrollIntoView());
  await settled(page);
  const inSight = (selector) =>
    page.$eval(selector, (element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight && element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    });
  assert.deepEqual(await Promise.all(['#pictures-heading', '[data-path="private.users"]', '.dock'].map(inSight)), [true, true, true]);
  const scenario = preset('apparel-store');
  const before = plan(scenario).summary.profit;
  scenario.private.users = 12000;
  const { profit } = plan(scenario).summary;
  await page.fill('[data-path="private.users"]', '1.2万');
  const dock = await text(page, '.dock');
  assert.ok(profit > before && dock.includes(yuan(profit)) && dock.includes('▲'), `${dock} ${profit} ${before}`);
  // The last of many inputs can be reached, and what has the focus is not under what stands at the foot.
  for (const summary of await page.$$('.group > summary')) await summary.click();
  const covered = await page.$$eval('#inputs .field input[type=text]', (all) =>
    all.filter((input) => {
      input.focus();
      return input.getBoundingClientRect().bottom > document.querySelector('.dock').getBoundingClientRect().top;
    }).map((input) => input.id),
  );
  assert.deepEqual(covered, []);
  // A window too low for it has one column that scrolls, the page.
  await page.setViewportSize({ width: 1280, height: 400 });
  assert.deepEqual(await page.$eval('#inputs', (inputs) => [getComputedStyle(inputs).position, getComputedStyle(document.querySelector('.dock')).display]), ['static', 'none']);
  await close();
});

test('five inputs stand first, and a fold says what it holds', async () => {
  const { page, close } = await open();
  await ready(page);
  assert.equal(await page.locator('#inputs .field').count(), 5);
  const { scenario } = plan(preset('apparel-store'));
  const folds = await page.$$eval('.group > summary', (all) => Object.fromEntries(all.map((summary) => [...summary.children].map((part) => part.textContent.replace(/\s+/g, ' ').trim()))));
  assert.equal(folds['付费加热与流量券'], `${yuan(scenario.channels[0].monthly_spend + scenario.channels[1].monthly_spend)}/月`);
  assert.equal(folds['复购'], `${percent(scenario.repurchase.private_rate)} / ${scenario.repurchase.window_months} 个月`);
  await unfold(page, '复购');
  assert.equal(await page.locator('#inputs .field').count(), 5 + groupOf('repurchase.'));
  await page.fill('[data-path="repurchase.private_rate"]', '40');
  assert.match(await text(page, '.group > summary:has-text("复购")'), /40% \/ 12 个月 · 已改 1 处/);
  await page.fill('[data-path="repurchase.private_rate"]', '400');
  assert.match(await text(page, '.group > summary:has-text("复购")'), /有 1 处要改/);
  await close();
});

test('a policy that has ended says so beside the result, and the next tier is the next step', async () => {
  const { page, close } = await open();
  await ready(page);
  assert.match(await text(page, '.strip'), /下一步最值得做的/);
  await page.selectOption('#preset', 'apparel-brand');
  await page.selectOption('#pack', 'channels-2022-618');
  assert.match(await text(page, '.trial'), /按已过期的政策试算：.*（2022-06-18 结束）/);
  const { ledger, unit_economics: units } = plan({ ...preset('apparel-brand'), incentives: { pack: 'channels-2022-618' } });
  const { next_tier: tier } = ledger.find((entry) => entry.next_tier);
  const says = await text(page, '.strip');
  assert.ok(says.includes(`第 ${tier.month} 个月单场成交额再多 ${yuan(tier.short_by)}，就到`), says);
  assert.ok(says.includes(`${yuan(tier.from)}这一档：给 ${yuan(tier.value)} 券，每 ¥1 券值 ${yuan(units.voucher_yuan_worth)}`), says);
  await page.click('.card >> nth=0');
  await page.waitForSelector('dialog.explain[open]');
  assert.match(await text(page, 'dialog.explain'), /按已过期的政策试算/);
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
  await unfold(page, '付费加热与流量券');
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
  assert.ok((await page.textContent('.card >> nth=0')).includes(yuan(expected.summary.profit / 12)));
  // Every other result, and what stands at the end of a row.
  const listed = await page.$$eval('.figures-list li', (all) => all.map((li) => [li.querySelector('button').textContent, li.querySelector('b').textContent]));
  const { summary, unit_economics: units } = JSON.parse(readFileSync(new URL('../../wasm/catalogue.json', import.meta.url), 'utf8')).quantities;
  assert.deepEqual(listed.map(([name]) => name), [...summary, ...units].map(({ label }) => label.zh));
  assert.equal(listed[0][1], yuan(expected.summary.gmv));
  assert.equal(listed[summary.findIndex(({ id }) => id === 'cash_low')][1], yuan(expected.summary.cash_low));
  const payback = summary.findIndex(({ id }) => id === 'payback_month');
  assert.equal(listed[payback][1], `第 ${expected.summary.payback_month} 个月`);
  await page.click(`.figures-list li >> nth=${payback} >> button`);
  assert.equal(await text(page, 'dialog.explain .figure'), `第 ${expected.summary.payback_month} 个月`);
  await page.keyboard.press('Escape');
  const total = await text(page, 'tr[data-row="gmv"] td:last-child');
  assert.equal(total, cell(expected.summary.gmv, 'yuan'));

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
  // The way to the button has taken it out of sight.
  await settled(page);
  assert.match(await page.textContent('.policy'), /It has ended/);
  assert.equal(seen.requests.length, before);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('what cannot be read or is out of range is said beside the field, and no old result stays', async () => {
  const { page, close } = await open();
  await ready(page);
  for (const [text, message] of [['abc', /看不懂/], ['150', /0% 到 100%，现在是 150%/], ['', /要填一个数/], ['-3', /0% 到 100%，现在是 -3%/], ['1e999', /看不懂/], ['200元', /看不懂“200元”.*12%/]]) {
    await page.fill('[data-path="orders.return_rate"]', text);
    assert.match(await page.textContent('.field.wrong .problem'), message);
    assert.equal(await page.getAttribute('[data-path="orders.return_rate"]', 'aria-invalid'), 'true');
    assert.equal(await page.locator('.cards').count(), 0);
    assert.equal(await page.inputValue('[data-path="orders.return_rate"]'), text);
  }
  for (const [text, message] of [['-5', /0 到 10亿，现在是 -5。/], ['20亿', /0 到 10亿，现在是 20亿。/], ['1234567890.5', /现在是 1,234,567,890\.5。/]]) {
    await page.fill('[data-path="private.users"]', text);
    assert.match(await page.textContent('.field.wrong:has([data-path="private.users"]) .problem'), message);
  }
  await page.fill('[data-path="private.users"]', '12%');
  assert.match(await page.textContent('.field.wrong:has([data-path="private.users"]) .problem'), /看不懂“12%”.*1200/);
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

test('every number can be asked, month by month, and copied with its definition', async () => {
  const { page, seen, close } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await ready(page);
  const before = seen.requests.length;
  const { summary, months } = plan(preset('apparel-store'));
  const expected = [/总数 ¥26\.4万 ÷ 12 个月 = 月均 ¥2\.2万/, /总利润大于 0 的可能数 ÷ 全部可能数.*÷ 8,192/, /第 1 个月.*私域/, /公域占比/, /公域转化率/];
  assert.equal(yuan(summary.profit), '¥26.4万');
  for (const [i, pattern] of expected.entries()) {
    await page.click(`.card >> nth=${i}`);
    await page.waitForSelector('dialog.explain[open]');
    const says = await text(page, 'dialog.explain');
    assert.match(says, /口径/);
    assert.match(says, pattern);
    await page.keyboard.press('Escape');
  }
  // The months of a row one by one, and its total.
  await page.click('tr[data-row="gmv"] th button');
  assert.match(await text(page, 'dialog.explain h2'), /第 12 个月/);
  assert.ok(await page.isDisabled('.steps button >> nth=1'));
  await page.click('.steps button >> nth=0');
  assert.match(await text(page, 'dialog.explain h2'), /第 11 个月/);
  assert.equal(await text(page, 'dialog.explain .figure'), yuan(months.gmv[10]));
  await page.click('text=复制这个数和口径');
  await page.waitForSelector('text=已复制');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^成交额 GMV · 第 11 个月：¥[\d.]+万\n口径：下单金额，退货前。\n公式：.*\n代入：.*\n按“服饰店播”/);
  await page.keyboard.press('Escape');
  await page.click('tr[data-row="gmv"] td:last-child button');
  assert.equal(await text(page, 'dialog.explain .figure'), yuan(summary.gmv));
  await page.keyboard.press('Escape');
  await page.click('.bars li:nth-child(1) button');
  assert.match(await text(page, 'dialog.explain'), /单独停掉/);
  await page.keyboard.press('Escape');
  await page.click('.room tbody tr:nth-child(4) th button');
  assert.match(await text(page, 'dialog.explain'), /公域转化率（按人群精准度折算）× 客单价 × 1,000.*现在 ¥836，基准 ¥600/);
  // Without a clipboard the text stands selected, and the page says so.
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await page.click('text=复制这个数和口径');
  await page.waitForSelector('text=这里不能直接复制');
  assert.ok(await page.$eval('dialog.explain textarea', (field) => field.selectionStart === 0 && field.selectionEnd === field.value.length && /口径：/.test(field.value)));
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert.equal(seen.requests.length, before, 'no request after load');
  assert.deepEqual(seen.complaints, []);
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
      await settled(page);
      await axe(page, `en ${viewport.width} ${colorScheme}, open and wrong`);
      await page.fill('[data-path="costs.gross_margin"]', '40');
      await page.click('.card >> nth=1');
      await page.waitForSelector('dialog[open]');
      await axe(page, `en ${viewport.width} ${colorScheme}, dialog`, 'dialog[open]');
      await close();
    }
  }
});

test('320 px and double text size need no sideways scrolling', async () => {
  for (const [width, zoom] of [[320, 100], [390, 200], [1280, 200]]) {
    const { page, close } = await open({ viewport: { width, height: 800 } });
    await ready(page);
    await enlarge(page, zoom);
    for (const summary of await page.$$('.group > summary')) await summary.click();
    if (zoom === 200) assert.equal(await page.$eval('.sub', (element) => getComputedStyle(element).fontSize), '32px');
    await allGrows(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${width} px at ${zoom} %: ${overflow} px too wide`);
    await close();
  }
});

test('the script may be here before the page is', async () => {
  const built = new URL('../../build/web/', import.meta.url);
  let release;
  const host = await hosted((name, response) => {
    if (!existsSync(new URL(name, built))) return void response.writeHead(404).end();
    const content = readFileSync(new URL(name, built));
    response.writeHead(200, { 'Content-Type': typeOf(name) });
    if (name !== 'index.html') response.end(content);
    else {
      const half = content.indexOf('<div id="answer"');
      assert.ok(half > 0);
      response.write(content.subarray(0, half));
      release = () => response.end(content.subarray(half));
    }
    // The engine is asked for by the script, as soon as it runs.
    if (name.endsWith('.wasm')) setTimeout(() => release(), 300);
  });
  const { page, seen, close } = await open({}, host.address);
  await ready(page);
  assert.equal(await page.$$eval('#months svg.months', (all) => all.length), 1);
  assert.deepEqual(seen.complaints, []);
  await close();
  host.close();
});

test('without WebAssembly the page says so and keeps the default result', async () => {
  const context = await site.context();
  const page = await context.newPage();
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(address);
  await page.waitForSelector('.fault');
  assert.match(await page.textContent('.fault'), /打不开计算引擎/);
  assert.match(await page.textContent('h1'), /万/);
  assert.ok(await page.$('#months svg.months rect'), 'the months of the default plan stay');
  // They are of the default plan alone.
  await page.fill('[data-path="private.users"]', '9000');
  assert.equal(await page.locator('#months svg').count(), 0);
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
  const host = await hosted((name, response) => {
    const own = { 'index.html': page1, 'page.js': script, 'worker.js': worker }[name];
    const content = own ?? (existsSync(new URL(name, dist)) ? readFileSync(new URL(name, dist)) : null);
    response.writeHead(content === null ? 404 : 200, {
      'Content-Type': typeOf(name),
      'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    });
    response.end(content ?? '');
  });
  const { page, close } = await open({}, host.address);
  await page.waitForFunction(() => window.here && window.there);
  const native = spawnSync(program, ['plan'], { input: '{}', encoding: 'utf8' }).stdout.trimEnd();
  assert.ok((await page.evaluate(() => window.here)) === native);
  assert.ok((await page.evaluate(() => window.there)) === native);
  await close();
  host.close();
});
