// The merchant's own records on the page: any usual file is read, results equal the command line's, what
// they say goes into the plan and out again, nothing leaves the page, axe is content.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allGrows, axe, enlarge, growthcalc, ready, start, unfold } from '../support/browser.mjs';
import { run } from '../support/growthcalc.mjs';

let site;
let folder;
before(async () => {
  site = await start();
  folder = mkdtempSync(join(tmpdir(), 'growth-records-'));
});
after(async () => {
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const samplePath = (kind) => new URL(`../../web/src/generated/samples/${kind}.csv`, import.meta.url).pathname;
const sample = (kind) => readFileSync(samplePath(kind), 'utf8').replace(/^\uFEFF/, '');
const today = new Date().toLocaleDateString('sv-SE');
/** The command line's answer for a file. */
const fitted = (kind, path = samplePath(kind), ...options) => JSON.parse(run(['fit', kind, path, ...options]).stdout);

const text = (page, selector) => page.$eval(selector, (element) => element.textContent.replace(/\s+/g, ' ').trim());
const full = (value) => new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 }).format(value);
const inputText = (value) => new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 12 }).format(value);

async function openDialog(page, kind = 'orders') {
  await page.waitForSelector('.records-door:not([disabled])');
  await page.click('.records-door');
  await page.waitForSelector('dialog.records[open] .kinds');
  await page.click(`.kinds button:nth-child(${['orders', 'sessions', 'contracts'].indexOf(kind) + 1})`);
}
const give = (page, name, content) => page.setInputFiles('[data-records-file]', { name, mimeType: 'text/csv', buffer: Buffer.from(content) });
const answered = (page) => page.waitForSelector('[data-records-verdict]');
const trouble = async (page) => {
  await page.waitForSelector('.records .trouble');
  return text(page, '.records .trouble');
};
const valueIn = (page, path) => page.inputValue(`[data-path="${path}"]`);
const field = (path) => `.field:has([data-path="${path}"])`;
const aov = 'orders.average_order_value';

/** The same table in another encoding. */
function encoded(content, encoding) {
  const { stdout, status } = spawnSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: content, maxBuffer: 1 << 28 });
  assert.equal(status, 0);
  return stdout;
}

test('the sample is read, its results are those of growthcalc fit, and they go into the plan and out again', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  const preset = growthcalc('presets', 'apparel-store').scenario;
  await openDialog(page);
  await page.waitForTimeout(500);
  const before = seen.requests.length;
  await page.click('.drop .plain');
  await answered(page);
  const answer = fitted('orders', samplePath('orders'), '--today', today);
  const said = await text(page, '[data-records-verdict]');
  assert.ok(said.includes(`${full(answer.customers)} 位客户的 ${full(answer.orders)} 单`), said);
  const best = answer.models[answer.chosen];
  assert.ok(said.includes(`每 100 位客户再下单 ${full(best.new_customer.orders_12_months * 100)} 次`), said);
  await page.click('.dropped summary');
  const dropped = await text(page, '.dropped');
  for (const [reason, name] of [['cancelled', '取消或没付款'], ['refunded', '整单退款'], ['missing_customer', '没有客户'], ['duplicate_order', '订单号重复']]) {
    assert.ok(answer.dropped[reason] > 0, reason);
    assert.ok(dropped.includes(`${name}：${full(answer.dropped[reason])} 行`), dropped);
    assert.ok(dropped.includes(String(answer.dropped_rows[reason][0])));
  }
  const models = await page.$$eval('#records-models ~ .scroll tbody tr', (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  assert.equal(models.length, Object.keys(answer.models).length);
  assert.equal(models[0][1], new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 }).format(Number(best.bic.toFixed(1))));

  const { outlook } = fitted('orders', samplePath('orders'), '--today', today, '--list-customers', '10');
  const listed = await page.$$eval('#records-outlook ~ .scroll tbody tr', (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  assert.deepEqual(listed.map((row) => row[0]), outlook.customers.map((one) => one.customer));
  assert.equal(listed[0][2], outlook.customers[0].last_order);
  assert.ok((await text(page, '#records-outlook ~ .says')).includes(`约 ${full(outlook.expected_orders)} 单`));

  await page.click('[data-records-apply]');
  assert.match(await text(page, '.apply .done'), /已经用上/);
  await page.click('.apply .primary');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  const rounded = (value) => Number(value.toPrecision(6));
  const { orders, repurchase } = answer.scenario;
  assert.equal(await valueIn(page, aov), inputText(rounded(orders.average_order_value)));
  assert.equal(await text(page, `${field(aov)} .chip.orders span >> nth=0`), '来自订单');
  await unfold(page, '复购');
  assert.equal(await text(page, `${field('repurchase.private_rate')} .chip.orders span >> nth=0`), '来自订单');
  // The plan is that of the scenario with these inputs.
  const scenario = structuredClone(preset);
  scenario.orders = { ...scenario.orders, average_order_value: rounded(orders.average_order_value) };
  scenario.repurchase = { ...scenario.repurchase };
  for (const [name, value] of Object.entries(repurchase)) {
    if (typeof value === 'number') scenario.repurchase[name] = name === 'window_months' ? value : rounded(value);
  }
  const wan = (value) => `¥${Math.round(value / 1000) / 10}万`;
  assert.ok((await text(page, 'h1')).includes(wan(growthcalc('plan', scenario).summary.gmv)));

  // What was typed since stays when all is taken back.
  await page.fill('[data-path="repurchase.private_rate"]', '33');
  await page.click('.records-door');
  await page.click('[data-records-undo]');
  await page.keyboard.press('Escape');
  assert.equal(await valueIn(page, aov), inputText(preset.orders.average_order_value));
  assert.equal(await page.locator(`${field(aov)} .chip.orders`).count(), 0);
  assert.equal(await valueIn(page, 'repurchase.private_rate'), '33');

  // And one input by itself.
  await page.click('.records-door');
  await page.click('[data-records-apply]');
  await page.keyboard.press('Escape');
  await page.click(`${field('repurchase.private_rate')} .chip.orders`);
  await page.click(`${field('repurchase.private_rate')} >> text=用回原来的数`);
  assert.equal(await valueIn(page, 'repurchase.private_rate'), '33');
  assert.equal(await text(page, `${field(aov)} .chip.orders span >> nth=0`), '来自订单');

  // Notes come with what draws them.
  const later = seen.requests.slice(before).filter((url) => !/(?:notes|facts|known)-/.test(url));
  assert.equal(later.length, 1, `only the sample is fetched: ${later}`);
  assert.match(later[0], /orders-.*\.csv$/);
  assert.ok(seen.requests.every((url) => url.startsWith(site.address) || url.startsWith(`blob:${site.address}`)), 'nothing from elsewhere');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('errors of the records are the ranges of the plan, unless the exact curve is taken', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await openDialog(page);
  await page.click('.drop .plain');
  await answered(page);
  const answer = fitted('orders', samplePath('orders'), '--today', today);
  await page.click('[data-records-apply]');
  await page.keyboard.press('Escape');
  const range = answer.uncertainty.inputs['repurchase.private_rate'];
  assert.ok(range, 'the rate has a distribution');
  await unfold(page, '复购');
  await page.click(`${field('repurchase.private_rate')} .chip.spread`);
  assert.match(await text(page, '.range'), /从你的订单里估出来的误差/);
  await page.click('.range >> text=当准数算');
  await page.click('.range >> text=用回记录得出的范围');
  await page.click('.records-door');
  await page.click('[data-records-undo]');
  await page.click('input[name="records-curve"] >> nth=1');
  await page.click('[data-records-apply]');
  await page.keyboard.press('Escape');
  const curve = (await valueIn(page, 'repurchase.curve_private')).split(', ').map(Number);
  assert.deepEqual(curve, answer.scenario.repurchase.curve_private.map((value) => Number(value.toPrecision(6))));
  assert.equal(await page.locator(`${field('repurchase.private_rate')} .chip.orders`).count(), 0);
  await close();
});

test('GBK, UTF-16, semicolons, tabs and quoted line breaks are read alike', async () => {
  const { page, seen, close } = await site.open();
  await openDialog(page);
  const rows = sample('orders').trimEnd().split('\r\n').slice(0, 1500).map((line) => line.split(','));
  const csv = (sign, quoted = (cell) => cell) => `${rows.map((row) => row.map(quoted).join(sign)).join('\r\n')}\r\n`;
  const plain = csv(',');
  const files = {
    'utf8.csv': plain,
    'gbk.csv': encoded(plain, 'GB18030'),
    'utf16.csv': encoded(`\uFEFF${plain}`, 'UTF-16LE'),
    'semicolon.csv': csv(';'),
    'tabs.txt': csv('\t'),
    'quoted.csv': csv(',', (cell) => `"${cell === '亚麻连衣裙' ? '亚麻,\n连衣裙' : cell}"`),
  };
  let first;
  for (const [name, content] of Object.entries(files)) {
    await give(page, name, content);
    await answered(page);
    const said = (await text(page, '[data-records-verdict]')).replace(name, '');
    first ??= said;
    assert.equal(said, first, name);
    await page.click('.records >> text=换个文件');
  }
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('what cannot be read is refused in words, with the place where there is one', async () => {
  const { page, seen, close } = await site.open();
  await openDialog(page);
  await give(page, 'quote.csv', '买家昵称,下单时间,实付金额\n小鱼,2026-01-05,12\n阿乔,"2026-01-06,9\n小鱼,2026-02-06,9\n');
  assert.match(await trouble(page), /第 3 行第 2 列：这一格的引号没有关上/);
  await give(page, 'empty.csv', '');
  assert.match(await trouble(page), /空的/);
  await give(page, 'picture.csv', readFileSync(new URL('../../docs/screenshot.png', import.meta.url)));
  assert.match(await trouble(page), /不是文字表格/);
  await give(page, 'book.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]));
  assert.match(await trouble(page), /另存为/);
  const huge = join(folder, 'huge.csv');
  openSync(huge, 'w');
  truncateSync(huge, 257 * 1024 * 1024);
  await page.setInputFiles('[data-records-file]', huge);
  assert.match(await trouble(page), /256 MB/);
  await give(page, 'names.csv', '买家昵称,下单时间,实付金额\n');
  assert.ok((await trouble(page)).length > 10);
  await axe(page, 'refused', 'dialog[open]');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('columns that are not recognised are matched by hand', async () => {
  const { page, close } = await site.open();
  await openDialog(page);
  const rows = sample('orders').trimEnd().split('\r\n').slice(1).map((line) => line.split(','));
  const table = [['甲', '乙', '丙'], ...rows.filter((row) => row[2] === '已完成').map((row) => [row[3], row[1], row[6]])];
  await give(page, 'odd.csv', table.map((row) => row.join(',')).join('\n'));
  await page.waitForSelector('form.columns');
  await axe(page, 'columns', 'dialog[open]');
  await page.selectOption('#records-column-customer', '0');
  assert.match(await text(page, '#records-column-customer-examples'), new RegExp(table[1][0]));
  await page.selectOption('#records-column-date', '1');
  await page.selectOption('#records-column-amount', '2');
  await page.click('form.columns .primary');
  await answered(page);
  const path = join(folder, 'odd.csv');
  writeFileSync(path, [['customer', 'date', 'amount'], ...table.slice(1)].map((row) => row.join(',')).join('\n'));
  const answer = fitted('orders', path, '--today', today);
  assert.ok((await text(page, '[data-records-verdict]')).includes(`${full(answer.customers)} 位客户的 ${full(answer.orders)} 单`));
  // One of them is taken away again: it is needed.
  await page.click('.records >> text=改列和口径');
  await page.selectOption('#records-column-date', '');
  assert.match(await text(page, 'form.columns'), /还缺：日期/);
  assert.ok(await page.isDisabled('form.columns .primary'));
  await page.selectOption('#records-column-date', '1');
  await page.click('form.columns .primary');
  await answered(page);
  await close();
});

test('a large file leaves the page alone and can be stopped', async () => {
  const { page, seen, close } = await site.open();
  await openDialog(page);
  const path = join(folder, 'large.csv');
  const lines = ['买家昵称,下单时间,实付金额,订单编号'];
  for (let i = 0; i < 1_000_000; i += 1) {
    const day = new Date(Date.UTC(2025, 0, 1 + ((i * 7919) % 540))).toISOString().slice(0, 10);
    lines.push(`user-${(i * 104729) % 400000},${day} 12:00:00,${20 + (i % 300)}.50,${100000000000 + i}`);
  }
  writeFileSync(path, lines.join('\n'));
  await page.setInputFiles('[data-records-file]', path);
  await page.waitForSelector('.working progress');
  // The page answers while the worker works.
  await page.click('.kinds button:nth-child(2)');
  assert.match(await text(page, '.records .body'), /一行一场直播/);
  await page.click('.kinds button:nth-child(1)');
  await page.click('.working .button');
  await page.waitForSelector('.records .drop');
  assert.equal(await page.locator('.working').count(), 0);
  // Nothing is left of it, and another file is read.
  await page.click('.drop .plain');
  await answered(page);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('sessions and contracts: results are those of growthcalc fit and go into the plan', async () => {
  for (const kind of ['sessions', 'contracts']) {
    const { page, seen, close } = await site.open();
    await ready(page);
    await openDialog(page, kind);
    await page.click('.drop .plain');
    await answered(page);
    const answer = fitted(kind);
    assert.ok(!answer.errors, JSON.stringify(answer.errors));
    assert.ok((await text(page, '[data-records-verdict]')).includes(full(answer[kind])));
    await page.click('[data-records-apply]');
    await page.keyboard.press('Escape');
    assert.ok((await page.locator(`.chip.${kind}`).count()) > 0 || (await page.locator('.changed').count()) === 1);
    assert.deepEqual(seen.complaints, []);
    await close();
  }
});

test('what is learned from, orders of ¥0 and the period of a contract are chosen, as growthcalc fit has them', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  await openDialog(page);
  await page.click('.drop .plain');
  await answered(page);
  const again = async (choose) => {
    await page.click('text=改列和口径');
    await choose();
    await page.click('.columns .primary');
  };
  // A day that leaves nothing to learn from is said, and can be changed.
  await again(() => page.fill('#records-learned-to', '2001-01-01'));
  const refused = fitted('orders', samplePath('orders'), '--today', today, '--calibration-end', '2001-01-01');
  assert.ok((await trouble(page)).includes(refused.errors[0].message.zh));
  await again(async () => {
    assert.equal(await page.inputValue('#records-learned-to'), '2001-01-01');
    await page.fill('#records-learned-to', '2026-03-31');
    await page.selectOption('#records-zeros', 'keep');
  });
  await answered(page);
  const answer = fitted('orders', samplePath('orders'), '--today', today, '--calibration-end', '2026-03-31', '--zero-orders', 'keep');
  const { holdout, new_customer } = answer.models[answer.chosen];
  const said = await text(page, '.verdict');
  for (const part of [`每 100 位客户再下单 ${full(new_customer.orders_12_months * 100)} 次`, full(holdout.predicted), full(holdout.actual)]) assert.ok(said.includes(part), `${part}: ${said}`);
  await page.click('.kinds button:nth-child(3)');
  await page.click('.drop .plain');
  await answered(page);
  await again(() => page.selectOption('#records-renewal', 'quarter'));
  await answered(page);
  const contracts = fitted('contracts', samplePath('contracts'), '--today', today, '--period', 'quarter');
  const shares = await page.$$eval('.records .twin tbody tr', (rows) => rows.map((row) => [...row.children].map((one) => one.textContent.trim())));
  assert.equal(shares.length, contracts.survival.period.length);
  assert.match(await text(page, '.verdict'), /一期一季/);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('by keyboard alone: the door, the sample, a picture, a cell of the cohorts, and back to the door', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await page.focus('.records-door');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog.records[open] .kinds');
  const on = (selector) => page.evaluate((s) => document.activeElement.matches(s), selector);
  for (let i = 0; i < 10 && !(await on('.drop .plain')); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await answered(page);
  assert.ok(await on('[data-records-verdict]'), 'reading begins at the sentence');
  for (let i = 0; i < 40 && !(await on('[data-stop="week-0"]')); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  const label = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.match(await label(), /截至 \d{4}-\d\d-\d\d 的一周：实际 .*模型/);
  await page.focus('[data-cell="records-0-1"]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  assert.match(await label(), /第 2 个月回来/);
  assert.ok(await on('[data-cell="records-1-2"]'));
  await page.keyboard.press('Escape');
  assert.ok(await on('.records-door'));
  await close();
});

test('axe finds nothing: each kind, phone and desktop, both languages, light and dark, tables open', async () => {
  for (const [viewport, colorScheme] of [[{ width: 390, height: 844 }, 'light'], [{ width: 1280, height: 900 }, 'dark']]) {
    const { page, close } = await site.open({ viewport, colorScheme });
    for (const language of ['zh', 'en']) {
      for (const kind of ['orders', 'sessions', 'contracts']) {
        await openDialog(page, kind);
        if (language === 'zh') {
          await axe(page, `${kind} ${viewport.width} ${colorScheme}, start`, 'dialog[open]');
          await page.click('.drop .plain');
        }
        await answered(page);
        for (const summary of await page.$$('.records details:not([open]) > summary')) await summary.click();
        await axe(page, `${kind} ${language} ${viewport.width} ${colorScheme}`, 'dialog[open]');
        await page.keyboard.press('Escape');
      }
      await page.click('.language');
    }
    await close();
  }
});

test('320 px and double text size need no sideways scrolling', async () => {
  for (const [width, zoom] of [[320, 100], [390, 200], [1280, 100], [1280, 200]]) {
    const { page, close } = await site.open({ viewport: { width, height: 844 } });
    await enlarge(page, zoom);
    for (const kind of ['orders', 'sessions', 'contracts']) {
      await openDialog(page, kind);
      const over = () => page.$eval('.records .body', (body) => body.scrollWidth - body.clientWidth);
      assert.ok((await over()) <= 0, `${kind} ${width} px at ${zoom} %, start`);
      await page.click('.drop .plain');
      await answered(page);
      assert.ok((await over()) <= 0, `${kind} ${width} px at ${zoom} %: ${await over()} px too wide`);
      await allGrows(page, 'dialog[open]');
      await page.keyboard.press('Escape');
    }
    await close();
  }
});
