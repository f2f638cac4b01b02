// For merchants: how to use the calculator, and the ten questions with an example that the engine computed.
import type { Scenario } from '@engine/growth.js';
import { basisOf, gradesView } from './figures.js';
import { answered, planOf, type FullPlan, type Library } from './library.js';
import { html, type Html, type Part } from './markup.js';
import type { Chapter, Page } from './page.js';
import type { Pen } from './pen.js';

interface Question {
  id: string;
  asks: string;
  /** How the calculator answers it. */
  how: Part;
  example: Part;
}

/** The default preset with some inputs changed. */
type Changes = { [Concept in keyof Scenario]?: Scenario[Concept] };

function questions(pen: Pen, library: Library): Question[] {
  const { say, pick, yuan, percent } = pen;
  const { growth, plan } = library;
  const scenario = library.preset.scenario;
  const changed = (changes: Changes): Scenario => {
    const merged: Record<string, unknown> = { ...scenario };
    for (const [concept, value] of Object.entries(changes)) {
      merged[concept] = value && typeof value === 'object' && !Array.isArray(value) ? { ...(merged[concept] as object | undefined), ...value } : value;
    }
    return merged as Scenario;
  };
  const planned = (changes: Changes): FullPlan => planOf(growth, changed(changes));
  const sought = (path: string, metric: string, target: number, changes: Changes = {}): number => {
    const { value } = answered(growth.run('seek', { ...changed(changes), seek: { path, metric, target } }));
    if (value === null) throw new Error(`${path} does not bring ${metric} to ${target}`);
    return value;
  };
  const b = (text: string) => html`<b>${text}</b>`;
  const fieldName = (path: string) => {
    const channel = /^channels\[(\d+)\]\.(.*)$/.exec(path);
    const described = channel ? library.catalogue.channel_fields.find((field) => field.path === channel[2]) : library.catalogue.fields.find((field) => field.path === path);
    if (!described) throw new Error(`no input ${path}`);
    const name = pick(described.label);
    return channel ? `${pen.pageText(`channel.${plan.scenario.channels[Number(channel[1])]!.id}`)} ${name}` : name;
  };
  const unitName = (id: string) => {
    const quantity = library.catalogue.quantities.unit_economics.find((other) => other.id === id);
    if (!quantity) throw new Error(`no ${id} among the unit economics`);
    return pick(quantity.label);
  };
  const months = plan.scenario.horizon_months;
  const { summary, unit_economics: unit, diagnosis } = plan;

  // The tier: sessions put together reach it, and cost more than it pays.
  const tiered = { incentives: { pack: 'channels-2022-618' } };
  const tier = answered(growth.run('policies', { id: 'channels-2022-618' }));
  const [short] = planned(tiered).ledger;
  const missing = short?.unmet[0];
  if (!short || !missing || missing.at_least === undefined) throw new Error('the example of a tier is met by now');
  const fewer = planned({ ...tiered, live: { sessions_per_month: plan.scenario.live.sessions_per_month / 2 } });
  const reached = fewer.ledger[0]!;

  const inHand = 1000;
  const withVouchers = planned({ vouchers: { opening_balance: inHand } });

  const monthlyGoal = 1_000_000;
  const usersForGoal = sought('private.users', 'gmv', monthlyGoal * months);
  const usersToBreakEven = sought('private.users', 'profit', 0);
  const reproduction = sought('quality.benchmark_reproduction', 'profit', 0);
  const leverageToBreakEven = planned({ quality: { benchmark_reproduction: reproduction } }).summary.leverage;

  const scenePack = { incentives: { pack: 'channels-2025-private-q1' } };
  const sceneShare = plan.scenario.private.scene_share;
  const moreScenes = sceneShare + 0.1;
  const scenePolicy = answered(growth.run('policies', { id: scenePack.incentives.pack }));
  const scenes = planned(scenePack).ledger[0]!;
  const scenesAfter = planned({ ...scenePack, private: { scene_share: moreScenes } }).ledger[0]!;

  const spending = plan.scenario.channels.reduce((sum, channel) => sum + channel.monthly_spend, 0);
  const extra = 1000;
  const split = answered(growth.run('allocate', { ...scenario, allocate: { budget: spending + extra, objective: 'profit' } }));
  const channelName = (id: string) => pen.pageText(`channel.${id}`);
  const splitText = pen.list(plan.scenario.channels.map(({ id }) => `${channelName(id)} ¥${pen.full(split.spend[id]!)}`));
  const marginal = plan.attribution.marginal_profit_per_yuan;

  const best = diagnosis.indicators.find(({ id }) => id === diagnosis.best_indicator);
  const lever = diagnosis.levers.find(({ path }) => path === diagnosis.best_lever);
  if (!best || !lever) throw new Error('the default preset has neither an indicator nor a lever worth naming');

  const thin = { costs: { gross_margin: 0.4 } };
  const thinPlan = planned(thin);
  const rateNeeded = sought('repurchase.private_rate', 'profit', 0, thin);

  const lowest = plan.months.cumulative_cash.indexOf(Math.min(...plan.months.cumulative_cash)) + 1;
  const laterDays = 30;
  const later = planned({ costs: { settlement_days: laterDays } });

  const futures = answered(growth.run('simulate', scenario));
  const { tornado } = answered(growth.run('sensitivity', { ...scenario, sensitivity: { metric: 'profit', methods: ['tornado'] } }));
  const hinge = tornado![0]!;
  const turning = sought(hinge.path, 'profit', 0);
  const current = scenario.conversion?.public;
  if (hinge.path !== 'conversion.public' || current === undefined) throw new Error('another input matters most by now');

  return [
    {
      id: 'next_tier',
      asks: say('再冲一档政策，划算吗？', 'Is the next tier of the policy worth it?'),
      how: say(
        `在${pen.quoted('policy.heading')}里选一个激励计划。每条写着拿到多少、被封顶砍了多少、离下一档差多少，还有“值多少利润”：有它和没它，整个方案差多少。`,
        `Choose a programme under ${pen.quoted('policy.heading')}. Each entry says what is paid, what caps took, how far the next tier is, and what it is worth: the plan with it less the plan without.`,
      ),
      example: say(
        html`选“${pick(tier.name)}”：入围要单场成交 ${b(yuan(missing.at_least))}，这家店单场 ${b(yuan(missing.got))}，差 ${b(yuan(missing.at_least - missing.got))}。场次减半、把人攒到一起，能过线，拿 ${yuan(reached.paid)} 的券，值 ${yuan(reached.value)} 利润；可场次少了，${months} 个月利润从 ${b(yuan(summary.profit))} 变成 ${b(yuan(fewer.summary.profit))}。不值得。`,
        html`With “${pick(tier.name)}”: entry needs ${b(yuan(missing.at_least))} a session, this shop sells ${b(yuan(missing.got))}, ${b(yuan(missing.at_least - missing.got))} short. Half as many sessions, each with more people, would reach it and earn ${yuan(reached.paid)} in vouchers, worth ${yuan(reached.value)} of profit; but with fewer sessions the profit of ${months} months goes from ${b(yuan(summary.profit))} to ${b(yuan(fewer.summary.profit))}. Not worth it.`,
      ),
    },
    {
      id: 'voucher',
      asks: say('流量券值得去冲吗？', 'Are traffic vouchers worth chasing?'),
      how: say(
        `看“${unitName('voucher_yuan_worth')}”：面额 1 元的券，用掉之后带来的客户值多少。为拿券打的折、加的场，花得比它多就不值。`,
        `See “${unitName('voucher_yuan_worth')}”: what ¥1 of voucher brings in customers once used. A discount or a session made to earn vouchers is worth it only below that.`,
      ),
      example: say(
        html`面额 1 元值 ${b(pen.cents(unit.voucher_yuan_worth))}。手上有 ${yuan(inHand)} 的券，${months} 个月利润多 ${b(yuan(withVouchers.summary.profit - summary.profit))}（含这些人进了私域、带动推流）。`,
        html`¥1 of voucher is worth ${b(pen.cents(unit.voucher_yuan_worth))}. With ${yuan(inHand)} of vouchers in hand the profit of ${months} months is ${b(yuan(withVouchers.summary.profit - summary.profit))} higher (these viewers join the pool and feed the pushes, too).`,
      ),
    },
    {
      id: 'private_users',
      asks: say('想卖到目标，要多少私域？', 'How many private users for a sales goal?'),
      how: say(
        `填一个目标，反过来算要多少人；换别的数、别的目标，自己出题也行。做不到会直说。`,
        `Enter a goal and it is solved backwards; other inputs and other goals can be asked as well. What cannot be reached is said.`,
      ),
      example: say(
        html`平均月销 ${yuan(monthlyGoal)}，其他不变要 ${b(pen.count(usersForGoal))} 私域，现在 ${pen.count(plan.scenario.private.users)}。只求不亏，${b(pen.count(usersToBreakEven))} 就够。现在自然公域观众是私域的 ${pen.precise(summary.leverage!, 3)} 倍，掉到 ${b(pen.precise(leverageToBreakEven!, 3))} 倍就白干。`,
        html`An average of ${yuan(monthlyGoal)} a month needs ${b(pen.count(usersForGoal))} private users, all else as it is; there are ${pen.count(plan.scenario.private.users)}. To break even ${b(pen.count(usersToBreakEven))} do. There are ${pen.precise(summary.leverage!, 3)} natural viewers per private one now; at ${b(pen.precise(leverageToBreakEven!, 3))} nothing is left.`,
      ),
    },
    {
      id: 'private_scenes',
      asks: say('订单走私域场景，多赚多少？', 'What do orders through private scenes earn?'),
      how: html`${say('有的政策只认私域场景（社群、朋友圈、公众号……）里的成交。改', 'Some programmes count sales through private scenes only (groups, Moments, official account …). Change ')}${pen.quoted('group.private')}${say(`里的“${fieldName('private.scene_share')}”，看这条政策值多少。`, ` › “${fieldName('private.scene_share')}” and see what the programme is worth.`)}`,
      example: say(
        html`选“${pick(scenePolicy.name)}”：现在 ${percent(sceneShare)} 走私域场景，省 ${b(yuan(scenes.value))}；提到 ${percent(moreScenes)}，省 ${b(yuan(scenesAfter.value))}，多 ${b(yuan(scenesAfter.value - scenes.value))}。引导的成本比这低才做。`,
        html`With “${pick(scenePolicy.name)}”: at ${percent(sceneShare)} through private scenes it saves ${b(yuan(scenes.value))}, at ${percent(moreScenes)} ${b(yuan(scenesAfter.value))}, ${b(yuan(scenesAfter.value - scenes.value))} more. Do it if steering orders costs less.`,
      ),
    },
    {
      id: 'highest_price',
      asks: say('一个观众、一个新客，最贵能买到多少？', 'What may a viewer, or a new customer, cost?'),
      how: say(
        `看“${unitName('max_cost_per_viewer')}”。点进直播间就是一个观众，所以按点击买的也用它；按成交买的，看“${unitName('max_cac')}”。都含往后的复购，另给只算首单的。`,
        `See “${unitName('max_cost_per_viewer')}”. A click that opens the room is a viewer, so it holds for clicks, too; where you pay per order, see “${unitName('max_cac')}”. Later repeats are included; the figure for the first order alone stands beside it.`,
      ),
      example: say(
        html`自然水准的观众最多 ${b(pen.cents(unit.max_cost_per_viewer))}，只算首单 ${pen.cents(unit.first_order_max_cost_per_viewer)}。人群没那么准的更低：${pen.list(plan.scenario.channels.map(({ id }) => `${channelName(id)} ${pen.cents(unit.max_cost_per_viewer_channels[id]!)}`))}。一个新客最多 ${b(yuan(unit.max_cac))}，现在平均花 ${yuan(summary.cac!)}。`,
        html`A viewer as good as a natural one: ${b(pen.cents(unit.max_cost_per_viewer))}, by the first order alone ${pen.cents(unit.first_order_max_cost_per_viewer)}. Less precise ones less: ${pen.list(plan.scenario.channels.map(({ id }) => `${channelName(id)} ${pen.cents(unit.max_cost_per_viewer_channels[id]!)}`))}. A new customer: ${b(yuan(unit.max_cac))}; the average paid now is ${yuan(summary.cac!)}.`,
      ),
    },
    {
      id: 'next_thousand',
      asks: say('下一个 ¥1,000 花在哪？', 'Where does the next ¥1,000 go?'),
      how: say(
        `看${pen.quoted('alloc.heading', 'futures')}：填每月预算，它给最好的分法；再投不赚了，就让你留着不花。`,
        `See ${pen.quoted('alloc.heading', 'futures')}: enter a monthly budget and get the best split; where more would lose, it tells you to keep the rest.`,
      ),
      example: say(
        html`现在每月投 ${yuan(spending)}。再投 1 元，净赚：${pen.list(plan.scenario.channels.map(({ id }) => `${channelName(id)} ${pen.cents(marginal[id]!)}`))}。预算加到 ${yuan(spending + extra)}，最好是${b(splitText)}，${months} 个月利润比现在多 ${b(yuan(split.objective - split.current.objective))}，多花的钱已经扣掉。`,
        html`${yuan(spending)} a month is spent now. One ¥ more nets: ${pen.list(plan.scenario.channels.map(({ id }) => `${channelName(id)} ${pen.cents(marginal[id]!)}`))}. With ${yuan(spending + extra)} the best is ${b(splitText)}; the profit of ${months} months is ${b(yuan(split.objective - split.current.objective))} higher than now, the extra spend already taken off.`,
      ),
    },
    {
      id: 'room',
      asks: say('直播间卡在哪，先改什么？', 'Where is the room stuck, and what comes first?'),
      how: say(
        `看${pen.quoted('room.heading')}：五个推流指标对比基准，每个写着做到基准多赚多少。最上面那句“下一步最值得做的”，是从所有能动的决策里挑的。`,
        `See ${pen.quoted('room.heading')}: five indicators against their benchmarks, each with what reaching it would add. The next step in the headline is the best of all decisions you can take.`,
      ),
      example: say(
        html`2 小时场观 ${b(pen.count(diagnosis.viewers_2h))}，${pen.pageText(`stage.${diagnosis.stage}`)}。最该改的指标是“${pen.pageText(`room.${best.id}`)}”，做到基准，${months} 个月利润约多 ${b(yuan(best.profit_at_benchmark))}。下一步：“${fieldName(lever.path)}”加 ${pen.count(lever.step)}，约多 ${b(yuan(lever.profit_per_step))}。`,
        html`${b(pen.count(diagnosis.viewers_2h))} views at two hours: ${pen.pageText(`stage.${diagnosis.stage}`)}. The indicator to work on is “${pen.pageText(`room.${best.id}`)}”: at its benchmark the profit of ${months} months is about ${b(yuan(best.profit_at_benchmark))} higher. Next step: “${fieldName(lever.path)}” up by ${pen.count(lever.step)}, about ${b(yuan(lever.profit_per_step))} more.`,
      ),
    },
    {
      id: 'first_order_loss',
      asks: say('首单亏着卖，靠复购回得来吗？', 'First orders at a loss: do repeats make up?'),
      how: say(
        `看“${unitName('first_order_margin')}”和获客成本：毛利比成本小，首单就是亏的。再反过来算：“${fieldName('repurchase.private_rate')}”到多少，利润回到 0。`,
        `Compare the margin of a first order with the cost of a customer. Then solve backwards: at which “${fieldName('repurchase.private_rate')}” is the profit 0 again?`,
      ),
      example: say(
        html`把毛利率降到 ${percent(thinPlan.scenario.costs.gross_margin)} 试试：首单净剩 ${pen.cents(thinPlan.unit_economics.first_order_margin)}，买一个新客 ${pen.cents(thinPlan.summary.cac!)}，首单亏 ${b(pen.cents(thinPlan.summary.cac! - thinPlan.unit_economics.first_order_margin))}，${months} 个月亏 ${b(yuan(-thinPlan.summary.profit))}。私域复购率要从 ${percent(thinPlan.scenario.repurchase.private_rate)} 提到 ${b(percent(rateNeeded))} 才打平。`,
        html`At a gross margin of ${percent(thinPlan.scenario.costs.gross_margin)} a first order leaves ${pen.cents(thinPlan.unit_economics.first_order_margin)}, a customer costs ${pen.cents(thinPlan.summary.cac!)}: ${b(pen.cents(thinPlan.summary.cac! - thinPlan.unit_economics.first_order_margin))} lost on each, ${b(yuan(-thinPlan.summary.profit))} in ${months} months. The repurchase rate of the pool has to rise from ${percent(thinPlan.scenario.repurchase.private_rate)} to ${b(percent(rateNeeded))} to break even.`,
      ),
    },
    {
      id: 'cash',
      asks: say('货款没到账，要垫多少钱？', 'How much cash until the money arrives?'),
      how: say(
        `看结果里最多要垫多少，${pen.quoted('table.heading')}里有逐月的现金。利润是正的，现金也可能先掉下去。`,
        `See in the result what has to be advanced; ${pen.quoted('table.heading')} has the cash of each month. Cash may fall first although the profit is positive.`,
      ),
      example: say(
        html`${pen.count(plan.scenario.costs.settlement_days)} 天回款：第 ${lowest} 个月最低，要垫 ${b(yuan(-summary.cash_low))}，虽然第 1 个月就有利润。回款拖到 ${laterDays} 天，要垫 ${b(yuan(-later.summary.cash_low))}。`,
        html`Settled after ${pen.count(plan.scenario.costs.settlement_days)} days: lowest in month ${lowest}, ${b(yuan(-summary.cash_low))} to advance, although month 1 already earns. At ${laterDays} days it is ${b(yuan(-later.summary.cash_low))}.`,
      ),
    },
    {
      id: 'go_or_stop',
      asks: say('这门生意做、加码，还是停？', 'Go on, scale up, or stop?'),
      how: say(
        `先看${pen.quoted('chance.heading', 'futures')}：赚钱的把握有几成。再看${pen.quoted('drivers.heading', 'futures')}：条子最长的那个，先去把它弄准。`,
        `First ${pen.quoted('chance.heading', 'futures')}: the chance of a profit. Then ${pen.quoted('drivers.heading', 'futures')}: find out the number with the longest bar first.`,
      ),
      example: say(
        html`赚钱的把握 ${b(percent(futures.probability.profit_positive, 0))}；居中赚 ${yuan(futures.totals.profit!.p50)}，最差的 5% 亏 ${yuan(-futures.totals.profit!.p5)} 以上。一个个试，动得最大的是“${fieldName(hinge.path)}”：现在按 ${pen.rate(current)} 算，低于 ${b(pen.rate(turning))} 就翻盘成亏。所以能做，先用几场把这个数测准再加码。`,
        html`The chance of a profit is ${b(percent(futures.probability.profit_positive, 0))}; the middle outcome is ${yuan(futures.totals.profit!.p50)}, the worst 5% lose more than ${yuan(-futures.totals.profit!.p5)}. One by one, what moves it most is “${fieldName(hinge.path)}”: taken as ${pen.rate(current)}, below ${b(pen.rate(turning))} the plan loses. So go, but measure it over a few sessions before scaling.`,
      ),
    },
  ];
}

/** What a merchant can look up, or work out from what the consoles show. */
const toLookUp = [
  'private.users',
  'live.sessions_per_month',
  'orders.average_order_value',
  'orders.return_rate',
  'costs.gross_margin',
  'private.attend_rate',
  'conversion.public',
  'repurchase.private_rate',
  'channel.monthly_spend',
  'channel.cost_per_viewer',
  'costs.fixed_monthly',
  'costs.settlement_days',
  'business.shop_score',
];

function whereChapter(pen: Pen, library: Library): Chapter {
  const { say, pick } = pen;
  const told = toLookUp.map((path) => {
    const { fields, channel_fields } = library.catalogue;
    const field = fields.find((other) => other.path === path) ?? channel_fields.find((other) => `channel.${other.path}` === path);
    if (!field) throw new Error(`no input ${path}`);
    return field;
  });
  return {
    id: 'where',
    title: say('数从哪里看', 'Where to find the numbers'),
    body: html`<p>${say('不用全填。先换掉下面这几个，其余留着预设值也能看。', 'You need not fill in everything. Replace these first; the rest may stay as the preset has it.')}</p>
<dl class="words">${told.map((field) => html`<div><dt>${pick(field.label)}</dt><dd>${pick(field.help)} ${pen.chip(basisOf(library, field))}</dd></div>`)}</dl>
<p>${say(
      html`手上有导出的订单、场次或会员合同，点${pen.quoted('records.door')}：复购、客单、转化和留存从你自己的记录里算，连误差一起填好。文件只在这台设备上读。`,
      html`With exports of orders, sessions or memberships choose ${pen.quoted('records.door')}: repeat purchase, order values, conversion and retention are learned from your own records, with their errors. Files are read on this device only.`,
    )}</p>`,
  };
}

const embedding = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'">
<output id="profit"></output>
<script type="module" src="plan.js"></script>`;
const embeddingScript = `// plan.js
import { createGrowth } from './growth.js';
const growth = await createGrowth();
const plan = growth.run('plan', { private: { users: 8000 } });
if (plan.errors) throw new Error(plan.errors[0].message.en);
document.querySelector('#profit').value = plan.summary.profit;`;

export function guidePage(pen: Pen, library: Library): Page {
  const { say, pick } = pen;
  const ten = questions(pen, library);
  const chip = (kind: string, text: string): Html => html`<span class="chip ${kind}">${text}</span>`;
  const presetName = pick(library.preset.name);
  return {
    title: pen.titleOf('guide'),
    summary: say(
      '两分钟看懂你的私域、激励、流量券、投放和复购，一个月一个月带来什么，下一步做什么。',
      'In two minutes: what your private pool, incentives, vouchers, paid traffic and repeat purchase bring month by month, and what to do next.',
    ),
    chapters: [
      {
        id: 'minutes',
        title: say('两分钟上手', 'Two minutes'),
        body: html`<ol>
<li>${say(`打开就有结果，是预设“${presetName}”的。先在${pen.quoted('preset.label')}里选一个像你的。`, `The page opens with a result, that of the preset “${presetName}”. First choose the business most like yours under ${pen.quoted('preset.label')}.`)}</li>
<li>${say('换掉几个你知道的数：私域人数、场次、客单价、毛利、退货率。可以写 1.2万、3亿、12%，全角数字也行；填错了会说错在哪、能填多少，不会偷偷改你的数。', 'Replace the numbers you know: private users, sessions, order value, margin, returns. You may type 1.2万, 12K or 12%; a wrong entry is told with what is allowed, and never silently changed.')}</li>
<li>${say('看最上面那句话：赚多少，第几个月回本，下一步最值得做什么、值多少钱。', 'Read the sentence on top: what is earned, when it pays back, what to do next and what that is worth.')}</li>
<li>${say('哪个结果不明白就点它：口径、公式、代入你的数，都在。', 'Tap any result you wonder about: definition, formula, your numbers in it.')}</li>
<li>${say(html`拿不准的数，给它一个范围，看${pen.quoted('chance.heading', 'futures')}。`, html`Give a range to a number you are unsure of and look at ${pen.quoted('chance.heading', 'futures')}.`)}</li>
</ol>`,
      },
      whereChapter(pen, library),
      {
        id: 'chips',
        title: say('数旁边的小标签', 'The chips beside the numbers'),
        body: html`<p>${say('每个输入旁边都写着它从哪来。点标签看原文、日期和说明。', 'Beside each input stands where it comes from. Tap it for source, date and note.')}</p>
<dl class="words">
<div><dt>${chip('own', pen.pageText('chip.own'))}</dt><dd>${say('你填的。', 'You typed it.')}</dd></div>
<div><dt>${chip('own', pen.pageText('chip.orders'))}</dt><dd>${say(`从你的记录里算出来的，还有“${pen.pageText('chip.sessions')}”“${pen.pageText('chip.contracts')}”。`, `Learned from your records; likewise “${pen.pageText('chip.sessions')}” and “${pen.pageText('chip.contracts')}”.`)}</dd></div>
<div><dt>${pen.chip({ basis: 'published', grade: 'B' })}</dt><dd>${say('就是公布过的数，字母是可信度。', 'A published figure itself; the letter is its grade.')}</dd></div>
<div><dt>${pen.chip({ basis: 'informed', grade: 'C' })}</dt><dd>${say('看着公布的数定的，但公布的不是这个口径。', 'Set with published figures in view, which do not say exactly this.')}</dd></div>
<div><dt>${pen.chip({ basis: 'assumed', grade: '' })}</dt><dd>${say('没人公布过，是我们定的。最该换成你自己的。', 'Published by nobody, set by us. Replace these first.')}</dd></div>
</dl>${gradesView(pen)}<p><a href="${pen.to('method', 'figures')}">${say('全部公开数据', 'All published figures')}</a></p>`,
      },
      {
        id: 'questions',
        title: say('老板常问的十件事', 'Ten things the boss asks'),
        parts: ten.map(({ id, asks }) => ({ id: `question-${id}`, title: asks })),
        body: html`<p>${say(
          `页面上点开一个，就按你的数回答。下面的例子都是引擎用预设“${presetName}”算出来的：${pen.count(library.plan.scenario.private.users)} 私域，每月 ${pen.count(library.plan.scenario.live.sessions_per_month)} 场，客单 ${pen.yuan(library.plan.scenario.orders.average_order_value)}。`,
          `Open one on the page and it is answered with your numbers. The examples below were computed by the engine for the preset “${presetName}”: ${pen.count(library.plan.scenario.private.users)} private users, ${pen.count(library.plan.scenario.live.sessions_per_month)} sessions a month, orders of ${pen.yuan(library.plan.scenario.orders.average_order_value)}.`,
        )}</p>${ten.map(
          ({ id, asks, how, example }, i) => html`<h3 id="question-${id}">${i + 1}. ${asks}</h3><p>${how}</p><div class="answer"><p>${example}</p></div>`,
        )}`,
      },
      {
        id: 'sure',
        title: say('有多大把握', 'How sure it is'),
        body: html`<p>${say(
          '没有人知道下个月的转化率。所以拿不准的数都带一个范围，页面把 8,192 种可能各算一遍，画成扇形：深色里有一半的可能，浅色里有九成。扇形越宽，说明越不知道，不是画得不准。',
          'Nobody knows next month’s conversion. Uncertain numbers therefore have a range; the page computes 8,192 futures and draws the fan: half of them lie in the dark part, nine in ten in the pale one. A wide fan says how little is known.',
        )}</p><p>${say(
          `${pen.quoted('drivers.heading', 'futures')}告诉你先把哪个数弄准最划算。预设的范围每个都写了理由，点数旁边的“拿不准的范围”就能改。`,
          `${pen.quoted('drivers.heading', 'futures')} tells which number to find out first. Each range of a preset says why; you can change it beside the number.`,
        )} <a href="${pen.to('method', 'uncertainty')}">${say('怎么算的', 'How it is computed')}</a></p>`,
      },
      {
        id: 'limits',
        title: say('它不知道的', 'What it does not know'),
        body: html`<ul>
<li>${say('平台真正的推流算法没人公布。这里用的是公开说法拼出来的模型：波次、再生数、五个指标。', 'The platform’s real ranking is unpublished. This is a model put together from what was said of it: waves, a reproduction number, five indicators.')}</li>
<li>${say('激励计划都有期限。过期的可以试算，会标明已结束；没公布的条件写成假设，单独标出来。', 'Programmes end. Ended ones can be tried and say so; conditions that were not published are assumptions and marked.')}</li>
<li>${say('竞争对手、选品、主播状态、限流和处罚，都不在里面。', 'Competitors, the choice of goods, the host’s form, throttling and penalties are not in it.')}</li>
<li>${say('人数和单数是平均，不是某一场会发生什么。', 'Counts are averages, not what happens in a given session.')}</li>
<li>${say(html`公布的数有的互相矛盾，有的对不上模型：<a href="${pen.to('reality')}">符合现实吗？</a>`, html`Some published figures contradict each other, some do not fit the model: <a href="${pen.to('reality')}">Does it match reality?</a>`)}</li>
</ul>`,
      },
      {
        id: 'privacy',
        title: say('你的数在这台设备上算', 'Your numbers stay on this device'),
        body: html`<p>${say(
          '全部在你的手机或电脑上算。页面打开之后，除了取自己的文件不再发任何请求；没有账号、没有统计、没有广告；浏览器的安全策略也不许它往外发。记录文件只在本机读，关掉就没了。只有你自己发出去的链接、海报和文件里带着你的数。',
          'Everything is computed on your phone or computer. Once open, the page asks for nothing but its own files; there is no account, no tracking, no advertising, and its security policy forbids sending anything elsewhere. Record files are read on the device and forgotten. Only links, posters and files that you send yourself carry your numbers.',
        )}</p>`,
      },
      {
        id: 'send',
        title: say('发给别人、存下来', 'Send it, keep it'),
        body: html`<ul>
<li>${say(html`点${pen.quoted('door', 'share')}。链接里只放和预设不同的数，拿到的人看得到这些数。“平常用”的链接，数在 # 后面，不经过服务器；微信会丢掉 # 后面的，所以另有一种给微信用。`, html`Choose ${pen.quoted('door', 'share')}. A link holds only what differs from the preset, and whoever gets it sees those numbers. In the everyday link they stand behind # and reach no server; WeChat drops that part, hence a second kind for WeChat.`)}</li>
<li>${say('改的数自动存在这台设备上，还能起名存几个方案；改错了能撤销。', 'Changes are kept on this device, several plans under names; every change can be undone.')}</li>
<li>${say('同一个窗口里还有：带二维码的海报（微信里长按保存）、公式是活的 Excel、逐月 CSV、给老板看的两页报告。', 'In the same window: a poster with a QR code (long-press it in WeChat), an Excel workbook whose formulas are live, months as CSV, and a printed report of two pages.')}</li>
<li>${say('导出的文件，命令行也读得懂（growthcalc plan）。', 'The command line reads the exported file as well (growthcalc plan).')}</li>
</ul>`,
      },
      {
        id: 'offline',
        title: say('没网也能用', 'Without a network'),
        body: html`<p>${say(
          '打开过一次，下次没网也能打开、能算；也可以装到桌面。微信里不一定留得住，所以还有一个单文件版 growth-calculator.html：一个文件装下全部，微信里发给同事，保存后用浏览器打开，没网也能算。浏览器太旧跑不了引擎时，页面会说缺什么，先看默认方案的结果。',
          'Once it was open the page opens and computes without a network, and it can be installed. Not every app lets it stay, so there is a one-file edition, growth-calculator.html: send it in a chat, save it, open it in a browser, and it computes without a network. Where a browser is too old for the engine the page says what is missing and shows the default result.',
        )}</p>`,
      },
      {
        id: 'embed',
        title: say('给顾问和服务商：放进自己的页面', 'For consultants: in a page of your own'),
        body: html`<p>${say(
          '同一个引擎是一个 ES 模块，MIT 许可。把 build/wasm/wasm/dist 拷到你的页面旁边：',
          'The same engine is an ES module under the MIT licence. Copy build/wasm/wasm/dist beside your page:',
        )}</p><pre tabindex="0"><code>${embedding}</code></pre><pre tabindex="0"><code>${embeddingScript}</code></pre>
<p>${say(
          html`同样几行在 Worker 和 node 里也能跑，数字一位不差。<code>createGrowth({ full: true })</code> 还能算 breakdown、formulas、simulate、sensitivity、seek、allocate、decide；<code>createGrowth({ records: true })</code> 读订单、场次和合同。类型在 growth.d.ts。每个公式见<a href="${pen.to('method')}">怎么算的</a>。`,
          html`The same lines run in a worker and in node, with the same numbers to the last digit. <code>createGrowth({ full: true })</code> also runs breakdown, formulas, simulate, sensitivity, seek, allocate and decide; <code>createGrowth({ records: true })</code> reads orders, sessions and contracts. Types are in growth.d.ts. For each formula see <a href="${pen.to('method')}">how it is calculated</a>.`,
        )}</p>`,
      },
    ],
  };
}
