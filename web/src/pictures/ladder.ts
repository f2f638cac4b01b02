// The published stages of a room as rungs, where it stands in a month, and how far the next one is.
import { html, nothing, type TemplateResult } from 'lit';
import type { Breakdown } from '@engine/growth.js';
import { twin } from '../futures/parts.js';
import { catalogue } from '../data.js';
import { joined, t } from '../i18n/index.js';
import { pt } from '../i18n/pictures.js';
import { inMonth } from './asked.js';
import { digits, monthOf, num } from './state.js';
import { stepper } from './stepper.js';

type Rung = Breakdown['room']['rungs'][number];

const stageName = (stage: Rung['stage']) => pt(`stage.${stage}`);
const condition = ({ metric, from, exclusive }: Rung) => (from === 0 ? pt('ladder.start') : pt(exclusive ? 'ladder.above' : 'ladder.from', { metric: pt(`metric.${metric}`), from: digits(from) }));

export function ladderView({ room }: Breakdown): TemplateResult {
  const { rungs, months } = room;
  const month = monthOf(months.length);
  const now = months[month]!;
  const place = (stage: Rung['stage']) => rungs.findIndex((rung) => rung.stage === stage);
  const at = place(now.stage);
  const next = now.next && rungs[place(now.next.stage)]!;
  const climb = months.findIndex(({ stage }, i) => i > month && place(stage) > at);
  const after = climb > 0 ? pt('ladder.climb', { month: climb + 1, stage: stageName(months[climb]!.stage) }) : months.every(({ stage }) => stage === now.stage) ? pt('ladder.flat', { months: months.length }) : '';
  const distance = now.next && next ? pt('ladder.next', { stage: stageName(next.stage), short: num(now.next.short_by), metric: pt(`metric.${next.metric}`) }) : pt('ladder.top');
  return html`${stepper(months.length)}
    <p class="says">${joined('sentence', [pt('ladder.says', { month: month + 1, two: num(now.viewers_2h), whole: num(now.viewers_per_session) }), distance, after])}</p>
    <ol class="ladder" reversed>
      ${[...rungs].reverse().map((rung) => {
        const i = place(rung.stage);
        const reading = now[rung.metric];
        const state = i === at ? 'here' : i < at ? 'passed' : 'ahead';
        const grade = rung.fact ? catalogue.grades[rung.fact] : undefined;
        return html`<li class=${state} aria-current=${i === at ? 'step' : nothing}>
          <span class="sign" aria-hidden="true">${state === 'here' ? '●' : state === 'passed' ? '✓' : '○'}</span>
          <b>${stageName(rung.stage)}</b>
          <span class="rule">${condition(rung)} ${grade ? html`<span class="chip published">${t('chip.published', { grade })}</span>` : nothing}</span>
          <span class="state-word">${i === at + 1 && now.next ? pt('ladder.ahead', { short: num(now.next.short_by) }) : state === 'ahead' ? nothing : pt(`ladder.${state}`)}</span>
          ${i === at + 1 ? html`<svg class="bar" viewBox="0 0 200 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="200" height="8"></rect><rect class="positive" width=${200 * Math.min(1, reading / rung.from)} height="8"></rect></svg>` : nothing}
        </li>`;
      })}
    </ol>
    ${twin(
      [pt('cash.head.month'), pt('ladder.head.stage'), ...(['viewers_2h', 'viewers_per_session'] as const).map((id) => inMonth(id, pt(`metric.${id}`), month + 1))],
      months.map((reading, i) => [pt('month', { month: i + 1 }), stageName(reading.stage), digits(reading.viewers_2h), digits(reading.viewers_per_session)]),
      pt('ladder'),
    )}`;
}
