// Samples of the three kinds of records, drawn from known models with a fixed seed: a made-up shop, for
// merchants who have no file at hand yet. Same bytes on every machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Uniform numbers (mulberry32), and what follows from them. */
function draws(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296 + 2 ** -33;
  };
  const exponential = () => -Math.log(uniform());
  const normal = () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform());
  /** Marsaglia and Tsang; a shape below 1 by a power of a uniform number. */
  const gamma = (shape) => {
    if (shape < 1) return gamma(shape + 1) * uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const beta = (a, b) => {
    const x = gamma(a);
    return x / (x + gamma(b));
  };
  const poisson = (mean) => {
    let n = 0;
    for (let left = mean - exponential(); left > 0; left -= exponential()) n += 1;
    return n;
  };
  const pick = (list) => list[Math.floor(uniform() * list.length)];
  return { uniform, exponential, normal, gamma, beta, poisson, pick };
}

const day = (from, days) => new Date(Date.parse(`${from}T00:00:00Z`) + Math.floor(days) * 864e5).toISOString().slice(0, 10);
const two = (n) => String(Math.floor(n)).padStart(2, '0');

/** Customers who may leave after any order (MBG/NBD), with orders as a shop's back office exports them. */
function orders() {
  const { uniform, exponential, gamma, beta, pick } = draws(20260301);
  const [from, days] = ['2025-01-01', 545];
  const surnames = ['小', '阿', '老', '大', '可', '安', '林', '米', '糖', '晴'];
  const given = ['鱼', '乔', '夏', '宁', '朵', '悦', '棠', '禾', '鹿', '桃', '果', '岚', '贝', '星'];
  const goods = ['真丝衬衫', '亚麻连衣裙', '针织开衫', '阔腿裤', '羊绒围巾', '牛仔外套'];
  const list = [];
  for (let customer = 0; customer < 1480; customer += 1) {
    const name = `${pick(surnames)}${pick(given)}${1000 + customer}`;
    const rate = gamma(0.72) / 88;
    const leave = beta(0.9, 2.3);
    const spend = 6.4 / gamma(4.1);
    let at = uniform() ** 0.85 * 455;
    for (let n = 0; at < days; n += 1) {
      list.push({ at, name, amount: Math.max(19, Math.round(spend * gamma(5.2) * 19 * (n > 0 ? 1.12 : 1))) });
      if (uniform() < leave) break;
      at += exponential() / rate;
    }
  }
  list.sort((a, b) => a.at - b.at);
  const rows = [['订单编号', '下单时间', '订单状态', '买家昵称', '商品名称', '商品数量', '实付金额', '退款金额']];
  list.forEach(({ at, name, amount }, i) => {
    const luck = uniform();
    const status = luck < 0.045 ? '已取消' : luck < 0.115 ? '已退款' : '已完成';
    const hour = 9 + 14 * (at % 1);
    const date = day(from, at);
    const id = `${date.replace(/-/g, '')}${String(i).padStart(5, '0')}`;
    const row = [id, `${date} ${two(hour)}:${two(60 * (hour % 1))}`, status, uniform() < 0.006 ? '' : name, pick(goods), '1', luck > 0.994 ? '0' : String(amount), status === '已退款' ? String(amount) : ''];
    rows.push(row);
    // The export was put together from two, and some rows stand in both.
    if (uniform() < 0.003) rows.push([...row]);
  });
  return rows;
}

/** Live sessions: orders are Poisson with a rate per source of viewers. */
function sessions() {
  const { normal, poisson } = draws(77);
  const rows = [['开播时间', '私域观看人数', '分享观看人数', '公域观看人数', 'viewers_ads', 'spend_ads', '成交订单数', '成交金额', '广场点击率', '平均停留时长（分钟）', '互动次数']];
  for (let i = 0; i < 60; i += 1) {
    const spread = (mean, sigma) => Math.round(mean * Math.exp(sigma * normal() - (sigma * sigma) / 2));
    const own = spread(420, 0.45);
    const forwarded = spread(own * 0.16, 0.4);
    const spend = i % 3 === 0 ? 0 : spread(600, 0.6);
    const paid = spend === 0 ? 0 : spread((900 * spend) / (spend + 700), 0.15);
    const natural = spread(1500 + 2.1 * own, 0.5);
    const placed = poisson(0.085 * own + 0.03 * forwarded + 0.0062 * natural + 0.013 * paid);
    const date = day('2026-01-03', i * 2.5);
    rows.push([
      `${date} 20:00`, own, forwarded, natural, paid, spend, placed, spread(placed * 189, 0.06),
      `${(9 * Math.exp(0.12 * normal())).toFixed(1)}%`, (2.4 * Math.exp(0.15 * normal())).toFixed(1), spread(0.045 * (own + forwarded + natural + paid), 0.2),
    ].map(String));
  }
  return rows;
}

/** Memberships renewed by the month; each member has an own chance to leave (shifted beta-geometric). */
function contracts() {
  const { uniform, beta } = draws(5);
  const rows = [['会员编号', '开通日期', '退会日期']];
  const end = Date.parse('2026-06-30T00:00:00Z');
  for (let member = 0; member < 900; member += 1) {
    const month = Math.floor(uniform() * 15);
    const start = new Date(Date.UTC(2025, month, 1 + Math.floor(uniform() * 28)));
    const leave = beta(0.75, 2.6);
    let stayed = 1;
    while (stayed < 40 && uniform() >= leave) stayed += 1;
    const left = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + stayed, start.getUTCDate()));
    rows.push([`M${String(10001 + member)}`, start.toISOString().slice(0, 10), left.getTime() > end ? '' : left.toISOString().slice(0, 10)]);
  }
  const [head, ...members] = rows;
  return [head, ...members.sort((a, b) => (a[1] < b[1] ? -1 : 1))];
}

export function writeSamples(target) {
  mkdirSync(target, { recursive: true });
  for (const [name, rows] of Object.entries({ orders: orders(), sessions: sessions(), contracts: contracts() })) {
    writeFileSync(join(target, `${name}.csv`), `\uFEFF${rows.map((row) => row.join(',')).join('\r\n')}\r\n`);
  }
}
