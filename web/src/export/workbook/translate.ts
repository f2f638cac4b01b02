// From the engine's language to a spreadsheet's: one formula for one cell. Every function is told with
// what any spreadsheet since 2010 has; where one loses digits near 0, a series takes its place there.
import { read, type Operator, type Tree } from './language.js';

/** What a quantity is told over. */
export type Over = 'once' | 'months' | 'ages';

/** Where the numbers stand. Positions count from 0; ranges include both ends. */
export interface Layout {
  months: number;
  channels: number;
  over(name: string): Over;
  /** The cell of a quantity at a position, or the name of an input. */
  cell(name: string, at: number): string;
  /** Cells of a quantity, of `month` or of `age`, in the order of the sheet. */
  cells(name: string, from: number, to: number): string;
  ages: number;
}

interface Place {
  at: number;
  channel?: number;
  /** Names stand for all their cells. */
  all?: 'months' | 'ages';
}

const rank: Record<Operator, number> = { '<': 1, '<=': 1, '+': 2, '-': 2, '*': 3, '/': 3, '^': 4 };

/** Between this and 0 two terms of a series are closer than a difference from 1. */
const small = '0.00001';
const largestExponent = '600';

/** Part of a formula, and how strongly its outermost operation binds. */
interface Text {
  text: string;
  rank: number;
}
const plain = (text: string): Text => ({ text, rank: 9 });
const within = ({ text, rank: own }: Text, least: number): string => (own < least ? `(${text})` : text);

/** A formula is told once for every month, but read once. */
const trees = new Map<string, Tree>();
function treeOf(formula: string): Tree {
  const known = trees.get(formula) ?? read(formula);
  trees.set(formula, known);
  return known;
}

export function translate(formula: string, layout: Layout, at: number): string {
  const tell = (tree: Tree, place: Place): Text => {
    switch (tree.kind) {
      case 'number':
        return plain(tree.text);
      case 'name':
        return plain(named(tree.name, place));
      case 'negative':
        return { text: '-' + within(tell(tree.of, place), 9), rank: 2 };
      case 'operation': {
        const own = rank[tree.operator];
        const power = tree.operator === '^';
        const left = within(tell(tree.left, place), power ? 9 : own);
        const right = within(tell(tree.right, place), power ? 9 : own + 1);
        return { text: left + tree.operator + right, rank: own };
      }
      case 'call':
        return called(tree.name, tree.args, place);
    }
  };

  const named = (name: string, place: Place): string => {
    if (name === 'none') return '"—"';
    if (name.startsWith('channel.')) return layout.cell(`channels.${place.channel}.${name.slice('channel.'.length)}`, 0);
    if (name === 'season') return `INDEX(${layout.cell('business.seasonality', 0)},MOD(${layout.cell('business.start_month', 0)}+${layout.cell('month', place.at)}-2,12)+1)`;
    const over = layout.over(name);
    if (place.all && over === place.all) return layout.cells(name, 0, (over === 'months' ? layout.months : layout.ages) - 1);
    return layout.cell(name, over === 'once' ? 0 : place.at);
  };
  const nameOf = (tree: Tree): string => {
    if (tree.kind !== 'name') throw new Error(`a name is needed: ${formula}`);
    return tree.name;
  };

  const called = (name: string, args: Tree[], place: Place): Text => {
    const [first, second] = args as [Tree, Tree];
    const over = (where: 'months' | 'ages'): string => tell(first, { ...place, all: where }).text;
    switch (name) {
      case 'prev':
        return tell(first, { ...place, at: place.at - 1 });
      case 'ago': {
        const then = place.at - Number(tell(second, place).text);
        return then < 0 ? plain('0') : tell(first, { ...place, at: then });
      }
      case 'last':
        return tell(first, { ...place, at: layout.months - 1 });
      case 'sum':
        return plain(`${first.kind === 'name' ? 'SUM' : 'SUMPRODUCT'}(${over('months')})`);
      case 'ages':
        return plain(`SUMPRODUCT(${over('ages')})`);
      case 'lowest':
        return plain(`MIN(${over('months')})`);
      case 'earlier':
        if (place.at === 0) return plain('0');
        return plain(`SUMPRODUCT(${layout.cells(nameOf(first), 0, place.at - 1)},${layout.cells(nameOf(second), 0, place.at - 1)})`);
      case 'at_age': {
        const distance = `ABS(${within(tell(second, place), 3)}-${layout.cells('age', 0, layout.ages - 1)})`;
        return plain(`SUMPRODUCT(${layout.cells(nameOf(first), 0, layout.ages - 1)}*(${distance}<1)*(1-${distance}))`);
      }
      case 'channels': {
        const each = Array.from({ length: layout.channels }, (_, channel) => within(tell(first, { ...place, channel }), 3));
        return each.length === 0 ? plain('0') : { text: each.join('+'), rank: 2 };
      }
    }
    if (place.all) throw new Error(`${name} of many cells: ${formula}`);
    const texts = args.map((arg) => tell(arg, place));
    const inList = texts.map(({ text }) => text).join(',');
    const [x = '', y = '', z = ''] = texts.map((text) => within(text, 9));
    switch (name) {
      case 'min':
      case 'max':
      case 'exp':
        return plain(`${name.toUpperCase()}(${inList})`);
      case 'clamp':
        return plain(`MIN(MAX(${texts[0]!.text},${y}),${z})`);
      case 'select':
        return plain(`IF(${inList})`);
      case 'log':
        return plain(`LN(${inList})`);
      case 'whole':
        return plain(`INT(${inList})`);
      case 'fraction':
        return { text: `${x}-INT(${inList})`, rank: 2 };
      case 'expm1':
        return plain(`IF(ABS(${inList})<${small},${x}+${x}*${x}/2,EXP(${inList})-1)`);
      case 'log1p':
        return plain(`IF(ABS(${inList})<${small},${x}-${x}*${x}/2,LN(1+${x}))`);
      case 'saturation':
        return plain(`IF(${inList}<${small},1-${x}/2,(1-EXP(-${x}))/${x})`);
      case 'saturate':
        return { text: `${x}/(1+${x}/${y})`, rank: 3 };
      case 'hill':
        if (z === '1') return { text: `${x}/${y}/(1+${x}/${y})`, rank: 3 };
        return plain(`IF(${z}=1,${x}/${y}/(1+${x}/${y}),(${x}/${y})^${z}/(1+(${x}/${y})^${z}))`);
      case 'share':
        return plain(`IF(${y}=0,0,${x}/${y})`);
      case 'geometric_sum':
        return plain(`IF(${x}<=0,1,IF(ABS(${y}*(${x}-1))<${small},${y}*(1+(${y}-1)*(${x}-1)/2),(EXP(MIN(${largestExponent},${y}*LN(${x})))-1)/(${x}-1)))`);
    }
    throw new Error(`no function ${name}: ${formula}`);
  };
  return tell(treeOf(formula), { at }).text;
}
