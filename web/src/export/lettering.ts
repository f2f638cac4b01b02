// Text set in lines where nothing sets it by itself: in a picture.

export interface Piece {
  text: string;
  /** Set off by colour, never by it alone. */
  tone?: 'gain' | 'loss';
}
/** Width in px. */
export type Measure = (text: string) => number;

/** Between two of these a line may end: an amount or a word stays whole, as do words with a blank between them that
 *  keeps them together, and no line begins with a sign that closes or ends with one that opens. */
const solid = /[（“《]*(?:[^\s\p{Script=Han}，。；：、！？（）“”《》]+[万亿千]?|\p{Script=Han})?[，。；：、！？）”》]*/u.source;
const unit = new RegExp(`[^\\S\\u00a0]+|${solid}(?:\\u00a0${solid})*`, 'gu');

/** What fits, with an ellipsis where something was left out. */
export function clipped(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const signs = Array.from(text);
  while (signs.length > 0 && measure(`${signs.join('').trimEnd()}…`) > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

/** Lines no wider than `width`, at most so many of them; of what is left out an ellipsis tells. */
export function lines(pieces: readonly Piece[], width: number, measure: Measure, most = Infinity): Piece[][] {
  // What belongs together may be of two pieces: an amount and the comma after it.
  const signs = pieces.flatMap((piece) => Array.from(piece.text, (text): Piece => ({ ...piece, text })));
  const words = signs.map(({ text }) => text).join('').match(unit) ?? [];
  const set: Piece[][] = [[]];
  let [taken, at] = [0, 0];
  for (const word of words.flatMap((whole) => (measure(whole) > width ? Array.from(whole) : [whole]))) {
    const inside = signs.slice(at, (at += Array.from(word).length));
    if (taken > 0 && taken + measure(word.trimEnd()) > width) {
      set.push([]);
      taken = 0;
    }
    if (taken === 0 && word.trim() === '') continue;
    const line = set.at(-1)!;
    for (const sign of inside) {
      const last = line.at(-1);
      if (last && last.tone === sign.tone) last.text += sign.text;
      else line.push({ ...sign });
    }
    taken += measure(word);
  }
  if (set.length <= most) return set;
  const last = set[most - 1]!;
  const before = last.slice(0, -1).reduce((sum, { text }) => sum + measure(text), 0);
  const rest = set[most]!.map(({ text }) => text).join('');
  last.at(-1)!.text = clipped(last.at(-1)!.text + rest, width - before, measure);
  return set.slice(0, most);
}
