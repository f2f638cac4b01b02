// Merchants' files on the command line: encodings, separators, quotes, hostile input, and the columns that
// are chosen.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const program = process.env.GROWTHCALC ?? new URL('../../build/native/growthcalc', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'growth-fit-'));
after(() => rmSync(folder, { recursive: true }));

const run = (args, input = '') => spawnSync(program, args, { input, maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: 'C' } });
const fit = (input, ...args) => {
  const { status, stdout, stderr } = run(['fit', 'orders', '-', ...args], input);
  const answer = JSON.parse(stdout.toString());
  assert.equal(status, 'errors' in answer ? 1 : 0);
  assert.equal(stderr.toString().startsWith('growthcalc: '), 'errors' in answer);
  return answer;
};
const error = (input, ...args) => fit(input, ...args).errors[0];

// A small table with what goes wrong in encodings: names beyond the first plane of Unicode included.
const rows = [
  ['买家昵称', '付款时间', '实付金额'],
  ['小王，"王"', '2026-01-02 10:00:00', '￥1,234.50'],
  ['小李\n二行', '2026-02-03', '88'],
  ['小王，"王"', '2026-03-04', '12.5'],
  ['😀', '2026-03-04', '7'],
];
const quoted = (cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const csv = (table, separator = ',', end = '\n') => table.map((row) => row.map(quoted).join(separator)).join(end);
const converted = (text, encoding) => {
  const { status, stdout } = spawnSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: text, maxBuffer: 1 << 28 });
  assert.equal(status, 0);
  return stdout;
};

test('every encoding gives the same answer', () => {
  const text = csv(rows);
  const expected = fit(text);
  assert.equal(expected.customers, 3);
  assert.equal(expected.orders, 4);
  assert.deepEqual(expected.columns, { customer: '买家昵称', date: '付款时间', amount: '实付金额' });
  const encoded = {
    'UTF-8 with a mark': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
    GB18030: converted(text, 'GB18030'),
    'UTF-16LE with a mark': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    'UTF-16BE with a mark': Buffer.concat([Buffer.from([0xfe, 0xff]), converted(text, 'UTF-16BE')]),
    'UTF-16LE': Buffer.from(text, 'utf16le'),
    'UTF-16BE': converted(text, 'UTF-16BE'),
  };
  for (const [name, bytes] of Object.entries(encoded)) assert.deepEqual(fit(bytes), expected, name);
  const plain = rows.slice(0, 4);
  assert.deepEqual(fit(converted(csv(plain), 'GBK')), fit(csv(plain)));
});

test('every separator and line break gives the same answer', () => {
  const expected = fit(csv(rows));
  for (const separator of [',', ';', '\t']) {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = csv(rows, separator, end);
      assert.deepEqual(fit(text), expected, JSON.stringify([separator, end]));
      assert.deepEqual(fit(text + end), expected, JSON.stringify([separator, end, 'at the end']));
    }
  }
});

test('rows are counted as records, blank ones too', () => {
  const answer = fit('customer,date\r\n"a\nb",2026-01-01\r\n\r\nc,?\r\n');
  assert.deepEqual(answer.dropped_rows, { empty_row: [3], bad_date: [4] });
  assert.equal(answer.rows, 3);
});

test('quotes that do not belong and quotes that are never closed are told with their place', () => {
  assert.equal(fit('customer,date\n"a ""b""",2026-01-01\n "a" ,2026-01-02\n').customers, 2);
  assert.match(error('customer,date\na,2026-01-01\n5" screen,2026-01-01\n').message.en, /^Row 3, column 1/);
  assert.match(error('customer,date\na,"2026"-01-01\n').message.en, /^Row 2, column 2/);
  const open = error('customer,date\na,2026-01-01\nb,"2026-01-02\nc,2026-01-03\n');
  assert.equal(open.code, 'bad_csv');
  assert.match(open.message.en, /^Row 3, column 2/);
  const long = error(`customer,date\n"${'a,2026-01-01\n'.repeat(200000)}`);
  assert.equal(long.code, 'bad_csv');
  assert.match(long.message.en, /^Row 2, column 1/);
  const wide = error('customer,date,amount\na,2026-01-01,1,234.50\n');
  assert.match(wide.message.en, /^Row 2, column 4/);
});

test('what is no table of text is refused in words', () => {
  const binary = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) & 0xff));
  const inputs = {
    empty: '',
    blank: '\n\n  \n',
    'names alone': 'customer,date\n',
    workbook: Buffer.from('PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00', 'latin1'),
    binary,
    'zero bytes': Buffer.from('customer,date\na\0b,2026-01-01\n'),
    'no encoding': Buffer.from([...Buffer.from('customer,date\n'), 0xff, 0xff, 0x20, 0xfe, 0x0a]),
    'half a character': Buffer.from([...Buffer.from('customer,date\na,2026-01-01\n'), 0xd6]),
  };
  for (const [name, input] of Object.entries(inputs)) assert.equal(error(input).code, 'bad_csv', name);
  assert.equal(error('x,y\n1,2\n').path, 'columns.customer');
  assert.equal(error('customer,date\na,2026-13-45\n').code, 'bad_csv');
});

test('letters of GB18030 that come late, and characters cut by the end of a block', () => {
  const table = [['customer', 'date'], ...Array.from({ length: 60000 }, (_, i) => [`c${i}`, '2026-01-01'])];
  table.push(...Array.from({ length: 60000 }, (_, i) => [`客户${'王'.repeat(i % 3)}${i}`, '2026-01-02']));
  const text = csv(table);
  for (const bytes of [Buffer.from(text), converted(text, 'GB18030'), Buffer.from(text, 'utf16le')]) {
    assert.equal(fit(bytes).customers, 120000);
  }
  // Told to be UTF-8 by its first letters, it has to stay so.
  assert.equal(error(Buffer.concat([Buffer.from(csv(table.slice(0, 3)) + '\n客户,2026-01-01\n'), Buffer.alloc(300000, 'a,2026-01-01\n'), Buffer.from([0xd6, 0xd0, 0x0a])])).code, 'bad_csv');
});

test('columns and the order of day and month can be said, and what is said wrongly has its path', () => {
  const text = 'who,x,when\na,b,03/04/2026\n';
  const answer = fit(text, '--column', 'customer=who', '--column', 'date=3', '--date-order', 'day_first');
  assert.deepEqual(answer.columns, { customer: 'who', date: 'when' });
  assert.equal(answer.period.from, '2026-04-03');
  assert.equal(error(text, '--column', 'customer=who', '--column', 'date=when').path, 'date_order');
  assert.equal(error(text, '--column', 'customer=nobody').path, 'columns.customer');
  assert.equal(error(text, '--column', 'colour=who').path, 'columns.colour');
  assert.equal(error(text, '--date-order', 'backwards').path, 'date_order');
  assert.equal(error(text, '--today', '2026-1-1').path, 'today');
  assert.equal(error(text, '--calibration-end', 'soon').path, 'calibration_end');
  assert.equal(error(text, '--zero-orders', 'maybe').path, 'zero_orders');
  assert.equal(error(text, '--scope', 'mine').path, 'scope');
  for (const args of [['fit'], ['fit', 'orders'], ['fit', 'orders', '-', '--column', 'x'], ['fit', 'nothing', '-'], ['fit', 'orders', join(folder, 'none.csv')], ['fit', 'orders', folder]]) {
    assert.equal(run(args).status, 2, args.join(' '));
  }
});

test('--today, --zero-orders and --pretty', () => {
  const text = 'customer,date,amount\na,2026-01-01,0\na,2026-01-05,5\nb,2096-01-01,5\n';
  const answer = fit(text, '--today', '2026-11-21');
  assert.deepEqual(answer.dropped, { future_date: 1, zero_amount: 1 });
  // Without --today it is the day of the machine.
  assert.deepEqual(fit(text).dropped, answer.dropped);
  assert.equal(fit(text, '--zero-orders', 'keep', '--today', '2096-01-01').orders, 3);
  const pretty = run(['fit', 'orders', '-', '--pretty'], text).stdout.toString();
  assert.match(pretty, /^\{\n  "schema"/);
});

test('a file and standard input answer alike; 200,000 messy rows', () => {
  const statuses = ['已完成', '已取消', '已退款', '待付款', '已发货'];
  const table = [['订单编号', '会员号', '下单时间', '付款时间', '实付金额', '订单状态', '备注']];
  const expected = { cancelled: 0, refunded: 0, missing_customer: 0, bad_amount: 0 };
  let good = 0;
  for (let i = 0; i < 200000; i += 1) {
    const status = statuses[(i * 7) % 5];
    const customer = i % 50 === 0 ? '匿名' : `m${(i * 31) % 40000}`;
    const amount = i % 77 === 0 ? '面议' : `￥${((i * 13) % 900) + 1}.${i % 10}0`;
    const day = new Date(Date.UTC(2024, 0, 1 + (i % 700))).toISOString().slice(0, 10);
    table.push([`D${i}`, customer, `${day} 09:00:00`, `${day} 10:00:00`, amount, status, i % 3 ? '' : '尽快,谢谢']);
    if (status === '已取消' || status === '待付款') expected.cancelled += 1;
    else if (status === '已退款') expected.refunded += 1;
    else if (customer === '匿名') expected.missing_customer += 1;
    else if (amount === '面议') expected.bad_amount += 1;
    else good += 1;
  }
  const file = join(folder, 'orders.csv');
  writeFileSync(file, csv(table));
  const answer = JSON.parse(run(['fit', 'orders', file]).stdout.toString());
  const { same_day: sameDay = 0, ...others } = answer.dropped;
  assert.deepEqual(others, expected);
  assert.equal(answer.orders + sameDay, good);
  assert.equal(answer.rows, 200000);
  assert.deepEqual(fit(csv(table)), answer);
});

test('more than 256 MiB is too large, from a file and from standard input', () => {
  const file = join(folder, 'large.csv');
  const block = Buffer.alloc(13 * 81920, 'a,2026-01-01\n');
  writeFileSync(file, Buffer.concat([Buffer.from('customer,date\n'), ...Array(257).fill(block)]));
  assert.equal(JSON.parse(run(['fit', 'orders', file]).stdout.toString()).errors[0].code, 'too_large');
  const piped = spawnSync('sh', ['-c', `cat "${file}" | "${program}" fit orders -`], { maxBuffer: 1 << 28 });
  assert.equal(JSON.parse(piped.stdout.toString()).errors[0].code, 'too_large');
});
