// What a workbook is made of, whatever format it is written in.

export interface Style {
  bold?: boolean;
  size?: number;
  /** RRGGBB */
  colour?: string;
  fill?: string;
  format?: string;
  wrap?: boolean;
  right?: boolean;
  /** A little away from the number to its left. */
  indent?: boolean;
  line?: boolean;
}

export interface Cell {
  value?: number | string | null;
  /** Without its equals sign; `value` is what it last gave. */
  formula?: string;
  style?: Style;
}

export interface Validation {
  cell: string;
  whole: boolean;
  range: readonly [number, number];
  message: string;
}

export interface Sheet {
  name: string;
  /** Widths in characters. */
  columns: number[];
  /** Sparse: an absent row or cell is empty. */
  rows: (Cell | undefined)[][];
  /** Rows and columns that stay when the rest is scrolled, and head every printed page. */
  frozen?: { rows: number; columns: number };
  validations?: Validation[];
  /** Pages side by side at most; 1 where it is not said. */
  pagesWide?: number;
  /** Column at which what is seen first and what is printed begins, after the frozen ones. */
  begins?: number;
  /** Rows that are one text over all columns, and how many lines it takes. */
  prose?: Map<number, number>;
}

export interface Workbook {
  sheets: Sheet[];
  /** Names of cells, by name: where they stand. */
  names: Record<string, string>;
  font: string;
}

/** A, B, …, Z, AA, …, counted from 0. */
export function columnName(column: number): string {
  return (column >= 26 ? columnName(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
}
export const address = (column: number, row: number): string => columnName(column) + (row + 1);
/** A sheet's name in a formula. */
export const quoted = (name: string): string => `'${name.replace(/'/g, "''")}'!`;
