// Answers of the commands that read records, as far as the page shows them.
import type { Distribution, Failure, Problem, RecognisedColumns, Scenario } from '@engine/growth.js';
import type { Source } from '../state.js';
import type { Text } from '../types.js';

export type { Failure, Problem, Source };

export type Recognition = RecognisedColumns;
export type DateOrder = NonNullable<Recognition['date_order']>;

/** What all three kinds have. */
export interface Read {
  rows: number;
  columns: Record<string, string>;
  dropped: Record<string, number>;
  dropped_rows: Record<string, number[]>;
  scenario: Scenario;
  uncertainty: { inputs: Record<string, Distribution> };
  warnings: { code: string; path: string; message: Text }[];
}

export interface Fitted {
  parameters: Record<string, number>;
  /** Nothing at a boundary. */
  interval: Record<string, [number, number]> | null;
  log_likelihood: number;
  bic: number;
  at_boundary: boolean;
  holdout: { actual: number; predicted: number; mae: number; rmse: number } | null;
  by_orders: { orders: number; more: boolean; customers: number; actual: number; predicted: number }[] | null;
  new_customer: { orders_12_months: number };
}

interface Estimate {
  value: number;
  standard_error: number;
}
interface Rate {
  definition: Text;
  rate: number | null;
  low?: number;
  high?: number;
  customers?: number;
}

export interface Orders extends Read {
  schema: string;
  customers: number;
  orders: number;
  period: { from: string; to: string; calibration_end: string; holdout_days: number; refit: boolean };
  currency: string;
  models: Record<string, Fitted>;
  likelihood_ratio: { statistic: number; p_value: number } | null;
  churn_identifiable: boolean;
  /** Nothing where no model can be fitted. */
  chosen: string | null;
  margin: { bic: number; to: string } | null;
  tracking: { week_ends: string[]; actual: number[]; predicted: Record<string, number[]> } | null;
  /** The repeat orders' is 0 where nobody came back. */
  order_value: { first: Estimate; repeat: Estimate; ratio: Estimate | null; mean: number; median: number } | null;
  repurchase_rate: { cohort: Rate; period: Rate; model: Rate };
  concentration: { top_1: number; top_10: number; top_20: number; gini: number; of: 'amount' | 'orders' };
  cohorts: { months: string[]; customers: number[]; orders: number[][]; active: number[][] };
  /** Of the customers known on a day; orders and spend within the horizon. */
  outlook: {
    horizon_months: number;
    alive: number;
    expected_orders: number;
    expected_spend: number | null;
    customers: { customer: string; orders: number; last_order: string; alive: number; expected_orders: number; order_value: number | null }[];
  } | null;
  repeat_curve: { p10: number[]; p50: number[]; p90: number[]; observed: (number | null)[]; exposed: number[] } | null;
}

export interface Sessions extends Read {
  schema: string;
  sessions: number;
  period: { from: string; to: string };
  estimates: Record<string, { value: number; standard_error: number | null }>;
  not_learned: { path: string; reason: string; message: Text }[];
  fit: { observed: number[]; predicted: number[]; dates: string[] };
}

export interface Contracts extends Read {
  schema: string;
  contracts: number;
  period_unit: 'week' | 'month' | 'quarter' | 'year';
  parameters: { alpha: number; beta: number } | null;
  survival: { period: number[]; observed: (number | null)[]; predicted: number[]; low: number[]; high: number[] };
  /** Periods still to come by periods stayed; nothing where there is no end. */
  residual_lifetime: { discount_rate: number; of_age: number[]; discounted: (number | null)[]; undiscounted: (number | null)[] };
  cohorts: { start: string; contracts: number; survivors: number[] }[];
}

export type Answer = Orders | Sessions | Contracts;
export const kindOf = (answer: Answer): Source => (answer.schema.includes('fit_orders') ? 'orders' : answer.schema.includes('fit_sessions') ? 'sessions' : 'contracts');
