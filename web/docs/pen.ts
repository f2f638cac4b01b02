// A page in one language: which words, how numbers are written, where a figure is cited.
import { readdirSync, readFileSync } from 'node:fs';
import { count, full, isPercent, percent, reading, yuan, type Language } from '../src/numbers.js';
import type { Text } from '../src/types.js';
import { html, joined, type Html, type Part } from './markup.js';

export type PageName = 'guide' | 'method' | 'reality';
export const fileOf = (page: PageName, language: Language) => `${page}${language === 'zh' ? '' : '.en'}.html`;

/** The calculator's own texts, file by file; those of the first visit first. */
const texts = { zh: textsOf('zh'), en: textsOf('en') };
function textsOf(language: Language): Map<string, Record<string, string>> {
  const folder = new URL('../src/i18n/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(`.${language}.json`));
  return new Map([`${language}.json`, ...names].map((name) => [name.replace(/\.?(zh|en)\.json$/, ''), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]));
}

/** The basis and best grade of a number, as the chip of the calculator says it. */
export interface Basis {
  basis: 'published' | 'informed' | 'assumed';
  grade: string;
}

export class Pen {
  constructor(
    readonly language: Language,
    readonly page: PageName,
  ) {}

  /** Both languages stand side by side in the source, so that neither is forgotten. */
  say = <T extends Part>(zh: T, en: T): T => (this.language === 'zh' ? zh : en);
  pick = (text: Text): string => text[this.language];

  /** A text of the calculator itself, of one of its parts where several have such a key, so that both call a
   *  thing by the same name. */
  pageText(key: string, part?: string): string {
    const all = texts[this.language];
    const found = (part === undefined ? [...all.values()] : [all.get(part)]).find((one) => one && key in one)?.[key];
    if (found === undefined) throw new Error(`the calculator has no text ${key}`);
    return found;
  }
  /** The same in quotation marks. */
  quoted = (key: string, part?: string): string => `“${this.pageText(key, part)}”`;

  yuan = (value: number) => yuan(value, this.language);
  /** To the cent. */
  cents = (value: number) => `${value < 0 ? '−' : ''}¥${this.digits(Math.abs(value), { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  percent = (value: number, digits = 1) => percent(value, this.language, digits);
  /** A value of an input that is a share, as the page writes it. */
  rate = (value: number) => reading(value, 'rate', this.language);
  count = (value: number) => count(value, this.language);
  full = (value: number) => full(value, this.language);
  private digits(value: number, options: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(this.language === 'zh' ? 'zh-CN' : 'en-US', options).format(value);
  }
  /** So many significant digits, grouped. */
  precise = (value: number, significant: number) => this.digits(value, { maximumSignificantDigits: significant });
  /** A value with its unit, to six digits, as the engine substitutes it. */
  measured(value: number, unit: string, unitLabel: string): string {
    if (isPercent(unit)) return `${this.precise(value * 100, 6)}%`;
    if (unit === 'yuan') return `${value < 0 ? '−' : ''}¥${this.precise(Math.abs(value), 6)}`;
    return `${this.precise(value, 6)}${unitLabel ? ` ${unitLabel}` : ''}`;
  }

  /** As the footer of the calculator names it. */
  titleOf = (page: PageName): string => this.pageText(`footer.${page}`);
  to(page: PageName, anchor = ''): string {
    return `${page === this.page && anchor ? '' : `./${fileOf(page, this.language)}`}${anchor && `#${anchor}`}`;
  }
  cite = (ids: readonly string[]): Html => html`${joined(ids.map((id) => html`<a href="${this.to('method', id)}">${id}</a>`), this.say('、', ', '))}`;
  list = (words: readonly string[]): string => words.join(this.say('、', ', '));

  chip({ basis, grade }: Basis): Html {
    return html`<span class="chip ${basis}">${this.pageText(`chip.${basis}`).replace('{grade}', grade).trim()}</span>`;
  }
}
