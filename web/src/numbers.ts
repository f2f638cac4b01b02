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

/** Reads what was typed. In a field of percents a bare number counts percents: 12 is 0.12. */
export function readNumber(text: string, percent: boolean): Reading {
  const cleaned = plain(text);
  if (cleaned === '') return { kind: 'empty' };
  const match = pattern.exec(cleaned);
  if (!match) return { kind: 'unreadable' };
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

/** A number ≥ 0 times a power of ten, with at most so many digits after the point, halves upwards, no zeros at the
 *  end. As `Intl.NumberFormat` writes it, whose loading takes as long as all else the page does before it can be
 *  used, and cannot be done in pieces. */
function decimal(value: number, places: number, shift = 0): string {
  const [mantissa, power] = value.toExponential().split('e');
  // Every digit that tells this number from others, of which so many are kept.
  const told = mantissa!.replace('.', '');
  const kept = Math.max(-1, Number(power) + shift + 1 + places);
  const whole = BigInt(told.padEnd(kept, '0').slice(0, Math.max(0, kept))) + (told[kept]! >= '5' ? 1n : 0n);
  const digits = String(whole).padStart(places + 1, '0');
  const point = digits.length - places;
  const fraction = digits.slice(point).replace(/0+$/, '');
  return digits.slice(0, point) + (fraction && `.${fraction}`);
}

const grouped = (digits: string): string => digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
/** Of a number of any sign; what is written as 0 has none. Where there is no number a dash stands. */
function signed(value: number, write: (size: number) => string): string {
  if (!Number.isFinite(value)) return '–';
  const text = write(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/** Powers of ten that have a name, and the name. */
const named: Record<Language, [number, string][]> = {
  zh: [[4, '万'], [8, '亿'], [12, '万亿']],
  en: [[3, 'K'], [6, 'M'], [9, 'B'], [12, 'T']],
};
function compact(size: number, language: Language): string {
  const names = named[language];
  const under = (power: number) => decimal(size, 1, -power);
  // As it is rounded: 99,999,999 is 1亿, not 10000万.
  const [power, name] = names.find(([power], i) => !names[i + 1] || Number(under(power)) < 10 ** (names[i + 1]![0] - power))!;
  return under(power).replace(/^\d{5,}/, grouped) + name;
}

/** Digits that matter: three significant ones, at most two after the point. */
function decimals(value: number): number {
  const size = Math.abs(value);
  return size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2;
}

/** A count or a factor, compact from 10,000: 3,041 · 1.2万 · 12K. */
export const count = (value: number, language: Language): string =>
  signed(value, (size) => (size >= 10000 ? compact(size, language) : grouped(decimal(size, decimals(size)))));

/** Money: ¥1.2万 · ¥12K, the minus before the sign. */
export function yuan(value: number, language: Language): string {
  const rounded = Math.abs(value) < 0.005 ? 0 : value;
  return (rounded < 0 ? '−' : '') + '¥' + count(Math.abs(rounded), language);
}

export const percent = (value: number, _language: Language, digits = 1): string => signed(value, (size) => `${grouped(decimal(size, digits, 2))}%`);

/** Whole digits for tables: grouped, cents only below ¥100. */
export const full = (value: number, _language: Language): string => signed(value, (size) => grouped(decimal(size, size < 100 && size !== 0 ? 2 : 0)));

const percentUnits = new Set(['rate', 'rate_per_month']);
export const isPercent = (unit: string) => percentUnits.has(unit);

/** The text of an input: every digit that matters, nothing rounded away. */
export function inputText(value: number, unit: string, _language: Language): string {
  const shown = isPercent(unit) ? Number((value * 100).toPrecision(15)) : value;
  if (shown !== 0 && (Math.abs(shown) >= 1e15 || Math.abs(shown) < 1e-6)) return String(shown);
  return signed(shown, (size) => grouped(decimal(size, 12)));
}

/** A value of any unit for reading. */
export function reading(value: number, unit: string, language: Language): string {
  if (isPercent(unit)) return percent(value, language);
  if (unit.startsWith('yuan')) return yuan(value, language);
  return count(value, language);
}
