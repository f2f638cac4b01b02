// What the present inputs change against the base: a line under the verdict, a word in the bar at the
// bottom, and a note on the cards.
import { html, nothing, type TemplateResult } from 'lit';
import type { Plan } from '@engine/growth.js';
import { ct, type CompareKey } from '../i18n/compare.js';
import { inSentence, joined, signOf, unbroken } from '../i18n/index.js';
import { yuan } from '../numbers.js';
import { isOwn } from '../share/draft.js';
import { preset } from '../state.js';
import { language, type Beside } from '../state.js';
import { paybackText } from '../views/results.js';
import { baseCase, changed, type Case, type Planned } from './cases.js';
import { arrow, between, cashLow, differenceOf, gmv, metrics, profit, shareOf, type Difference, type Metric } from './difference.js';
import { changes, type Row } from './inputs.js';

/** Inputs that are named before the rest is counted. */
const named = 3;
const payback = metrics.find(({ id }) => id === 'payback_month')!;

export const inWords = ({ sign, text }: Difference): string => arrow(sign) + text;
export const baseName = (base: Case): string => (base.id === 'preset' && !isOwn(preset.value) ? ct('base.preset') : ct('base.named', { name: base.name }));

function piece(metric: Metric, now: Planned, base: Planned): string {
  const found = differenceOf(metric, now, base)!;
  const what = ct(`line.${metric.id}` as CompareKey);
  return found.sign === 0 ? ct('line.same', { what }) : ct('line.differs', { what, difference: inWords(found) });
}
function paybackPiece(now: Planned, base: Planned): string {
  const found = differenceOf(payback, now, base)!;
  const { payback_month: month } = now.plan.summary;
  const text = month === null ? ct('line.nopayback') : ct('line.payback', { month: inSentence(paybackText(month)) });
  return ct('line.bracket', { text, difference: found.sign === 0 ? ct('line.unchanged') : inWords(found) });
}

/** What the plan changes: the beginning of a sentence, and the rest of it. */
function result(now: Planned, base: Planned): [string, string] {
  const others = [gmv, cashLow].filter((metric) => differenceOf(metric, now, base)!.sign !== 0);
  const first = joined('comma', [piece(profit, now, base), paybackPiece(now, base)]);
  return [ct('line', { base: baseName(base), pieces: first }), others.map((metric) => signOf('comma') + piece(metric, now, base)).join('')];
}
export const resultSentence = (now: Planned, base: Planned): string => result(now, base).join('') + ct('line.end');

const inputPiece = ({ label, texts, long }: Row) => (long ? ct('line.list', { label }) : ct('line.input', { label, from: texts[0]!, to: texts[1]! }));
/** Which inputs are behind it. */
export function inputSentence(rows: readonly Row[]): string {
  const more = rows.length > named ? [ct('line.more', { n: rows.length - named })] : [];
  return ct('line.inputs', { n: rows.length, pieces: joined('comma', [...rows.slice(0, named).map(inputPiece), ...more]) });
}

function line(): TemplateResult | typeof nothing {
  const now = changed.value;
  if (!now) return nothing;
  const better = differenceOf(profit, now, baseCase.value)!.sign;
  const [start, rest] = result(now, baseCase.value);
  return html`<div class="whatif ${better > 0 ? 'better' : better < 0 ? 'worse' : ''}" data-whatif>
    <p>${unbroken(start)}<span class="rest">${unbroken(rest)}</span>${ct('line.end')}</p>
    <p class="quiet">${unbroken(inputSentence(changes.value))}</p>
  </div>`;
}

function short(): string {
  const now = changed.value;
  if (!now) return '';
  const [after, before] = [now.plan.summary.profit, baseCase.value.plan.summary.profit];
  const found = differenceOf(profit, now, baseCase.value)!;
  if (found.sign === 0) return '';
  return arrow(found.sign) + (shareOf(after, before) ?? `${after > before ? '+' : '−'}${yuan(Math.abs(after - before), language.value)}`);
}

function change(plan: Plan, read: (of: Plan) => number, show: (value: number) => string): string | undefined {
  if (!changed.value) return undefined;
  const found = between(read(plan), read(baseCase.value.plan), show, 'card.more', 'card.less');
  return found.sign === 0 ? ct('card.same') : inWords(found);
}

export const whatIf: Beside = { line, short, change };
