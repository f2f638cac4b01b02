// An Office Open XML workbook: cells, formats, names, validations and page setup as XML, zipped. Text goes
// in as text whatever it begins with; nothing in the file runs or reaches outside it.
import { strToU8, zipSync } from 'fflate';
import { address, columnName, quoted, type Cell, type Sheet, type Style, type Workbook } from './sheet.js';

/** What XML 1.0 cannot hold is left out. */
const escape = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

const xml = (body: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`;
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.';

/** Entries of one list of styles.xml, each once. */
class Entries {
  readonly list: string[];
  constructor(...given: string[]) {
    this.list = given;
  }
  place(entry: string): number {
    const found = this.list.indexOf(entry);
    return found >= 0 ? found : this.list.push(entry) - 1;
  }
  xml(name: string): string {
    return `<${name} count="${this.list.length}">${this.list.join('')}</${name}>`;
  }
}

class Styles {
  readonly #fonts: Entries;
  readonly #fills = new Entries('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>');
  readonly #borders = new Entries('<border/>', '<border><left/><right/><top/><bottom style="thin"><color rgb="FFBFC7C1"/></bottom><diagonal/></border>');
  readonly #formats: string[] = [];
  readonly #cells: Entries;
  readonly #known = new Map<string, number>();

  constructor(readonly font: string) {
    this.#fonts = new Entries();
    this.#cells = new Entries();
    this.place({});
  }

  place(style: Style): number {
    const key = JSON.stringify(style);
    const known = this.#known.get(key) ?? this.#add(style);
    this.#known.set(key, known);
    return known;
  }

  #add({ bold, size = 10.5, colour, fill, format, wrap, right, indent, line }: Style): number {
    const font = this.#fonts.place(
      `<font>${bold ? '<b/>' : ''}<sz val="${size}"/>${colour ? `<color rgb="FF${colour}"/>` : ''}<name val="${escape(this.font)}"/></font>`,
    );
    const filled = fill ? this.#fills.place(`<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/></patternFill></fill>`) : 0;
    if (format && !this.#formats.includes(format)) this.#formats.push(format);
    const number = format ? 164 + this.#formats.indexOf(format) : 0;
    const alignment = `<alignment vertical="${wrap ? 'top' : 'center'}"${wrap ? ' wrapText="1"' : ''}${right ? ' horizontal="right"' : indent ? ' horizontal="left" indent="1"' : ''}/>`;
    return this.#cells.place(
      `<xf numFmtId="${number}" fontId="${font}" fillId="${filled}" borderId="${line ? 1 : 0}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`,
    );
  }

  xml(): string {
    const formats = this.#formats.map((format, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escape(format)}"/>`);
    return xml(
      `<styleSheet ${main}>${formats.length > 0 ? `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` : ''}` +
        `${this.#fonts.xml('fonts')}${this.#fills.xml('fills')}${this.#borders.xml('borders')}` +
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
        `${this.#cells.xml('cellXfs')}<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    );
  }
}

/** Points. */
const lineHeight = 16;

function cellXml({ value, formula, style }: Cell, at: string, styles: Styles): string {
  const open = `<c r="${at}" s="${styles.place(style ?? {})}"`;
  if (formula !== undefined) {
    const text = typeof value === 'string';
    return `${open}${text ? ' t="str"' : ''}><f>${escape(formula)}</f>${value === undefined || value === null ? '' : `<v>${text ? escape(value) : value}</v>`}</c>`;
  }
  if (typeof value === 'number') return `${open}><v>${value}</v></c>`;
  return value ? `${open} t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>` : `${open}/>`;
}

function sheetXml({ columns, rows, frozen, validations = [], pagesWide = 1, begins, prose = new Map<number, number>() }: Sheet, styles: Styles, first: boolean): string {
  const pane = frozen
    ? `<pane${frozen.columns ? ` xSplit="${frozen.columns}"` : ''}${frozen.rows ? ` ySplit="${frozen.rows}"` : ''} topLeftCell="${address(begins ?? frozen.columns, frozen.rows)}" activePane="${frozen.columns ? (frozen.rows ? 'bottomRight' : 'topRight') : 'bottomLeft'}" state="frozen"/>`
    : '';
  const body = rows.map((cells, row) => `<row r="${row + 1}"${prose.has(row) ? ` ht="${prose.get(row)! * lineHeight}" customHeight="1"` : ''}>${cells.map((cell, column) => (cell ? cellXml(cell, address(column, row), styles) : '')).join('')}</row>`);
  const checks = validations.map(
    ({ cell, whole, range, message }) =>
      `<dataValidation type="${whole ? 'whole' : 'decimal'}" operator="between" allowBlank="0" showErrorMessage="1" error="${escape(message.slice(0, 220))}" sqref="${cell}"><formula1>${range[0]}</formula1><formula2>${range[1]}</formula2></dataValidation>`,
  );
  return xml(
    `<worksheet ${main}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0"${first ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="${lineHeight}"/>` +
      `<cols>${columns.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>` +
      `<sheetData>${body.join('')}</sheetData>` +
      (prose.size > 0 ? `<mergeCells count="${prose.size}">${[...prose.keys()].map((row) => `<mergeCell ref="${address(0, row)}:${address(columns.length - 1, row)}"/>`).join('')}</mergeCells>` : '') +
      (checks.length > 0 ? `<dataValidations count="${checks.length}">${checks.join('')}</dataValidations>` : '') +
      `<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="${pagesWide}" fitToHeight="0"/>` +
      '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>',
  );
}

export function write({ sheets, names, font }: Workbook): Uint8Array {
  const styles = new Styles(font);
  const files: Record<string, string> = {};
  sheets.forEach((sheet, i) => (files[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(sheet, styles, i === 0)));
  const titles = sheets.flatMap(({ name, frozen, begins, columns: widths, rows }, i) => {
    if (!frozen) return [];
    const printed = `${quoted(name)}$${columnName(begins ?? 0)}$1:$${columnName(widths.length - 1)}$${rows.length}`;
    const columns = frozen.columns ? [`${quoted(name)}$A:$${columnName(frozen.columns - 1)}`] : [];
    return [
      ...(begins ? [`<definedName name="_xlnm.Print_Area" localSheetId="${i}">${escape(printed)}</definedName>`] : []),
      `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${escape([...columns, `${quoted(name)}$1:$${frozen.rows}`].join(','))}</definedName>`,
    ];
  });
  const defined = Object.entries(names).map(([name, place]) => `<definedName name="${name}">${escape(place)}</definedName>`);
  const part = (name: string, type: string) => `<Override PartName="/xl/${name}.xml" ContentType="${kind}${type}+xml"/>`;
  const relation = (id: number, type: string, target: string) => `<Relationship Id="rId${id}" Type="${relations}/${type}" Target="${target}"/>`;
  files['[Content_Types].xml'] = xml(
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
      `${part('workbook', 'sheet.main')}${part('styles', 'styles')}${sheets.map((_, i) => part(`worksheets/sheet${i + 1}`, 'worksheet')).join('')}</Types>`,
  );
  files['_rels/.rels'] = xml(`<Relationships xmlns="${packageRelations}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`);
  files['xl/_rels/workbook.xml.rels'] = xml(
    `<Relationships xmlns="${packageRelations}">${sheets.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation(sheets.length + 1, 'styles', 'styles.xml')}</Relationships>`,
  );
  files['xl/workbook.xml'] = xml(
    `<workbook ${main} xmlns:r="${relations}"><bookViews><workbookView/></bookViews><sheets>${sheets.map(({ name }, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets>` +
      `<definedNames>${titles.join('')}${defined.join('')}</definedNames><calcPr fullCalcOnLoad="1"/></workbook>`,
  );
  files['xl/styles.xml'] = styles.xml();
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { level: 6 });
}
