// The ten questions on the page: each opens, says what growthcalc decide says, follows the inputs and never
// tells what is not of them; by keyboard alone; axe is content.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, growthcalc, ready, settled, start } from '../support/browser.mjs';
import { compact, full, percent, yuan } from '../support/shown.mjs';

let site;
before(async () => (site = await start()));
after(() => site?.stop());

const preset = () => growthcalc('presets', 'apparel-store').scenario;
const decide = (scenario, decision, more = {}) => growthcalc('decide', { ...scenario, decide: { decision, ...more } }).decisions[decision];
const plain = (text) => text.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
const text = async (page, selector) => plain(await page.$eval(selector, (element) => element.textContent));

async function open(page, decision) {
  if ((await page.getAttribute(`[data-decision=${decision}]`, 'aria-expanded')) === 'false') await page.click(`[data-decision=${decision}]`);
  await page.waitForSelector('.reply[data-state=current] .sentence');
}
/** Everything a question says, in order: sentences, and the rows of its tables. */
async function told(page, decision) {
  await open(page, decision);
  return {
    says: await text(page, '.reply .sentence'),
    more: await page.$$eval('.reply .more p', (all) => all.map((p) => p.textContent.replace(/\u2060/g, ''))),
    tables: await page.$$eval('.reply .twin', (all) =>
      all.map((twin) => [...twin.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent.replace(/\u2060/g, '').trim()))),
    ),
  };
}
const holds = (sentence, ...pieces) => pieces.forEach((piece) => assert.ok(sentence.includes(piece), `“${piece}” in: ${sentence}`));
const amounts = (curve) => curve.points.map(({ y }) => yuan(y));

test('each of the ten opens and says what growthcalc decide says', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  const before = seen.requests.length;
  const scenario = preset();
  assert.equal(await page.locator('.door').count(), 10);

  const go = decide(scenario, 'go_or_stop');
  let answer = await told(page, 'go_or_stop');
  holds(answer.says, '可以加码', yuan(go.profit), `第 ${go.payback_month} 个月`, yuan(go.next_thousand_gain));
  assert.deepEqual(answer.tables[0].map((row) => row[1]), amounts(go.curve));
  assert.deepEqual(answer.tables[1].map((row) => row[3]), go.flips.map((flip) => (flip.now === 0 ? '–' : percent(flip.distance))));

  const next = decide(scenario, 'next_thousand');
  answer = await told(page, 'next_thousand');
  holds(answer.says, '拉新', yuan(next.uses[0].gain));
  assert.deepEqual(answer.tables[0].map((row) => row[2]), next.uses.map((use) => yuan(use.gain)));
  assert.deepEqual(answer.tables[1].map((row) => row[1]), amounts(next.curve));

  const users = decide(scenario, 'private_users');
  answer = await told(page, 'private_users');
  holds(answer.says, yuan(users.goal), full(Math.round(users.needed)), full(users.users));
  holds(answer.more.join(' '), yuan(users.worth_per_user), compact(users.leverage), compact(users.break_even_leverage));
  assert.deepEqual(answer.tables[0].map((row) => row[1]), amounts(users.curve));
  await page.fill('#decision-goal', '60万');
  await page.waitForFunction(() => document.querySelector('.reply[data-state=current] .sentence')?.textContent.replace(/\u2060/g, '').includes('60万'));
  holds((await told(page, 'private_users')).says, full(Math.round(decide(scenario, 'private_users', { goal_gmv_monthly: 600000 }).needed)));
  await page.fill('#decision-goal', 'x');
  assert.match(await text(page, '.reply'), /看不懂“x”/);

  const price = decide(scenario, 'highest_price');
  answer = await told(page, 'highest_price');
  holds(answer.says, yuan(price.per_viewer), yuan(price.per_order));
  assert.deepEqual(answer.tables[0].map((row) => row.slice(1)), price.channels.map((c) => [yuan(c.paid), yuan(c.highest), yuan(c.paid_per_order)]));

  const room = decide(scenario, 'room');
  answer = await told(page, 'room');
  holds(answer.says, yuan(room.lever_gain));
  assert.deepEqual(answer.tables[0].map((row) => row[3]), room.diagnosis.indicators.map((one) => yuan(one.profit_at_benchmark)));

  const loss = decide(scenario, 'first_order_loss');
  answer = await told(page, 'first_order_loss');
  holds(answer.says, yuan(loss.customer_worth), yuan(loss.acquisition), yuan(loss.repeats_worth), yuan(loss.acquisition - loss.first_order_margin));
  assert.deepEqual(answer.tables[0].map((row) => row[1]), amounts(loss.curve));

  const cash = decide(scenario, 'cash');
  answer = await told(page, 'cash');
  holds(answer.says, yuan(-cash.low), `第 ${cash.low_month} 个月`);
  assert.deepEqual(answer.tables[0].map((row) => row[1]), amounts(cash.curve));
  assert.deepEqual(answer.tables[1].map((row) => row[1]), cash.settlements.map((one) => (one.low < 0 ? yuan(-one.low) : '不用垫')));

  for (const decision of ['next_tier', 'private_scenes']) assert.equal((await told(page, decision)).says, decide(scenario, decision).reason.message.zh);
  holds((await told(page, 'voucher')).says, yuan(decide(scenario, 'voucher').next_yuan));

  // With a policy that has tiers, and one that pays for private scenes.
  await page.selectOption('#pack', 'channels-2022-618');
  const tiers = decide({ ...scenario, incentives: { pack: 'channels-2022-618' } }, 'next_tier');
  answer = await told(page, 'next_tier');
  const [step] = tiers.steps;
  holds(answer.more[0], yuan(step.short_by), yuan(step.extra), yuan(step.worth));
  holds(answer.says, yuan(step.pushes[0].cost), yuan(step.pushes[0].reward));
  assert.deepEqual(answer.tables[1].map((row) => row.slice(2)), step.pushes.map((push) => [push.cost, push.reward, push.net].map(yuan)));
  await page.selectOption('#pack', 'channels-2025-private-q1');
  const scenes = decide({ ...scenario, incentives: { pack: 'channels-2025-private-q1' } }, 'private_scenes');
  answer = await told(page, 'private_scenes');
  holds(answer.says, yuan(scenes.profit_all - scenes.profit));
  assert.deepEqual(answer.tables[0].map((row) => row[1]), amounts(scenes.curve));

  assert.equal(seen.requests.length, before, 'no request after everything is here');
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('every question has an answer without private traffic, and where nothing is sold', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  const questions = await page.$$eval('[data-decision]', (doors) => doors.map(({ dataset }) => dataset.decision));
  assert.equal(questions.length, 10);
  const readable = async (page, state) => {
    for (const decision of questions) {
      const { says, more } = await told(page, decision);
      assert.ok(says.length > 5, `${state}, ${decision}`);
      for (const sentence of [says, ...more]) assert.doesNotMatch(sentence, /NaN|∞|undefined|null|\{/, `${state}, ${decision}`);
    }
  };
  await page.selectOption('#preset', 'apparel-douyin');
  await settled(page);
  await readable(page, 'on Douyin');
  holds((await told(page, 'private_users')).says, yuan(growthcalc('decide', { ...growthcalc('presets', 'apparel-douyin').scenario, decide: { decision: 'private_users' } }).decisions.private_users.most));

  assert.deepEqual(seen.complaints, []);
  await close();

  const idle = await site.open({}, `${site.address}#v1&p=apparel-store&live.sessions_per_month=0&private.users=0&costs.fixed_monthly=0&channels.ads.monthly_spend=0&channels.beans.monthly_spend=0`);
  await ready(idle.page);
  await settled(idle.page);
  assert.match(await text(idle.page, 'main h1'), /没有成交/);
  await readable(idle.page, 'nothing sold');
  holds((await told(idle.page, 'go_or_stop')).says, '没有成交');
  assert.deepEqual(idle.seen.complaints, []);
  await idle.close();
});

test('an answer follows the inputs and is never that of others; wrong inputs leave none', async () => {
  const { page, close } = await site.open();
  await ready(page);
  await open(page, 'cash');
  const shown = await page.evaluate(async () => {
    const slider = document.querySelector('[data-path="private.users"]').closest('.field').querySelector('[type=range]');
    slider.value = '70';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const sentence = document.querySelector('.reply .sentence');
    return sentence !== null && getComputedStyle(sentence).visibility !== 'hidden';
  });
  assert.equal(shown, false);
  await page.waitForSelector('.reply[data-state=current] .sentence');
  const users = Number((await page.inputValue('[data-path="private.users"]')).replace(/,/g, ''));
  const scenario = preset();
  scenario.private.users = users;
  holds(await text(page, '.reply .sentence'), yuan(-decide(scenario, 'cash').low));
  await page.fill('[data-path="orders.return_rate"]', '150');
  assert.equal(await page.locator('.reply .sentence:visible').count(), 0);
  await settled(page);
  assert.equal(await page.locator('.reply .sentence').count(), 0);
  assert.match(await text(page, '.reply'), /先把填错的数改好/);
  await close();
});

test('by keyboard alone: open a question, read its picture, take its advice', async () => {
  const { page, seen, close } = await site.open();
  await ready(page);
  const on = (selector) => page.evaluate((s) => document.activeElement.matches(s), selector);
  const tabTo = async (selector) => {
    for (let i = 0; i < 40 && !(await on(selector)); i += 1) await page.keyboard.press('Tab');
    assert.ok(await on(selector), selector);
  };
  await page.focus('[data-decision=go_or_stop]');
  await tabTo('[data-decision=private_users]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.reply[data-state=current] .sentence');
  const answer = decide(preset(), 'private_users');
  await tabTo('[data-stop^="decision-"]');
  await page.keyboard.press('End');
  const last = answer.curve.points.at(-1);
  assert.equal(plain(await page.evaluate(() => document.activeElement.getAttribute('aria-label'))), `私域用户 ${compact(last.x)}：每月成交 ${yuan(last.y)}`);
  for (let i = 0; i < 10 && !(await on('.acts .primary')); i += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  assert.ok(await on('[data-path="private.users"]'));
  const taken = Number((await page.inputValue('[data-path="private.users"]')).replace(/,/g, ''));
  assert.ok(Math.abs(taken / answer.needed - 1) < 1e-5);
  assert.deepEqual(seen.complaints, []);
  await close();
});

test('axe finds nothing in any answer and nothing is too wide: phone and desktop, both languages, light and dark', async () => {
  for (const options of [{ viewport: { width: 390, height: 844 }, colorScheme: 'dark' }, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }]) {
    const { page, seen, close } = await site.open(options);
    await ready(page);
    const { width } = options.viewport;
    if (width > 1000) await page.selectOption('#pack', 'channels-2022-618');
    else await page.click('.language');
    await settled(page);
    for (const decision of await page.$$eval('.door', (all) => all.map((door) => door.dataset.decision))) {
      await open(page, decision);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `${decision} at ${width}: ${overflow} px too wide`);
      assert.doesNotMatch(await text(page, '.reply'), /\{\w+\}|undefined|NaN|null/, decision);
      for (const summary of await page.$$('.reply .twin > summary')) await summary.click();
      await axe(page, `${decision} ${width}`, '#decisions');
    }
    assert.deepEqual(seen.complaints, []);
    await close();
  }
});
