// The ad budget: as it is spent, split equally, and split best, side by side.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { batch, signal } from '@preact/signals-core';
import { sum } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Allocation, Split } from '@engine/growth.js';
import { ft, type FuturesKey } from '../i18n/futures.js';
import { channelName, inSentence, joined, labelled } from '../i18n/index.js';
import { full, count, inputText, percent, readNumber, yuan } from '../numbers.js';
import { base, channels, choose, language, scenario } from '../state.js';
import { amountLines } from '../views/axes.js';
import { Stops } from '../views/stops.js';
import { anchor, choice, emptyView, lineThrough, stateView, twin, widths } from './parts.js';
import { allocation, budget, judgeBy, judged, objective, spentNow, statistic, statistics } from './state.js';

const typed = signal<string | undefined>(undefined);
const stops = new Stops('curve');
const money = (value: number) => yuan(value, language.value);
/** A spend to the ¥, so that the split can be typed elsewhere. */
const spend = (value: number) => `¥${full(Math.round(value), language.value)}`;
const question = () => (statistic.value === 'plan' ? allocation : judged);
/** What the answer that is shown was asked for, which may be older than the inputs. */
const asked = () => (statistic.value === 'plan' ? undefined : judged.answered.value?.request);
const goal = () => asked()?.allocate?.objective ?? objective.value;
const what = () => inSentence(ft(`metric.${goal()}` as FuturesKey));
const months = () => (asked() ?? scenario.value).horizon_months ?? base.value.horizon_months ?? 12;
/** What a split is worth: ¥, or a chance. */
const worth = (value: number) => (statistic.value === 'probability' ? percent(value, language.value, 1) : money(value));
const worthName = () => (statistic.value === 'plan' ? ft(`metric.${goal()}`) : ft(`alloc.row.${statistic.value}`, { what: ft(`metric.${goal()}`) }));
const splitNames = ['now', 'equal', 'best'] as const;
const splitsOf = (answer: Allocation): Record<(typeof splitNames)[number], Split> => ({ now: answer.current, equal: answer.equal_split, best: answer });
const spentOf = (split: Split) => sum(Object.values(split.spend));
/** Differences that no merchant would act on. */
const same = (a: number, b: number) => Math.abs(a - b) <= 1e-3 * Math.max(1, Math.abs(a), Math.abs(b));

function difference(value: number, now: number): string {
  if (worth(value) === worth(now)) return ft('alloc.diff.same');
  return ft(value > now ? 'alloc.diff.more' : 'alloc.diff.less', {
    x: statistic.value === 'probability' ? ft('alloc.points', { n: count(Math.abs(value - now) * 100, language.value) }) : money(Math.abs(value - now)),
  });
}

function sentence(answer: Allocation): string {
  const gain = answer.objective - answer.current.objective;
  const words = { months: months(), what: what(), best: money(answer.objective), gain: money(gain), loss: money(-gain) };
  if (statistic.value !== 'plan') {
    const kind = same(answer.objective, answer.current.objective) ? 'same' : 'best';
    const told = ft(`alloc.says.${statistic.value}.${kind}`, { ...words, best: worth(answer.objective), now: worth(answer.current.objective) });
    const left = answer.unspent > 0.005 * (answer.unspent + spentOf(answer)) ? ft('alloc.unspent.sure', { unspent: money(answer.unspent) }) : '';
    const n = count(asked()?.uncertainty?.trials ?? 8192, language.value);
    return joined('sentence', [told, left, ft('alloc.samefutures', { n })]);
  }
  const first = ft(same(answer.objective, answer.current.objective) ? 'alloc.says.same' : gain > 0 ? 'alloc.says.gain' : 'alloc.says.less', words);
  const rest = answer.unspent > 0.005 * Math.max(1, answer.unspent + spentOf(answer)) ? ft('alloc.unspent', { unspent: money(answer.unspent) }) : '';
  return joined('sentence', [first, rest]);
}

function splitsView(answer: Allocation): TemplateResult {
  const splits = splitsOf(answer);
  const ids = Object.keys(answer.spend);
  const widest = Math.max(1, ...splitNames.map((name) => spentOf(splits[name])));
  const x = scaleLinear().domain([0, widest]).range([0, 300]);
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="alloc-heading">
    <table class="splits">
      <thead>
        <tr>
          <th scope="col">${ft('alloc.split')}</th>
          ${splitNames.map((name) => html`<th scope="col" class=${name}>${ft(`alloc.${name}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        <tr aria-hidden="true" class="picture">
          <td></td>
          ${splitNames.map((name) => {
            let left = 0;
            return html`<td class=${name}>
              <svg class="bar" viewBox="0 0 300 14" preserveAspectRatio="none">
                <rect class="track" width="300" height="14"></rect>
                ${ids.map((id, i) => {
                  const from = left;
                  left += splits[name].spend[id] ?? 0;
                  return svg`<rect class="c${i % 4}" x=${x(from)} width=${Math.max(0, x(left) - x(from) - 1)} height="14"></rect>`;
                })}
              </svg>
            </td>`;
          })}
        </tr>
        ${ids.map(
          (id, i) => html`<tr>
            <th scope="row"><span class="named"><i class="key c${i % 4}"></i><span>${channelName(id)}</span></span></th>
            ${splitNames.map((name) => html`<td class=${name}>${spend(splits[name].spend[id] ?? 0)}</td>`)}
          </tr>`,
        )}
        ${answer.unspent > 0.005 * Math.max(1, spentOf(answer))
          ? html`<tr><th scope="row">${ft('alloc.left')}</th><td></td><td></td><td class="best">${spend(answer.unspent)}</td></tr>`
          : nothing}
        <tr class="outcome">
          <th scope="row">${worthName()}</th>
          ${splitNames.map(
            (name) => html`<td class=${name}><b class=${splits[name].objective < 0 ? 'loss' : ''}>${worth(splits[name].objective)}</b>
              <small>${name === 'now' ? nothing : difference(splits[name].objective, answer.current.objective)}</small></td>`,
          )}
        </tr>
      </tbody>
    </table>
  </div>`;
}

/** What the next ¥ brings, and how exactly the best has to be met. */
function notes(answer: Allocation): TemplateResult {
  return html`<ul class="notes-list quiet">
    ${Object.keys(answer.spend).map((id) => {
      const flat = answer.flat?.[id];
      const parts = [
        // Over futures the search looks at some of them: too coarse for a single ¥.
        statistic.value !== 'plan' || answer.marginal[id] === undefined ? '' : ft('alloc.marginal', { what: what(), months: months(), x: money(answer.marginal[id]!) }),
        flat && flat[1] - flat[0] > 1 ? ft('alloc.flat', { low: money(flat[0]), high: money(flat[1]) }) : '',
      ].filter(Boolean);
      return parts.length === 0 ? nothing : html`<li>${labelled(channelName(id), joined('semicolon', parts))}</li>`;
    })}
  </ul>`;
}

const height = 170;
const margin = { top: 10, right: 8, bottom: 26, left: 54 };

function curve(answer: Allocation): TemplateResult {
  const points = answer.curve;
  const width = widths.value.whole;
  const x = scaleLinear().domain([points[0]!.budget, points.at(-1)!.budget]).range([margin.left, width - margin.right]);
  const values = points.map((p) => p.objective);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = scaleLinear().domain(low === high ? [low - 1, high + 1] : [low, high]).nice(3).range([height - margin.bottom, margin.top]);
  const step = (width - margin.left - margin.right) / Math.max(1, points.length - 1);
  const at = budget.value ?? spentNow.value;
  const peak = points.find((p) => p.objective >= high - 1e-3 * (high - low || 1))!;
  return html`<h3>${ft('alloc.curve')}</h3>
    <p class="says">
      ${ft('alloc.curve.says', {
        from: money(points[0]!.budget), atfrom: money(values[0]!), to: money(points.at(-1)!.budget), atto: money(values.at(-1)!),
        peak: peak === points.at(-1) ? ft('alloc.curve.rising') : ft('alloc.curve.peak', { budget: money(peak.budget) }),
      })}
    </p>
    <div class="drawing curve">
      ${stops.frame(width, height, ft('alloc.curve'), points.length, svg`
        <g class="axis" aria-hidden="true">
          ${amountLines({ width, height, margin }, y, money, { ticks: 3 })}
          ${x.ticks(Math.max(2, Math.floor(width / 110))).map((tick) => svg`<text x=${x(tick)} y=${height - 8} text-anchor=${anchor(x(tick), width)}>${money(tick)}</text>`)}
          ${at >= points[0]!.budget && at <= points.at(-1)!.budget ? svg`<line class="target" x1=${x(at)} x2=${x(at)} y1=${margin.top} y2=${height - margin.bottom}></line>` : nothing}
        </g>
        <path class="middle" aria-hidden="true" d=${lineThrough(points.map((p) => [x(p.budget), y(p.objective)] as const))}></path>
        ${points.map((p, i) =>
          stops.stop(
            i, labelled(money(p.budget), money(p.objective)),
            { x: x(p.budget) - step / 2, y: margin.top, width: step, height: height - margin.top - margin.bottom },
            stops.at.value === i ? svg`<circle class="dot" cx=${x(p.budget)} cy=${y(p.objective)} r="4"></circle>` : nothing,
          ),
        )}
      `)}
    </div>
    <p class="legend">
      ${stops.at.value === undefined
        ? html`<span><i class="k-target"></i>${ft('alloc.budget')} <b>${money(at)}</b></span>`
        : html`<span>${ft('alloc.curve.budget')} <b>${money(points[stops.at.value]?.budget ?? 0)}</b></span> <span>${ft(`metric.${objective.value}`)} <b>${money(points[stops.at.value]?.objective ?? 0)}</b></span>`}
    </p>
    ${twin([ft('alloc.curve.budget'), ft(`metric.${objective.value}`)], points.map((p) => [money(p.budget), money(p.objective)]), ft('alloc.curve'))}`;
}

function apply(answer: Allocation): void {
  batch(() =>
    channels.value.forEach(({ id }, i) => {
      const monthly = Number((answer.spend[id] ?? 0).toPrecision(6));
      choose(`channels[${i}].monthly_spend`, monthly, inputText(monthly, 'yuan', language.value));
    }),
  );
}

export function allocationView(): TemplateResult | typeof nothing {
  if (channels.value.length === 0) return nothing;
  const { answer: newest, state } = question();
  // An answer to the other question says nothing of this one.
  const answer = statistic.value === 'plan' || asked()?.allocate?.statistic === statistic.value ? newest : undefined;
  const read = typed.value === undefined ? undefined : readNumber(typed.value, 'amount');
  return html`<section class="card-box alloc-card" aria-labelledby="alloc-heading" aria-busy=${state === 'updating'} data-state=${state}>
    <div class="heading">
      <h2 id="alloc-heading">${ft('alloc.heading')}</h2>
      ${stateView(question())}
    </div>
    <div class="controls">
      <label for="alloc-budget">${ft('alloc.budget')}</label>
      <span class="entry">
        <input
          id="alloc-budget" type="text" inputmode="decimal" autocomplete="off"
          aria-invalid=${read?.kind === 'unreadable' || (read?.kind === 'number' && read.value < 0)}
          .value=${live(typed.value ?? inputText(spentNow.value, 'yuan', language.value))}
          @input=${(event: Event) => {
            typed.value = (event.target as HTMLInputElement).value;
            const now = readNumber(typed.value, 'amount');
            if (now.kind === 'number' && now.value >= 0) budget.value = now.value;
            if (now.kind === 'empty') [typed.value, budget.value] = [undefined, undefined];
          }}
        />
      </span>
      ${statistic.value === 'probability'
        ? nothing
        : choice('alloc-objective', ft('alloc.objective'), ['profit', 'gmv'] as const, objective.value, (m) => ft(`metric.${m}`), (m) => (objective.value = m))}
      ${choice('alloc-statistic', ft('alloc.statistic'), statistics, statistic.value, (s) => ft(`alloc.statistic.${s}`), judgeBy)}
    </div>
    ${read?.kind === 'unreadable' ? html`<p class="problem">${ft('target.unreadable', { text: typed.value! })}</p>` : nothing}
    ${answer
      ? html`<p class="says">${sentence(answer)}</p>
          ${splitsView(answer)} ${notes(answer)}
          <button class="button" ?disabled=${state !== 'current' || same(answer.objective, answer.current.objective)} @click=${() => apply(answer)}>${ft('alloc.apply')}</button>
          ${statistic.value === 'plan' && answer.curve.length > 1 ? curve(answer) : nothing}`
      : emptyView(question())}
  </section>`;
}
