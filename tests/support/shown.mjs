// Numbers as the page writes them in Chinese.
const percentUnits = ['rate', 'rate_per_month'];

/** With every digit that is shown anywhere. */
export const full = (value) =>
  new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 0, maximumFractionDigits: Math.abs(value) < 100 && value !== 0 ? 2 : 0 }).format(value).replace('-', '−');

/** A cell of the table of months. */
export const cell = (value, unit) =>
  percentUnits.includes(unit)
    ? new Intl.NumberFormat('zh-CN', { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: 1 }).format(value).replace('-', '−')
    : full(value);

/** Money as it is read: ¥1.2万. */
export function yuan(value) {
  const size = Math.abs(value);
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2;
  const options = size >= 10000 ? { notation: 'compact', maximumFractionDigits: 1 } : { maximumFractionDigits: digits };
  return (value < 0 ? '−' : '') + '¥' + new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 0, ...options }).format(size);
}
