// The plan as one picture of 1080 × 1440 px, for a chat: drawn as SVG with the system's own letters, then
// painted, because only a picture can be pressed long and kept.
import { html, nothing, render, svg, type TemplateResult } from 'lit';
import type { Plan } from '@engine/growth.js';
import { et } from '../i18n/export.js';
import { joined, labelled, t } from '../i18n/index.js';
import { carriers, chanceSentence, definitions, figures, planName, verdict, type Figure } from './figures.js';
import { family, ink, moneyKey, moneyPicture, moneyWords } from './drawing.js';
import { today } from './files.js';
import { clipped, lines, type Measure, type Piece } from './lettering.js';
import { code, quiet, type Code } from './qr.js';
import { endedNote } from '../views/results.js';

export const width = 1080;
export const height = 1440;
const margin = 56;
const inner = width - 2 * margin;
/** The corner below: what the result hangs on, and the code. */
const corner = { top: 1026, code: 318 };

const pen = document.createElement('canvas').getContext('2d');
const measured = (size: number, weight = 400): Measure => {
  const font = `${weight} ${size}px ${family()}`;
  return (text) => {
    // Without a canvas there is no poster either; the text is only ever measured for one.
    if (!pen) return text.length * size;
    pen.font = font;
    return pen.measureText(text).width;
  };
};

interface Letters {
  size: number;
  weight?: number;
  fill?: string;
  anchor?: 'start' | 'middle' | 'end';
}
const line = (x: number, y: number, text: unknown, { size, weight = 400, fill = ink.text, anchor = 'start' }: Letters) =>
  svg`<text x=${x} y=${y} font-size=${size} font-weight=${weight} fill=${fill} text-anchor=${anchor}>${text}</text>`;
/** Lines below each other from `y`, the first one's middle a little below it; and where the next would begin. */
function block(x: number, y: number, pieces: readonly Piece[], wide: number, leading: number, letters: Letters, most?: number): { drawn: unknown; end: number } {
  const set = lines(pieces, wide, measured(letters.size, letters.weight), most);
  const tones = { gain: ink.green, loss: ink.red };
  return {
    drawn: set.map((words, i) => line(x, y + leading * i + letters.size, words.map(({ text, tone }) => (tone ? svg`<tspan fill=${tones[tone]}>${text}</tspan>` : text)), letters)),
    end: y + leading * set.length,
  };
}

/** The largest size, of these and smaller, in which a text fits. */
function fitted(text: string, wide: number, size: number, weight = 400): { text: string; size: number } {
  let fits = size;
  while (fits > size * 0.7 && measured(fits, weight)(text) > wide) fits -= 2;
  return { text: clipped(text, wide, measured(fits, weight)), size: fits };
}

function box({ label, value, note, loss }: Figure, x: number, y: number, wide: number, large: boolean): TemplateResult {
  const [name, number, under] = [fitted(label, wide - 46, 28), fitted(value, wide - 46, large ? 62 : 46, 650), fitted(note, wide - 46, 26)];
  const base = y + (large ? 112 : 96);
  return svg`${line(x, y + 44, name.text, { size: name.size, fill: ink.soft })}
    ${line(x, base, number.text, { size: number.size, weight: 650, fill: loss ? ink.red : ink.text })}
    ${line(x, base + 42, under.text, { size: under.size, fill: ink.soft })}`;
}

function figuresView(plan: Plan, top: number): { drawn: TemplateResult; end: number } {
  const [first, second, ...rest] = figures(plan) as [Figure, Figure, ...Figure[]];
  const rows = [178, 160];
  const split = top + rows[0]!;
  const end = split + rows[1]!;
  const third = inner / 3;
  const rule = (x1: number, y1: number, x2: number, y2: number) => svg`<line x1=${x1} y1=${y1} x2=${x2} y2=${y2} stroke=${ink.line} stroke-width="2"></line>`;
  return {
    end,
    drawn: svg`<rect x=${margin} y=${top} width=${inner} height=${end - top} rx="22" fill=${ink.card} stroke=${ink.line} stroke-width="2"></rect>
      ${rule(margin, split, width - margin, split)} ${rule(width / 2, top, width / 2, split)}
      ${rest.slice(1).map((_, i) => rule(margin + third * (i + 1), split, margin + third * (i + 1), end))}
      ${[first, second].map((figure, i) => box(figure, margin + 26 + (inner / 2) * i, top, inner / 2, true))}
      ${rest.map((figure, i) => box(figure, margin + 26 + third * i, split, third, false))}`,
  };
}

function codeView({ holds, size, path }: Code): TemplateResult {
  const whole = size + 2 * quiet;
  const module = Math.floor(corner.code / whole);
  const left = width - margin - corner.code;
  // On a pixel each: what lies between two modules must not turn grey.
  const start = Math.floor((corner.code - module * size) / 2);
  return svg`<rect x=${left} y=${corner.top} width=${corner.code} height=${corner.code} rx="14" fill="#ffffff"></rect>
    <g transform="translate(${left + start} ${corner.top + start}) scale(${module})" shape-rendering="crispEdges"><path d=${path} fill="#000000"></path></g>
    ${line(left + corner.code / 2, corner.top + corner.code + 36, et(holds === 'plan' ? 'poster.scan' : 'poster.scan.page'), { size: 26, fill: ink.soft, anchor: 'middle' })}`;
}

function drawing(plan: Plan): TemplateResult {
  const found = code();
  const brand = t('title');
  const head = line(margin, 76, brand, { size: 30, weight: 650, fill: ink.green });
  const nameFrom = margin + measured(30, 650)(brand) + 24;
  const name = clipped(planName.value, width - margin - nameFrom - 190, measured(28));
  const pieces = verdict(plan);
  const size = [58, 50, 44, 40].find((fits) => lines(pieces, inner, measured(fits, 650)).length <= 2) ?? 40;
  const says = block(margin, 108, pieces, inner, size * 1.32, { size, weight: 650 }, 3);
  const told = joined('sentence', [chanceSentence() ?? '', endedNote() ?? '']);
  const under = told ? block(margin, says.end + 10, [{ text: told }], inner, 44, { size: 30, fill: ink.soft }, 2) : { drawn: nothing, end: says.end };
  const numbers = figuresView(plan, under.end + 26);
  const picture = { top: numbers.end + 34, height: corner.top - 40 - numbers.end - 34 - 96 };
  const { ranked, list } = carriers(3);
  const column = inner - (found ? corner.code + 36 : 0);
  const rowsTop = corner.top + 52;
  const terms = definitions(['summary.gmv', 'months.profit', 'summary.public_share']).map(({ label, text }) => labelled(label, text));
  const foot = block(margin, rowsTop + list.length * 54 + 14, [{ text: joined('sentence', terms) }], column, 33, { size: 24, fill: ink.soft }, 5);
  return svg`<rect width=${width} height=${height} fill=${ink.paper}></rect>
    ${head} ${line(nameFrom, 76, name, { size: 28, fill: ink.soft })} ${line(width - margin, 76, today(), { size: 28, fill: ink.soft, anchor: 'end' })}
    ${says.drawn} ${under.drawn} ${numbers.drawn}
    ${line(margin, picture.top + 28, et('picture.money'), { size: 30, weight: 650 })}
    ${legend(plan, picture.top + 72)}
    <g transform="translate(${margin} ${picture.top + 96})">${moneyPicture(plan, { width: inner, height: picture.height, size: 24 })}</g>
    ${line(margin, corner.top + 28, et(ranked ? 'carriers' : 'carriers.unranked'), { size: 30, weight: 650 })}
    ${list.map(({ label, value, origin: from }, i) => {
      const y = rowsTop + i * 54;
      const [amount, source] = [measured(30, 650)(value), measured(24)(from)];
      const name = clipped(label, column - amount - source - 44, measured(30));
      return svg`<line x1=${margin} x2=${margin + column} y1=${y + 50} y2=${y + 50} stroke=${ink.line} stroke-width="2"></line>
        ${line(margin, y + 36, name, { size: 30 })}
        ${line(margin + measured(30)(name) + 14, y + 35, from, { size: 24, fill: ink.soft })}
        ${line(margin + column, y + 36, value, { size: 30, weight: 650, anchor: 'end' })}`;
    })}
    ${foot.drawn} ${found ? codeView(found) : nothing}`;
}

function legend(plan: Plan, y: number): TemplateResult {
  let x = margin;
  return svg`${moneyWords(plan).map(({ of, text }) => {
    const { wide, drawn } = moneyKey[of];
    const [from, words] = [x, x + 2 * wide + 12];
    x = words + measured(26)(text) + 32;
    return svg`<g transform="translate(${from} ${y - 19}) scale(2)">${drawn}</g>${line(words, y, text, { size: 26, fill: ink.soft })}`;
  })}`;
}

/** The poster of a plan as SVG. What a name holds is text in it and nothing else. */
export function posterSvg(plan: Plan): string {
  const host = document.createElement('div');
  render(
    html`<svg xmlns="http://www.w3.org/2000/svg" width=${width} height=${height} viewBox="0 0 ${width} ${height}" font-family=${family()}>${drawing(plan)}</svg>`,
    host,
  );
  return new XMLSerializer().serializeToString(host.firstElementChild!);
}

export interface Painted {
  /** What it shows; another plan's poster is another one. */
  of: string;
  url: string;
  file: Blob;
}

/** Paints it; throws where the browser cannot. */
export async function paint(of: string): Promise<Painted> {
  const image = new Image(width, height);
  await new Promise((done, failed) => {
    image.onload = done;
    image.onerror = failed;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(of)}`;
  });
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')!.drawImage(image, 0, 0, width, height);
  const url = canvas.toDataURL('image/png');
  const file = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!file || !url.startsWith('data:image/png')) throw new Error('the canvas gives nothing away');
  return { of, url, file };
}
