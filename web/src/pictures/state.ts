// The plan taken apart, asked of a worker of its own, and what is being looked at.
import { batch, signal } from '@preact/signals-core';
import type { Breakdown } from '@engine/growth.js';
import { createWorker } from '../futures/hands.js';
import { stands } from '../rest.js';
import { Question } from '../futures/state.js';
import { Bench } from '../futures/workshop.js';
import { count, full, percent, yuan } from '../numbers.js';
import { engine, language, outcome, scenario } from '../state.js';
import { Stops } from '../views/stops.js';

export const parts = new Question<Breakdown>(new Bench(createWorker, stands), 'breakdown', () =>
  engine.value && outcome.value.kind === 'plan' ? scenario.value : undefined,
);

export const tabs = ['flywheel', 'bridge', 'cash', 'cohorts', 'ladder', 'roi'] as const;
export const tab = signal<(typeof tabs)[number]>('flywheel');

const chosen = signal(0);
/** Nodes of the flywheel come and go with the months: what was pointed at is forgotten. */
export const flywheelStops = new Stops('flywheel');
export const chooseMonth = (month: number) => batch(() => ([chosen.value, flywheelStops.at.value] = [month, undefined]));
/** The month that is looked at, from 0; the last where the plan is shorter. */
export const monthOf = (months: number): number => Math.min(chosen.value, months - 1);

/** Inner width of the card, in px. */
export const width = signal(324);

const minus = (text: string) => text.replace('-', '−');
export const num = (value: number): string => minus(count(value, language.value));
export const digits = (value: number): string => minus(full(value, language.value));
export const money = (value: number): string => yuan(value, language.value);
export const share = (value: number): string => percent(value, language.value, 0);
/** Expected numbers of people and orders: whole from ten on. */
export const heads = (value: number): string => num(value < 10 ? value : Math.round(value));
/** A ratio that is set against others: always two digits after the point. */
export const factor = (value: number): string => (Math.abs(value) < 1000 ? minus(value.toFixed(2)) : digits(value));
