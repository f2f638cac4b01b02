// The plan as a code to scan, where a camera can read it from a poster or from paper.
import { encode } from 'uqr';
import { signal } from '@preact/signals-core';
import { ownAddress } from '../address.js';
import { addressOf } from '../share/draft.js';

/** Whether the code holds the plan; otherwise it holds the page's address alone. */
export const carriesPlan = signal(true);

/** 97 modules a side: three px each on a poster, a third of a millimetre on paper. */
const finest = 20;
/** Quiet modules around it, as the standard asks. */
export const quiet = 4;

export interface Code {
  link: string;
  /** What it holds: the plan; the address because that was chosen; or because the plan is too large for a code. */
  holds: 'plan' | 'address' | 'too_large';
  /** Modules a side, without the quiet ones. */
  size: number;
  /** The dark modules as a path, one unit each. */
  path: string;
}

/** The dark modules of a square, row by row, runs as one. */
export const pathOf = (dark: readonly (readonly boolean[])[]): string =>
  dark
    .flatMap((row, y) =>
      row.map((on, x) => {
        if (!on || row[x - 1]) return '';
        const end = row.indexOf(false, x);
        const run = (end < 0 ? row.length : end) - x;
        return `M${x} ${y}h${run}v1h-${run}z`;
      }),
    )
    .join('');

function drawn(link: string, holds: Code['holds']): Code | undefined {
  try {
    const { data, size } = encode(link, { ecc: 'M', boostEcc: true, border: 0, maxVersion: finest });
    return { link, holds, size, path: pathOf(data) };
  } catch {
    // It says no more than that the text is too long.
    return undefined;
  }
}

/** The code of the present plan; none of a file on a disk, which nobody else can open. WeChat, which scans
 *  most of them, may drop what follows a #, so the numbers stand before it. */
export function code(): Code | undefined {
  if (location.protocol === 'file:') return undefined;
  const plain = ownAddress();
  if (!carriesPlan.value) return drawn(plain, 'address');
  return drawn(addressOf('?z='), 'plan') ?? drawn(plain, 'too_large');
}
