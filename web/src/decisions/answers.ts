// Each answer in words, with its picture, the figures beside it, what it rests on, and what to do about it.
// Every amount is the engine's.
import { html, type TemplateResult } from 'lit';
import type {
  CashNeed, DecisionId, Decisions, FirstOrderLoss, GoOrStop, HighestPrice, NextThousand, NextTier, NoAnswer, PrivateScenes, PrivateUsersNeeded, RoomState, Scenario, VoucherWorth,
} from '@engine/growth.js';
import { fieldAt } from '../data.js';
import { dt, type DecisionsKey } from '../i18n/decisions.js';
import { channelName, inSentence, joined, pick, t, type Key } from '../i18n/index.js';
import { count, full, inputText, percent } from '../numbers.js';
import { inputAmount, metricAmount, whole } from '../futures/parts.js';
import { choose, language, policy } from '../state.js';
import { goTo, labelOf } from '../views/field.js';
import { metricName, metricValue, rewardValue } from '../views/results.js';
import { barsPicture, linePicture, type Mark, type Point } from './pictures.js';
import { opened } from './state.js';

/** What stands under an open question. */
export interface Told {
  says: string;
  more?: (string | false | undefined)[];
  figures?: [string, string][];
  pictures: (TemplateResult | undefined)[];
  rests: string;
  /** Inputs it hangs on most. */
  fields: string[];
  actions?: TemplateResult[];
}

const yuan = (value: number) => metricAmount('gmv', value);
const at = (path: string, value: number) => inputAmount(path, value, true).replace(/^-/, '−');
const share = (value: number) => percent(value, language.value).replace('-', '−');
const name = (path: string) => inSentence(labelOf(path));
const signed = (value: number) => (value > 0 ? '+' : '') + yuan(value);
const horizon = (plan: Scenario) => plan.horizon_months!;
/** There may be nothing to draw, as over private users where nobody is or can be moved. */
const pointsOf = ({ curve }: { curve: { points: Point[] } | null }): Point[] => curve?.points ?? [];

const now = (x: number): Mark => ({ x, label: dt('now'), kind: 'now' });
const turn = (x: number, label: string): Mark => ({ x, label, kind: 'turn' });

/** Of what stands at 0 there is no share. */
const away = ({ now, distance }: GoOrStop['flips'][number]) => (now === 0 ? '' : dt('go_or_stop.away', { distance: share(distance) }));

const metric = (id: string) => inSentence(metricName(id));

/** The name a programme has in its pack, or its id. */
function programmeName(id: string, plan: Scenario): string {
  const listed = policy.value?.programmes ?? plan.incentives?.programmes;
  const found = listed?.find((programme) => programme.id === id)?.name;
  return found ? pick(found) : id;
}

function put(path: string, value: number): void {
  const rounded = Number(value.toPrecision(6));
  choose(path, rounded, inputText(rounded, fieldAt(path).unit, language.value));
  goTo(path);
}
const applyTo = (path: string, value: number, label = dt('use', { value: at(path, value) })) =>
  html`<button class="button primary" @click=${() => put(path, value)}>${label}</button>`;
const goToButton = (path: string) => html`<button class="button" @click=${() => goTo(path)}>${dt('goto', { path: labelOf(path) })}</button>`;

function nextTier(answer: NextTier, plan: Scenario): Told {
  const step = answer.steps[0]!;
  const { kind } = step;
  const of = (value: number) => metricValue(step.metric, value);
  const programme = programmeName(step.programme, plan);
  const needed = of(step.needed);
  const places = { month: step.month, metric: metric(step.metric), short: of(step.short_by), needed, programme, extra: rewardValue(kind, step.extra) };
  const what = dt(`next_tier.${step.rung}`, places) + (step.worth === null ? dt('next_tier.noworth') : dt('next_tier.worth', { worth: yuan(step.worth) }));
  const best = answer.verdict === 'pays_anyway' ? step.pushes[0] : [...step.pushes].sort((a, b) => b.net - a.net)[0];
  const words = best && {
    path: name(best.path), now: at(best.path, best.now), needed: at(best.path, best.needed),
    cost: yuan(best.cost), gain: yuan(-best.cost), reward: yuan(best.reward), net: yuan(best.net),
  };
  const discount = step.pushes.find((push) => push.path === 'orders.price_change' && push.needed < push.now);
  return {
    says: dt(`next_tier.${answer.verdict}`, words ?? { needed }),
    more: [
      what,
      discount ? dt('next_tier.discount', { needed: at(discount.path, discount.needed), sign: inSentence(dt(discount.net < 0 ? 'less' : 'more')), net: yuan(Math.abs(discount.net)) }) : dt('next_tier.nodiscount'),
    ],
    pictures: [
      linePicture({
        heading: dt('next_tier.picture', places), points: pointsOf(answer), xName: metricName(step.metric), yName: dt('next_tier.reward'),
        x: of, y: (value) => (kind === 'public_viewers' ? count(value, language.value) : yuan(value)),
        marks: [now(step.now), turn(step.needed, needed)],
      }),
      ...(step.pushes.length > 0
        ? [
            barsPicture(
              dt('next_tier.pushes'),
              step.pushes.map((push) => ({ label: `${labelOf(push.path)} → ${at(push.path, push.needed)}`, text: signed(push.net), value: push.net })),
              [dt('next_tier.push'), dt('next_tier.to'), dt('next_tier.cost'), dt('next_tier.back'), dt('next_tier.net')],
              step.pushes.map((push) => [labelOf(push.path), at(push.path, push.needed), yuan(push.cost), yuan(push.reward), yuan(push.net)]),
            ),
          ]
        : []),
    ],
    rests: dt('next_tier.rests', { months: horizon(plan) }),
    fields: ['live.sessions_per_month', 'orders.price_elasticity', 'incentives.scale'],
    ...(best && answer.verdict !== 'not_worth_it' ? { actions: [applyTo(best.path, best.needed)] } : {}),
  };
}

function voucher(answer: VoucherWorth, plan: Scenario): Told {
  const { cost_per_gmv: cost, gain_per_gmv: gain, discount } = answer;
  const price = plan.orders!.price_change!;
  const cut = (1 + price) * (1 + discount) - 1;
  const words = { yuan: yuan(Math.abs(answer.next_yuan)), discount: share(-discount), profit: yuan(answer.discount_profit), cost: yuan(cost ?? 0), gain: yuan(gain ?? 0) };
  const priceAxis = (value: number) => at('orders.price_change', Number(value.toFixed(4)));
  return {
    says: dt(answer.verdict === 'not_worth_a_discount' && cost === null ? 'voucher.nosales' : answer.verdict === 'none_earned' && answer.next_yuan < 0 ? 'voucher.none_wanted' : `voucher.${answer.verdict}`, words),
    more: [answer.expired > 0.005 && dt('voucher.expired', { expired: yuan(answer.expired) })],
    figures: [
      [dt('voucher.yuan'), yuan(answer.next_yuan)],
      ...(answer.granted > 0
        ? ([
            [dt('voucher.granted'), yuan(answer.granted)], [dt('voucher.used'), yuan(answer.used)],
            [dt('voucher.expires'), yuan(answer.expired)], [dt('voucher.left'), yuan(answer.left)], [dt('voucher.value'), yuan(answer.value)],
          ] as [string, string][])
        : []),
    ],
    pictures: [
      linePicture({
        heading: dt('voucher.picture'), points: pointsOf(answer), xName: labelOf('orders.price_change'), yName: dt('voucher.profit'),
        x: priceAxis, y: yuan, marks: [now(price), ...(discount < 0 ? [turn(cut, priceAxis(cut))] : [])],
      }),
    ],
    rests: dt('voucher.rests'),
    fields: ['vouchers.use_rate', 'vouchers.cost_per_viewer', 'vouchers.precision', 'orders.price_elasticity'],
    actions:
      discount < 0 && answer.verdict !== 'none_earned'
        ? [applyTo('orders.price_change', cut, dt('voucher.apply', { discount: share(-discount) }))]
        : [goToButton(answer.expired > 0.005 ? 'vouchers.use_rate' : 'vouchers.opening_balance')],
  };
}

function privateUsers(answer: PrivateUsersNeeded, plan: Scenario): Told {
  const { leverage, break_even_leverage: even, needed } = answer;
  const users = (value: number) => full(Math.round(value), language.value);
  const multiplier = (value: number) => count(value, language.value);
  const lever = (): string => {
    if (leverage === null) return dt('private_users.leverage.none');
    const kind = even === null ? (answer.profitable ? 'always' : 'never') : answer.profitable ? 'profit' : 'loss';
    return dt(`private_users.leverage.${kind}`, { now: multiplier(leverage), even: multiplier(even ?? 0) });
  };
  return {
    says: dt(`private_users.${answer.verdict}`, { goal: yuan(answer.goal), gmv: yuan(answer.gmv), users: users(answer.users), needed: users(needed ?? 0), most: yuan(answer.most) }),
    more: [answer.verdict === 'needs_more' && answer.worth_per_user !== null && dt(answer.worth_per_user < 0 ? 'private_users.costs' : 'private_users.worth', { worth: yuan(Math.abs(answer.worth_per_user)) }), lever()],
    pictures: [
      linePicture({
        heading: dt('private_users.picture'), points: pointsOf(answer), xName: labelOf('private.users'), yName: dt('private_users.gmv'),
        x: (value) => count(value, language.value), y: yuan,
        marks: [now(answer.users), ...(needed === null ? [] : [turn(needed, `${dt('private_users.goalmark')} ${yuan(answer.goal)}`)])],
      }),
    ],
    rests: dt('private_users.rests', { months: horizon(plan) }),
    fields: ['private.reach_rate', 'private.attend_rate', 'conversion.private', 'quality.benchmark_reproduction'],
    ...(needed === null || answer.verdict === 'met' ? {} : { actions: [applyTo('private.users', needed)] }),
  };
}

function privateScenes(answer: PrivateScenes, plan: Scenario): Told {
  const { profit, profit_all: all, profit_none: none } = answer;
  const months = horizon(plan);
  return {
    says: dt(`private_scenes.${answer.verdict}`, { months, gain: yuan(all - profit), worth: yuan(profit - none), loss: yuan(profit - all) }),
    figures: [
      [dt('private_scenes.none'), yuan(none)], [dt('private_scenes.share', { share: share(answer.share) }), yuan(profit)], [dt('private_scenes.all'), yuan(all)],
    ],
    pictures: [
      linePicture({
        heading: dt('private_scenes.picture'), points: pointsOf(answer), xName: labelOf('private.scene_share'), yName: dt('private_scenes.profit'),
        x: share, y: yuan, marks: [now(answer.share)],
      }),
    ],
    rests: dt('private_scenes.rests', { months, programmes: joined('item', answer.programmes.map((id) => programmeName(id, plan))) }),
    fields: ['private.scene_share', 'private.users', 'business.shop_score'],
    actions: [answer.verdict === 'route_all' ? applyTo('private.scene_share', 1) : goToButton('private.scene_share')],
  };
}


function highestPrice(answer: HighestPrice, plan: Scenario): Told {
  const { channels } = answer;
  const closest = (bought: boolean) =>
    [...channels].filter((channel) => channel.is_bought === bought).sort((a, b) => b.highest - b.paid - (a.highest - a.paid));
  const one = answer.verdict === 'overpaying' ? closest(true).at(-1) : closest(false)[0];
  const words = {
    viewer: yuan(answer.per_viewer), order: yuan(answer.per_order), loss: yuan(-answer.per_order),
    ...(one ? { channel: inSentence(channelName(one.id)), paid: yuan(one.paid), highest: yuan(one.highest) } : {}),
  };
  const price = (channel: (typeof channels)[number]) => yuan(channel.paid) + (channel.is_bought ? '' : dt('highest_price.more'));
  return {
    says: dt(answer.verdict === 'within' && channels.length === 0 ? 'highest_price.nochannels' : `highest_price.${answer.verdict}`, words),
    more: [dt('highest_price.click')],
    figures: [
      [dt('highest_price.viewer'), yuan(answer.per_viewer)], [dt('highest_price.viewer.first'), yuan(answer.per_viewer_first_order)],
      [dt('highest_price.order'), yuan(answer.per_order)], [dt('highest_price.viewer.first'), yuan(answer.per_order_first_order)],
      ...(answer.paid_per_order === null ? [] : [[dt('highest_price.paid'), yuan(answer.paid_per_order)] as [string, string]]),
    ],
    pictures:
      channels.length === 0
        ? []
        : [
            barsPicture(
              dt('highest_price.picture'),
              channels.map((channel) => ({
                label: channelName(channel.id), value: channel.paid, limit: channel.highest, quiet: !channel.is_bought,
                text: `${price(channel)} / ${yuan(channel.highest)}`,
              })),
              [dt('highest_price.channel'), dt('highest_price.paid'), dt('highest_price.highest'), dt('highest_price.perorder')],
              channels.map((channel) => [channelName(channel.id), price(channel), yuan(channel.highest), channel.paid_per_order === null ? '–' : yuan(channel.paid_per_order)]),
            ),
          ],
    rests: dt('highest_price.rests', { months: plan.repurchase!.ltv_months! }),
    fields: ['conversion.public', 'repurchase.private_rate', 'costs.gross_margin', 'orders.return_rate'],
    ...(one ? { actions: [goToButton(`channels[${channels.indexOf(one)}].monthly_spend`)] } : {}),
  };
}

const channelAt = (path: string) => /^channels\[(\d+)\]/.exec(path)?.[1];
function useName(path: string | null, plan: Scenario): string {
  if (path === null) return dt('next_thousand.none');
  const channel = channelAt(path);
  return channel ? channelName(plan.channels![Number(channel)]!.id) : dt(`next_thousand.${path}` as DecisionsKey);
}

function nextThousand(answer: NextThousand, plan: Scenario): Told {
  const months = horizon(plan);
  const [best] = answer.uses;
  const moved = answer.uses.filter((use) => use.path !== null)[0];
  const use = moved && inSentence(useName(moved.path, plan));
  const change = (one: NextThousand['uses'][number]) => (one.path === null ? '–' : `${at(one.path, one.now)} → ${at(one.path, one.then)}`);
  return {
    says: moved ? dt(`next_thousand.${answer.verdict}`, { months, use: use!, gain: yuan(best!.gain), loss: yuan(-moved.gain) }) : dt('next_thousand.keeponly'),
    pictures: [
      barsPicture(
        dt('next_thousand.picture'),
        answer.uses.map((one) => ({
          label: useName(one.path, plan) + (one.vouchers > 0.5 ? ` · ${dt('next_thousand.vouchers', { n: yuan(one.vouchers) })}` : ''),
          text: signed(one.gain), value: one.gain,
        })),
        [dt('next_thousand.use'), dt('next_thousand.change'), dt('next_thousand.gain')],
        answer.uses.map((one) => [useName(one.path, plan), change(one), yuan(one.gain)]),
      ),
      ...(answer.curve && answer.curve.points.length > 1
        ? [
            linePicture({
              heading: dt('next_thousand.picture.more', { use: use! }), points: answer.curve.points, xName: dt('next_thousand.amount'), yName: dt('next_thousand.gain'),
              x: yuan, y: yuan, marks: [turn(answer.amount, yuan(answer.amount))],
            }),
          ]
        : []),
    ],
    rests: dt('next_thousand.rests', { months }),
    fields: ['costs.recruit_cost_per_user', 'private.attend_rate', 'conversion.public', ...(plan.channels!.length > 0 ? ['channels[0].cost_per_viewer'] : [])],
    ...(answer.verdict === 'spend' ? { actions: [applyTo(best!.path!, best!.then, dt('next_thousand.apply', { use: useName(best!.path, plan) }))] } : {}),
  };
}

function room(answer: RoomState, plan: Scenario): Told {
  const { diagnosis } = answer;
  const months = horizon(plan);
  const ofSession = diagnosis.stage === 'established' || diagnosis.stage === 'head';
  const views = whole(ofSession ? diagnosis.viewers_per_session : diagnosis.viewers_2h);
  const best = diagnosis.best_lever;
  const lever = diagnosis.levers.find((one) => one.path === best);
  const indicator = best.startsWith('quality.') ? best.slice('quality.'.length) : '';
  const indicatorName = (id: string) => dt(`room.${id}` as DecisionsKey);
  const value = (id: string, amount: number) =>
    id === 'gpm' ? yuan(amount) : id === 'square_ctr' || id === 'interaction_rate' ? share(amount) : count(amount, language.value);
  const words = lever
    ? { path: name(best), now: at(best, lever.value), then: at(best, lever.value + (lever.profit_per_step < 0 ? -lever.step : lever.step)) }
    : { path: indicator && inSentence(indicatorName(indicator)) };
  const stage = (id: string) => t(`stage.${id}` as Key);
  const fieldsOfRoom = ['quality.square_ctr', 'quality.dwell_minutes', 'quality.interaction_rate', 'private.attend_rate'];
  return {
    says: dt(`room.${answer.verdict}`, { months, gain: yuan(answer.lever_gain), ...words }),
    more: [
      dt(ofSession ? 'room.stage.session' : 'room.stage', { stage: stage(diagnosis.stage), views }),
      answer.next_stage !== null && dt('room.next', { stage: stage(answer.next_stage), views: whole(answer.next_stage_views!) }),
    ],
    pictures: [
      barsPicture(
        dt('room.picture'),
        diagnosis.indicators.map((one) => ({
          label: `${indicatorName(one.id)} ${value(one.id, one.value)} / ${value(one.id, one.benchmark)}${one.ratio > 1 ? ` · ${inSentence(dt('room.above'))}` : ''}`,
          text: signed(one.profit_at_benchmark), value: one.profit_at_benchmark, quiet: one.ratio > 1,
        })),
        [dt('room.indicator.head'), dt('room.value'), dt('room.benchmark'), dt('room.gain')],
        diagnosis.indicators.map((one) => [indicatorName(one.id), value(one.id, one.value), value(one.id, one.benchmark), yuan(one.profit_at_benchmark)]),
      ),
    ],
    rests: dt('room.rests', { months }),
    fields: fieldsOfRoom,
    ...(lever ? { actions: [goToButton(best)] } : fieldsOfRoom.includes(best) ? { actions: [goToButton(best)] } : {}),
  };
}

function firstOrderLoss(answer: FirstOrderLoss): Told {
  const path = answer.curve?.x ?? 'repurchase.private_rate';
  const isPrivate = path === 'repurchase.private_rate';
  // Told of the rate that can be moved, and of the other where only that one gets there.
  const needed = isPrivate ? answer.needed_private_rate : answer.needed_public_rate;
  const told = answer.verdict === 'needs_more' && needed === null && isPrivate ? 'repurchase.public_rate' : path;
  const toldNeeded = told === path ? needed : answer.needed_public_rate;
  const current = told === 'repurchase.private_rate' ? answer.private_rate : answer.public_rate;
  const rate = isPrivate ? answer.private_rate : answer.public_rate;
  const words = {
    margin: yuan(answer.first_order_margin), cac: yuan(answer.acquisition), worth: yuan(answer.customer_worth), months: answer.months,
    repeats: yuan(answer.repeats_worth), gap: yuan(answer.acquisition - answer.first_order_margin),
    path: name(told), now: at(told, current), needed: toldNeeded === null ? '' : at(told, toldNeeded),
  };
  const free = answer.verdict === 'first_order_pays' && answer.acquisition === 0;
  const plan = answer.plan_private_rate;
  return {
    says: dt(free ? 'first_order_loss.first_order_free' : `first_order_loss.${answer.verdict}`, words),
    more: [
      answer.payback_months !== null && answer.payback_months > 0 && dt('first_order_loss.payback', { n: answer.payback_months }),
      answer.verdict === 'pays_back' && (needed === null ? dt('first_order_loss.sparefree', { path: name(path) }) : dt('first_order_loss.spare', { path: name(path), needed: at(path, needed), now: at(path, rate) })),
      plan !== null && dt('first_order_loss.plan', { path: name('repurchase.private_rate'), needed: at('repurchase.private_rate', plan) }),
    ],
    figures: [
      [dt('first_order_loss.margin'), yuan(answer.first_order_margin)], [dt('first_order_loss.repeats'), yuan(answer.repeats_worth)],
      [dt('first_order_loss.worth'), yuan(answer.customer_worth)], [dt('first_order_loss.cac'), yuan(answer.acquisition)],
    ],
    pictures: [
      linePicture({
        heading: dt('first_order_loss.picture', { path: name(path) }), points: pointsOf(answer), xName: labelOf(path), yName: dt('first_order_loss.left'),
        x: share, y: yuan, marks: [now(rate), ...(needed === null ? [] : [turn(needed, `${inSentence(dt('first_order_loss.even'))} ${share(needed)}`)])],
      }),
    ],
    rests: dt('first_order_loss.rests', { months: answer.months }),
    fields: ['repurchase.private_rate', 'repurchase.public_rate', 'repurchase.orders_per_repeater', 'costs.gross_margin'],
    actions: [goToButton(told)],
  };
}

function cash(answer: CashNeed, plan: Scenario): Told {
  const path = 'costs.settlement_days';
  const months = horizon(plan);
  const days = (value: number) => (value === 0 ? dt('cash.today') : dt('cash.days', { days: value }));
  const need = (low: number) => (low < 0 ? yuan(-low) : dt('cash.never'));
  return {
    says: dt(`cash.${answer.verdict}`, { low: yuan(-answer.low), month: answer.low_month, zero: need(answer.settlements[0]!.low) }),
    more: [answer.unsettled > 0 && dt('cash.unsettled', { unsettled: yuan(answer.unsettled), month: answer.unsettled_month })],
    pictures: [
      linePicture({
        heading: dt('cash.picture'), points: pointsOf(answer), xName: dt('month.axis'), yName: dt('cash.cumulative'),
        x: String, y: yuan, place: (month) => dt('month', { month }), marks: answer.low_month > 0 ? [turn(answer.low_month, `${inSentence(dt('cash.low'))} ${yuan(answer.low)}`)] : [],
      }),
      barsPicture(
        dt('cash.bars'),
        answer.settlements.map((one) => ({ label: days(one.days), text: need(one.low), value: one.low })),
        [dt('cash.days.head'), dt('cash.need'), dt('cash.month')],
        answer.settlements.map((one) => [days(one.days), need(one.low), one.month > 0 ? String(one.month) : '–']),
      ),
    ],
    rests: dt('cash.rests', { days: full(answer.settlement_days, language.value), months }),
    fields: [path, 'costs.fixed_monthly', 'costs.gross_margin', ...(plan.channels!.length > 0 ? ['channels[0].monthly_spend'] : [])],
    actions: [goToButton(path)],
  };
}

function goOrStop(answer: GoOrStop, plan: Scenario): Told {
  const months = horizon(plan);
  const [flip, ...others] = answer.flips;
  const words = flip && { path: name(flip.path), now: at(flip.path, flip.now), value: at(flip.path, flip.value), distance: away(flip) };
  const payback = answer.payback_month === null ? dt('go_or_stop.nopayback') : dt('go_or_stop.payback', { month: answer.payback_month });
  // Nothing comes in and nothing goes out.
  const idle = answer.profit === 0 && answer.payback_month === 1;
  return {
    says: dt(idle ? 'go_or_stop.idle' : `go_or_stop.${answer.verdict}`, {
      months, profit: yuan(answer.profit), loss: yuan(-answer.profit), payback: inSentence(payback),
      use: inSentence(useName(answer.next_thousand_path, plan)), gain: yuan(answer.next_thousand_gain), ...words,
    }),
    more: [idle ? false : !words ? dt('go_or_stop.noflip') : answer.verdict !== 'fix' && dt(answer.profit >= 0 ? 'go_or_stop.flip.loses' : 'go_or_stop.flip.gains', words)],
    pictures: flip
      ? [
          linePicture({
            heading: dt('go_or_stop.picture', { path: name(flip.path), months }), points: pointsOf(answer), xName: labelOf(flip.path), yName: dt('go_or_stop.profit'),
            x: (value) => at(flip.path, Number(value.toPrecision(3))), y: yuan, marks: [now(flip.now), turn(flip.value, at(flip.path, flip.value))],
          }),
          ...(others.length > 0
            ? [
                barsPicture(
                  dt('go_or_stop.list'),
                  answer.flips.map((one) => ({ label: `${labelOf(one.path)} ${at(one.path, one.now)} → ${at(one.path, one.value)}`, text: one.now === 0 ? '' : share(one.distance), value: one.distance, quiet: true })),
                  [dt('go_or_stop.belief'), dt('now'), dt('go_or_stop.value'), dt('go_or_stop.distance')],
                  answer.flips.map((one) => [labelOf(one.path), at(one.path, one.now), at(one.path, one.value), one.now === 0 ? '–' : share(one.distance)]),
                ),
              ]
            : []),
        ]
      : [],
    rests: dt('go_or_stop.rests'),
    fields: answer.flips.slice(0, 4).map((one) => one.path),
    actions: [
      ...(answer.verdict === 'scale' ? [html`<button class="button primary" @click=${() => (opened.value = 'next_thousand')}>${dt('q.next_thousand')}</button>`] : []),
      ...(flip ? [goToButton(flip.path)] : []),
    ],
  };
}

const tellers: { [Id in DecisionId]: (answer: Exclude<NonNullable<Decisions[Id]>, NoAnswer>, plan: Scenario) => Told } = {
  next_tier: nextTier, voucher, private_users: privateUsers, private_scenes: privateScenes, highest_price: highestPrice,
  next_thousand: nextThousand, room, first_order_loss: firstOrderLoss, cash, go_or_stop: goOrStop,
};

/** The question's answer as the page tells it; `plan` is the completed scenario it was asked of. */
export const tell = <Id extends DecisionId>(id: Id, answer: Exclude<NonNullable<Decisions[Id]>, NoAnswer>, plan: Scenario): Told => tellers[id](answer, plan);
