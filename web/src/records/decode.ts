// Which encoding a file of text is in. Excel in China saves CSV as GBK without a mark; exports of shops
// are UTF-8 with or without one; "Unicode text" is UTF-16.

/** No larger file is read. */
export const largest = 256 * 1024 * 1024;

export type Refusal = 'empty' | 'too_large' | 'spreadsheet' | 'not_text';

const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, i) => bytes[i] === byte);

/** What the first bytes tell: an encoding, something that is no text, or nothing. */
export function sniff(head: Uint8Array): { encoding: string } | { refused: Refusal } | undefined {
  if (head.length === 0) return { refused: 'empty' };
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8' };
  if (startsWith(head, 0xff, 0xfe)) return { encoding: 'utf-16le' };
  if (startsWith(head, 0xfe, 0xff)) return { encoding: 'utf-16be' };
  // A zip (xlsx) and the container of older Excel files.
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return { refused: 'spreadsheet' };
  const zeros = [0, 0];
  head.forEach((byte, i) => byte === 0 && (zeros[i % 2]! += 1));
  if (zeros[0] === 0 && zeros[1] === 0) return undefined;
  // Commas, digits and line ends of UTF-16 without a mark have their zeros on one side, a few letters on
  // the other; a picture has them on both.
  const mostly = (side: 0 | 1) => zeros[side]! > head.length / 20 && zeros[side]! > 8 * zeros[1 - side]!;
  if (mostly(1)) return { encoding: 'utf-16le' };
  if (mostly(0)) return { encoding: 'utf-16be' };
  return { refused: 'not_text' };
}

/** Whether all of it can be read in an encoding. */
async function readable(file: Blob, encoding: string, from: number, until: number, step: number): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = from; at < until; at += step) {
      decoder.decode(await file.slice(at, Math.min(until, at + step)).arrayBuffer(), { stream: true });
    }
    // A character that is cut off by the end of the file is as wrong as any; one cut off by ours is not.
    if (until === file.size) decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The encoding of a whole file, or why it is not read. */
export async function encodingOf(file: Blob, step = 4 << 20): Promise<{ encoding: string } | { refused: Refusal }> {
  if (file.size > largest) return { refused: 'too_large' };
  const told = sniff(new Uint8Array(await file.slice(0, 4096).arrayBuffer()));
  if (told) return told;
  if (await readable(file, 'utf-8', 0, file.size, step)) return { encoding: 'utf-8' };
  return (await readable(file, 'gb18030', 0, file.size, step)) ? { encoding: 'gb18030' } : { refused: 'not_text' };
}

/** Text of a file piece by piece; the mark at its beginning is left out, line ends are \n. */
export async function* texts(file: Blob, encoding: string, step = 4 << 20): AsyncGenerator<{ text: string; share: number; last: boolean }> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for (let at = 0; ; at += step) {
    const end = Math.min(file.size, at + step);
    const last = end === file.size;
    let text = held + decoder.decode(await file.slice(at, end).arrayBuffer(), { stream: !last });
    // Half of a \r\n waits for its other half.
    held = !last && text.endsWith('\r') ? '\r' : '';
    if (held) text = text.slice(0, -1);
    yield { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, share: end / file.size, last };
    if (last) return;
  }
}
