// What a poster and a report say of the plan: the sentence, five numbers, what they hang on. Every number is
// the engine's, and none is of other inputs than those on the page.
import { computed, signal } from '@preact/signals-core';
import type { Explanation, Plan, Preset } from '@engine/growth.js';
import { fieldAt } from '../data.js';
import { essential } from '../fields.js';
import { chance, inputAmount, metricAmount, whole } from '../futures/parts.js';
import { driverMetric, drivers, futures, valueOf } from '../futures/state.js';
import { et } from '../i18n/export.js';
import { pick } from '../i18n/index.js';
import { count, percent, yuan } from '../numbers.js';
import { engine, language, preset, scenario } from '../state.js';
import { labelOf, originText, provenance } from '../views/field.js';
import { stageNote, verdictOf } from '../views/results.js';
import { cleanName } from './files.js';
import type { Piece } from './lettering.js';

/** As typed, for the preset it was typed for; until then the preset's own. */
const typed = signal<{ of: Preset; text: string } | undefined>(undefined);
export const typedName = computed(() => (typed.value?.of === preset.value ? typed.value.text : undefined));
export const typeName = (text: string): void => void (typed.value = { of: preset.value, text });
export const planName = computed(() => cleanName(typedName.value ?? '') || cleanName(pick(preset.value.name)) || et('name.none'));

export const money = (value: number): string => yuan(value, language.value);

/** The sentence, with its two amounts set off. */
export const verdict = (plan: Plan): Piece[] =>
  verdictOf(plan, (text, loss): Piece => ({ text, tone: loss ? 'loss' : 'gain' })).map((piece) => (typeof piece === 'string' ? { text: piece } : piece));

/** How many of the futures end with a profit, while that is known of these inputs. */
export function chanceSentence(): string | undefined {
  if (futures.state !== 'current' || !futures.answer) return undefined;
  return et('chance', { n: whole(futures.answer.trials), p: chance(futures.answer.probability.profit_positive) });
}

export interface Figure {
  label: string;
  value: string;
  note: string;
  loss: boolean;
}

export function figures(plan: Plan): Figure[] {
  const { summary, diagnosis, scenario: { horizon_months: months } } = plan;
  const { payback_month: payback, cash_low: low, settled_gmv: settled } = summary;
  return [
    {
      label: et('figure.profit'), value: money(summary.profit / months!), loss: summary.profit < 0,
      note: settled > 0 ? et('figure.profit.note', { share: percent(summary.profit / settled, language.value).replace('-', '−') }) : et('figure.profit.nonote'),
    },
    { label: et('figure.gmv'), value: money(summary.gmv / months!), note: et('figure.gmv.note', { settled: money(settled / months!) }), loss: false },
    {
      label: et('figure.cash'), value: money(Math.max(0, -low)), loss: false,
      note: payback === null ? et('figure.cash.never') : et('figure.cash.note', { month: payback }),
    },
    { label: et('figure.viewers'), value: count(diagnosis.viewers_2h, language.value), note: stageNote(plan), loss: false },
    {
      label: et('figure.public'), value: percent(summary.public_share, language.value), loss: false,
      note: summary.leverage === null ? et('figure.public.nonote') : et('figure.public.note', { leverage: count(summary.leverage, language.value) }),
    },
  ];
}

/** Where an input's value comes from, as on its chip. */
export const originOf = (path: string): string => originText(provenance(path, fieldAt(path)));

export interface Carrier {
  path: string;
  label: string;
  value: string;
  origin: string;
  /** What the result becomes at either end of the input's own range. */
  ends?: { low: string; high: string; atLow: string; atHigh: string };
}

/** The number that stands in an input; nothing where the plan has no such input: luck has no field. */
function valueKnown(path: string): number | undefined {
  try {
    return fieldAt(path) && valueOf(path);
  } catch {
    return undefined;
  }
}
export const isInput = (path: string): boolean => valueKnown(path) !== undefined;
export const carrier = (path: string): Carrier => ({ path, label: labelOf(path), value: inputAmount(path, valueKnown(path)!, true), origin: originOf(path) });

/** The inputs that move the result most, while that is known of these inputs; otherwise those that matter to
 *  most plans, in no order. */
export function carriers(n: number): { ranked: boolean; list: Carrier[] } {
  const weighed = drivers.state === 'current' ? (drivers.answer?.tornado ?? []) : [];
  const list = weighed.filter(({ path }) => isInput(path)).slice(0, n).map(({ path, low, high, at_low, at_high }) => ({
    ...carrier(path),
    ends: { low: inputAmount(path, low), high: inputAmount(path, high), atLow: metricAmount(driverMetric.value, at_low), atHigh: metricAmount(driverMetric.value, at_high) },
  }));
  if (list.length > 0) return { ranked: true, list };
  return { ranked: false, list: essential.filter(isInput).slice(0, n).map(carrier) };
}

/** Inputs with a number, in the order of a report: what moves most, what is the merchant's own, what matters
 *  to most plans. */
export const listed = (own: Iterable<string>): string[] => [...new Set([...carriers(6).list.map(({ path }) => path), ...own, ...essential])].filter(isInput);

/** Definitions, in the engine's words. */
export const definitions = (metrics: readonly string[]): { label: string; text: string }[] =>
  metrics.flatMap((metric) => {
    const answer = engine.value!.run('explain', { ...scenario.value, explain: { metric } }) as Explanation | { errors: unknown };
    return 'errors' in answer ? [] : [{ label: pick(answer.label), text: pick(answer.definition) }];
  });
