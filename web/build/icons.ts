// The page's icon: three bars growing on green. The vector and its pictures are drawn from the same numbers.
import { deflateSync } from 'node:zlib';

const side = 32;
const radius = 7;
const green = [0x06, 0x7a, 0x3f] as const;
/** left, top, right, bottom */
const bars = [[7, 17, 11, 23], [14, 13, 18, 23], [21, 8, 25, 23]] as const;

export const iconSvg =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><rect width="${side}" height="${side}" rx="${radius}" fill="#${green.map((part) => part.toString(16).padStart(2, '0')).join('')}"/>` +
  `<path d="${bars.map(([left, top, right, bottom]) => `M${left} ${bottom}V${top}h${right - left}v${bottom - top}z`).join('')}" fill="#fff"/></svg>`;

/** Whether a point lies on the ground with its round corners; one that fills the square has none. */
function onGround(x: number, y: number, corner: number): boolean {
  const dx = Math.max(corner - x, x - (side - corner), 0);
  const dy = Math.max(corner - y, y - (side - corner), 0);
  return dx * dx + dy * dy <= corner * corner;
}

/** The check sum of a PNG's chunk (ISO 3309); node has one of its own only from 20.15 on. */
function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** A PNG of so many pixels each way; `whole` fills the square, for systems that cut the corners themselves. */
export function iconPng(pixels: number, whole: boolean): Buffer {
  const finer = 4;
  const rows: Buffer[] = [];
  for (let row = 0; row < pixels; row += 1) {
    const line = Buffer.alloc(1 + 4 * pixels);
    for (let column = 0; column < pixels; column += 1) {
      let [ground, white] = [0, 0];
      for (let i = 0; i < finer * finer; i += 1) {
        const x = ((column + ((i % finer) + 0.5) / finer) * side) / pixels;
        const y = ((row + (Math.floor(i / finer) + 0.5) / finer) * side) / pixels;
        if (!whole && !onGround(x, y, radius)) continue;
        ground += 1;
        if (bars.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom)) white += 1;
      }
      const at = 1 + 4 * column;
      const share = ground > 0 ? white / ground : 0;
      green.forEach((part, i) => (line[at + i] = Math.round(part + (255 - part) * share)));
      line[at + 3] = Math.round((255 * ground) / (finer * finer));
    }
    rows.push(line);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  // Eight bits for each of red, green, blue and cover.
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
