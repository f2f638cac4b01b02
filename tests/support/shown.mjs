// Numbers as the page writes them in Chinese.
const percentUnits = ['rate', 'rate_per_month'];

/** The sign as it is printed; what rounds to nothing has none. */
const signed = (text) => text.replace(/^-(?=0%?$)/, '').replace('-', '−');

/** With every digit that is shown anywhere. */
export const full = (value) =>
  signed(new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 0, maximumFractionDigits: Math.abs(value) < 100 && value !== 0 ? 2 : 0 }).format(value));

export const percent = (value, digits = 1) =>
  signed(new Intl.NumberFormat('zh-CN', { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: digits }).format(value));

/** A cell of the table of months. */
export const cell = (value, unit) => (percentUnits.includes(unit) ? percent(value) : full(value));

/** Compact, as in sentences and pictures. */
export const compact = (value) => {
  const size = Math.abs(value);
  const options = size >= 10000 ? { maximumFractionDigits: 1, notation: 'compact' } : { maximumFractionDigits: size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2 };
  return new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 0, ...options }).format(size);
};
export const yuan = (value) => `${value < -0.005 ? '−' : ''}¥${compact(Math.abs(value) < 0.005 ? 0 : value)}`;
