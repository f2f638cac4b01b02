// Workbooks as a spreadsheet program sees them: LibreOffice works their formulas out anew.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strFromU8, strToU8, unzipSync, zipSync } from '../../web/node_modules/fflate/esm/index.mjs';

/** LibreOffice leaves the numbers of a workbook as they came unless it is told to recalculate always. */
const always = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`;

/** Each workbook as it is after all of its formulas were worked out, without the numbers it came with. */
export function recalculated(books) {
  const folder = mkdtempSync(join(tmpdir(), 'workbook-'));
  try {
    mkdirSync(join(folder, 'profile/user'), { recursive: true });
    writeFileSync(join(folder, 'profile/user/registrymodifications.xcu'), always);
    const paths = books.map((book, i) => {
      const path = join(folder, `${i}.xlsx`);
      writeFileSync(path, withParts(book, (text) => text.replace(/(<\/f>)<v>[^<]*<\/v>/g, '$1')));
      return path;
    });
    const office = spawnSync('soffice', [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`, '--headless', '--norestore', '--convert-to', 'xlsx', '--outdir', join(folder, 'out'), ...paths,
    ], { encoding: 'utf8', timeout: 300_000 });
    if (office.status !== 0) throw new Error(`soffice: ${office.error ?? office.stderr}`);
    return paths.map((_, i) => new Uint8Array(readFileSync(join(folder, `out/${i}.xlsx`))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The workbook with each of its sheets' XML changed. */
export function withParts(book, change) {
  const parts = unzipSync(book);
  for (const name of Object.keys(parts)) {
    if (name.startsWith('xl/worksheets/')) parts[name] = strToU8(change(strFromU8(parts[name]), name));
  }
  return zipSync(parts);
}

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const unescape = (text) => text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (_, name) =>
  name.startsWith('#') ? String.fromCodePoint(Number(name.replace(/^#x/i, '0x').replace(/^#/, ''))) : entities[name]);
const textOf = (xml) => unescape([...xml.matchAll(/<t[ >][^<]*<\/t>|<t>[^<]*<\/t>/g)].map(([t]) => t.replace(/<[^>]*>/g, '')).join(''));

/** Sheets by name: rows of { text } or { number }, with `formula` where there is one. */
export function sheetsOf(book) {
  const parts = Object.fromEntries(Object.entries(unzipSync(book)).map(([name, bytes]) => [name, strFromU8(bytes)]));
  const strings = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, xml]) => textOf(xml));
  const targets = new Map([...parts['xl/_rels/workbook.xml.rels'].matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [/Id="([^"]*)"/.exec(tag)[1], /Target="([^"]*)"/.exec(tag)[1]]));
  const sheets = {};
  for (const [tag] of parts['xl/workbook.xml'].matchAll(/<sheet [^>]*>/g)) {
    const xml = parts[`xl/${targets.get(/r:id="([^"]*)"/.exec(tag)[1])}`];
    const rows = [];
    for (const [, number, body] of xml.matchAll(/<row [^>]*?r="(\d+)"[^>]*?>(.*?)<\/row>/gs)) {
      const row = (rows[number - 1] = []);
      for (const [, attributes, inner = ''] of body.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
        const letters = /r="([A-Z]+)/.exec(attributes)[1];
        const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
        const type = /t="(\w+)"/.exec(attributes)?.[1];
        const value = /<v>([^<]*)<\/v>/.exec(inner)?.[1];
        const formula = /<f[^>]*>([^<]*)<\/f>/.exec(inner)?.[1];
        row[column] = {
          ...(type === 's' ? { text: strings[value] } : type === 'inlineStr' ? { text: textOf(inner) } : type === 'str' || type === 'e' ? { text: unescape(value ?? '') } : value === undefined ? {} : { number: Number(value) }),
          ...(formula === undefined ? {} : { formula: unescape(formula) }),
        };
      }
    }
    sheets[unescape(/name="([^"]*)"/.exec(tag)[1])] = rows;
  }
  return sheets;
}

/** Where defined names stand: { name: [sheet, cell] }. */
export function namesOf(book) {
  const xml = strFromU8(unzipSync(book)['xl/workbook.xml']);
  const places = [...xml.matchAll(/<definedName name="(\w+)">([^<]*)<\/definedName>/g)].map(([, name, place]) => {
    const [sheet, cells] = unescape(place).split('!');
    return [name, [sheet.replace(/^'|'$/g, ''), cells.replaceAll('$', '')]];
  });
  return Object.fromEntries(places);
}
