// The language in which the engine states its formulas (core/analysis/formula.hpp, recompute.hpp), read
// into trees.

export type Operator = '+' | '-' | '*' | '/' | '^' | '<' | '<=';
export type Tree =
  | { kind: 'number'; text: string }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; args: Tree[] }
  | { kind: 'negative'; of: Tree }
  | { kind: 'operation'; operator: Operator; left: Tree; right: Tree };

const token = /\s*(?:([a-z_][a-z0-9_.]*)|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(<=|[-+*/^<(),]))/y;

export function read(formula: string): Tree {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < formula.length) {
    const match = token.exec(formula);
    if (!match) throw new Error(`not a formula: ${formula}`);
    tokens.push(match[1] ?? match[2] ?? match[3]!);
  }
  let position = 0;
  const take = (...wanted: string[]): string | undefined => (wanted.includes(tokens[position]!) ? tokens[position++] : undefined);
  const need = (wanted: string): void => {
    if (!take(wanted)) throw new Error(`${wanted} is missing: ${formula}`);
  };
  /** Operations of one rank, from left to right. */
  const chain = (operand: () => Tree, ...operators: Operator[]): Tree => {
    let left = operand();
    for (let operator = take(...operators); operator; operator = take(...operators)) {
      left = { kind: 'operation', operator: operator as Operator, left, right: operand() };
    }
    return left;
  };
  const comparison = (): Tree => chain(sum, '<=', '<');
  const sum = (): Tree => chain(product, '+', '-');
  const product = (): Tree => chain(signed, '*', '/');
  const signed = (): Tree => {
    if (take('-')) return { kind: 'negative', of: signed() };
    const left = atom();
    return take('^') ? { kind: 'operation', operator: '^', left, right: signed() } : left;
  };
  const atom = (): Tree => {
    if (take('(')) {
      const inner = comparison();
      need(')');
      return inner;
    }
    const text = tokens[position++] ?? '';
    if (/^\d/.test(text)) return { kind: 'number', text };
    if (!/^[a-z_]/.test(text)) throw new Error(`not a formula: ${formula}`);
    if (!take('(')) return { kind: 'name', name: text };
    const args = [comparison()];
    while (take(',')) args.push(comparison());
    need(')');
    return { kind: 'call', name: text, args };
  };
  const tree = comparison();
  if (position < tokens.length) throw new Error(`not a formula: ${formula}`);
  return tree;
}
