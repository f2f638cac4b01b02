// CSV text, piece by piece, to the table the engine reads: every cell ends with U+001F, every row with
// U+001E. Only the columns that are needed are kept, and no row outlives its piece.
import Papa from 'papaparse';
import type { Problem } from './answers.js';

/** A row that is longer than this has a quote that nobody closed. */
const longestRow = 1 << 20;

const delimiters = [',', '\t', ';', '|'];

interface Parsed {
  data: string[][];
  errors: { code: string; row?: number; index?: number }[];
  meta: { cursor: number };
}
/** The parser itself, which says how far it got: what is left waits for the next piece. */
interface Parser {
  parse(input: string, baseIndex: number, ignoreLastRow: boolean): Parsed;
}
const parserOf = (delimiter: string, preview?: number) =>
  new (Papa.Parser as unknown as new (config: object) => Parser)({ delimiter, newline: '\n', ...(preview === undefined ? {} : { preview }) });

/** The sign between the cells: the one that gives the first row most columns. */
export function delimiterOf(sample: string): string {
  const columns = (delimiter: string) => parserOf(delimiter, 1).parse(sample, 0, false).data[0]?.length ?? 0;
  return delimiters.reduce((best, delimiter) => (columns(delimiter) > columns(best) ? delimiter : best));
}

/** In the words of the command line. */
function badQuotes(row: number, column: number, open: boolean): Problem {
  const [zh, en, allowed] = open
    ? ['这一格的引号没有关上。', 'the quote of this cell is never closed.', 'a closing quote']
    : [
        '引号放错了位置：格子里的引号要写两个，整格再用引号括起来。',
        'a quote does not belong here; within a cell it is written twice and the cell is quoted.',
        'quotes around a cell, two for one within',
      ];
  return { code: 'bad_csv', path: '', message: { zh: `第 ${row} 行第 ${column} 列：${zh}`, en: `Row ${row}, column ${column}: ${en}` }, got: '', allowed };
}

const cellEnd = '\u001f';
const rowEnd = '\u001e';
const marks = /[\u001e\u001f]/g;

/** The marks of the table cannot stand in a cell. */
const withoutMarks = (text: string): string => (text.includes(cellEnd) || text.includes(rowEnd) ? text.replace(marks, ' ') : text);

/** Rows out of pieces of text. */
export class Rows {
  #rest = '';
  #read = 0;
  #parser: Parser;

  constructor(readonly delimiter: string) {
    this.#parser = parserOf(delimiter);
  }

  /** The rows that are whole by now, all of them with the last piece; or what is wrong with the file. */
  take(piece: string, last: boolean): string[][] | Problem {
    const text = this.#rest + withoutMarks(piece);
    const { data, errors, meta } = this.#parser.parse(text, 0, !last);
    // A row that is cut off by the end of a piece is judged when it is whole.
    const wrong = errors.find(({ row }) => last || (row ?? 0) < data.length);
    if (wrong) return this.#fault(text, wrong);
    this.#rest = last ? '' : text.slice(meta.cursor);
    this.#read += data.length;
    if (this.#rest.length > longestRow) {
      const [unclosed] = this.#parser.parse(this.#rest, 0, false).errors;
      if (unclosed) return this.#fault(this.#rest, unclosed);
    }
    // The line end of the last row begins no other.
    if (last && data.length > 0 && data.at(-1)!.length === 1 && data.at(-1)![0] === '') data.pop();
    return data;
  }

  #fault(text: string, { code, row = 0, index = 1 }: Parsed['errors'][number]): Problem {
    const before = row === 0 ? 0 : parserOf(this.delimiter, row).parse(text, 0, false).meta.cursor;
    // The index of an error is that behind the quote.
    const upTo = text.slice(before, index - 1);
    const column = upTo === '' ? 1 : parserOf(this.delimiter).parse(upTo, 0, false).data[0]!.length;
    return badQuotes(this.#read + row + 1, column, code === 'MissingQuotes');
  }
}

/** The bytes of a table, grown as rows arrive. */
export class TableBytes {
  #bytes = new Uint8Array(1 << 20);
  #length = 0;
  readonly #encoder = new TextEncoder();

  /** With `keep`, only those columns, in that order. */
  constructor(readonly keep?: readonly number[]) {}

  add(rows: readonly string[][]): void {
    let text = '';
    for (const row of rows) {
      // A row of nothing stays one: the engine counts it.
      const cells = this.keep && row.length > 1 ? this.keep.map((column) => row[column] ?? '') : row;
      for (const cell of cells) text += cell + cellEnd;
      text += rowEnd;
      if (text.length > 1 << 20) {
        this.#write(text);
        text = '';
      }
    }
    this.#write(text);
  }

  #write(text: string): void {
    // Three bytes are the most a unit of UTF-16 becomes.
    const needed = this.#length + 3 * text.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#length += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
