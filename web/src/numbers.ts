// Numbers as merchants write and read them: 1.2万, 3亿, full-width digits, 12%; 万 and 亿 in Chinese,
// K and M in English. Reading never guesses and never clamps: what it cannot read it says.

export type Language = 'zh' | 'en';

export type Reading =
  | { kind: 'number'; value: number; /** typed without a % in a field of percents, between 0 and 1 */ doubtful: boolean }
  | { kind: 'empty' }
  | { kind: 'unreadable' };

const factors: Record<string, number> = {
  千: 1e3, k: 1e3, 万: 1e4, w: 1e4, 十万: 1e5, 百万: 1e6, m: 1e6, 千万: 1e7, 亿: 1e8,
};
const pattern = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(十万|百万|千万|[千万亿kwm])?(%|‰)?$/;

/** Full-width forms, signs of currency and grouping, and unit words around the number removed. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s,，_]/g, '')
    .replace(/[−–]/g, '-')
    .replace(/^([+-]?)[¥￥$]/, '$1')
    .toLowerCase()
    .replace(/(元|块|人|人次|场|单|个月|月|天|小时|分钟|分)$/u, '');
}

/** What numbers of a field are: shares in percents, ratios that may be typed as such, or amounts, of which there are
 *  no percents. */
export type Kind = 'percent' | 'ratio' | 'amount';
const ratios = new Set(['factor', 'yuan_per_face_yuan']);
export const kindOf = (unit: string): Kind => (isPercent(unit) ? 'percent' : ratios.has(unit) ? 'ratio' : 'amount');
const ofAmounts = /[¥￥$元块人场]/u;

/** Reads what was typed. In a field of percents a bare number counts percents: 12 is 0.12. 12% of an amount, or ¥12 for
 *  a share, is not guessed at. */
export function readNumber(text: string, kind: Kind): Reading {
  const cleaned = plain(text);
  if (cleaned === '') return { kind: 'empty' };
  const match = pattern.exec(cleaned);
  const percent = kind === 'percent';
  if (!match || (kind === 'amount' && match[3]) || (percent && ofAmounts.test(text))) return { kind: 'unreadable' };
  let value = Number(match[1]) * (match[2] ? (factors[match[2]] ?? 1) : 1);
  const sign = match[3];
  if (sign === '%') value /= 100;
  if (sign === '‰') value /= 1000;
  const bare = percent && sign === undefined;
  if (bare) value /= 100;
  if (!Number.isFinite(value)) return { kind: 'unreadable' };
  // 12 / 100 is 0.12, but 7 / 100 is 0.07000000000000001: keep the digits that were typed.
  const exact = Number(value.toPrecision(15));
  return { kind: 'number', value: exact, doubtful: bare && exact > 0 && exact < 0.01 };
}

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-US');
const cache = new Map<string, Intl.NumberFormat>();
function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let found = cache.get(key);
  if (!found) cache.set(key, (found = new Intl.NumberFormat(locale(language), options)));
  return found;
}
/** What rounds to nothing has no sign. */
const write = (value: number, language: Language, options: Intl.NumberFormatOptions): string =>
  formatter(language, options).format(value).replace(/^-(?=[0.]+%?$)/, '');

/** Digits that matter: three significant ones, at most two after the point. */
function decimals(value: number): number {
  const size = Math.abs(value);
  return size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2;
}

/** A count or a factor, compact from 10,000: 3,041 · 1.2万 · 12K. */
export function count(value: number, language: Language): string {
  const compact = Math.abs(value) >= 10000;
  return write(value, language, {
    minimumFractionDigits: 0,
    maximumFractionDigits: compact ? 1 : decimals(value),
    ...(compact ? { notation: 'compact' as const } : {}),
  });
}

/** Money: ¥1.2万 · ¥12K, the minus before the sign. */
export function yuan(value: number, language: Language): string {
  const rounded = Math.abs(value) < 0.005 ? 0 : value;
  return (rounded < 0 ? '−' : '') + '¥' + count(Math.abs(rounded), language);
}

export function percent(value: number, language: Language, digits = 1): string {
  return write(value, language, { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: digits });
}

/** Whole digits for tables: grouped, cents only below ¥100. */
export function full(value: number, language: Language): string {
  return write(value, language, { minimumFractionDigits: 0, maximumFractionDigits: Math.abs(value) < 100 && value !== 0 ? 2 : 0 });
}

const percentUnits = new Set(['rate', 'rate_per_month']);
export const isPercent = (unit: string) => percentUnits.has(unit);

/** The text of an input: every digit that matters, nothing rounded away. */
export function inputText(value: number, unit: string, language: Language): string {
  const shown = isPercent(unit) ? Number((value * 100).toPrecision(15)) : value;
  if (shown !== 0 && (Math.abs(shown) >= 1e15 || Math.abs(shown) < 1e-6)) return String(shown);
  return write(shown, language, { maximumFractionDigits: 12 });
}

/** Of a share, three digits that matter and at least one after the point: 35.2%, 5.68%, 0.456%. */
function shareDigits(value: number): number {
  const size = Math.abs(value * 100);
  return size === 0 ? 1 : Math.min(12, Math.max(1, 2 - Math.floor(Math.log10(size))));
}

/** A value of any unit for reading. */
export function reading(value: number, unit: string, language: Language): string {
  if (isPercent(unit)) return percent(value, language, shareDigits(value)).replace('-', '−');
  if (unit.startsWith('yuan')) return yuan(value, language);
  return count(value, language);
}
