// The engine's formulas in words, each name a link to where it is explained. The words are made here, of the
// catalogue's labels, and compared with what the engine itself says of the formula: they cannot drift.
import { answered, type Library, type Quantity, type Section } from './library.js';
import { html, type Html, type Part } from './markup.js';
import type { Pen } from './pen.js';

/** What the functions of formulas are called (as `explain` calls them) and what they mean. */
export const functions: Record<string, { zh: [word: string, means: string]; en: [word: string, means: string] }> = {
  prev: { zh: ['上月', '上个月的这个数'], en: ['last month\'s ', 'the value of the month before'] },
  sum: { zh: ['各月合计', '测算期内每个月加起来'], en: ['sum over months of ', 'added over all months planned'] },
  last: { zh: ['末月', '最后一个月的这个数'], en: ['last month planned: ', 'the value of the last month'] },
  lowest: { zh: ['各月最低', '各月里最小的'], en: ['lowest of ', 'the smallest of all months'] },
  channels: { zh: ['各渠道合计', '每个付费渠道算一遍再加起来'], en: ['sum over channels of ', 'computed for each paid channel and added'] },
  min: { zh: ['取小', '(a, b)：两个里小的那个'], en: ['smaller of ', '(a, b): the smaller of the two'] },
  max: { zh: ['取大', '(a, b)：两个里大的那个'], en: ['larger of ', '(a, b): the larger of the two'] },
  clamp: { zh: ['限在区间内', '(x, 低, 高)：x 出了区间就取边上的数'], en: ['held within ', '(x, low, high): x, or the bound it lies beyond'] },
  select: { zh: ['若、则、否则', '(条件, a, b)：条件成立是 a，否则是 b'], en: ['if, then, else ', '(condition, a, b): a where the condition holds, else b'] },
  saturate: { zh: ['逐渐逼近上限', '(x, 上限) = 1 ÷ (1/x + 1/上限)：x 小时就是 x，再大也过不了上限'], en: ['approaching its ceiling ', '(x, ceiling) = 1 ÷ (1/x + 1/ceiling): x while it is small, never beyond the ceiling'] },
  hill: { zh: ['投放响应', '(x, 半饱和, 形状) = 1 ÷ (1 + (半饱和/x)^形状)：花到半饱和时做到一半；形状大于 1 是 S 形'], en: ['response ', '(x, half, shape) = 1 ÷ (1 + (half/x)^shape): one half where x is the half saturation; an S-curve where the shape is above 1'] },
  saturation: { zh: ['疲劳折扣', '(x) = (1 − e^−x) ÷ x：x 是 0 时为 1，越大折得越多'], en: ['fatigue ', '(x) = (1 − e^−x) ÷ x: 1 at x = 0, less the larger x'] },
  geometric_sum: { zh: ['各波累加', '(g, K) = 1 + g + g² + …，共 K 波 = (g^K − 1) ÷ (g − 1)；g = 1 时是 K，K 可以不是整数'], en: ['sum of waves ', '(g, K) = 1 + g + g² + … over K waves = (g^K − 1) ÷ (g − 1); K where g = 1; K need not be whole'] },
  share: { zh: ['占比', '(a, b) = a ÷ b；b 是 0 时为 0'], en: ['share ', '(a, b) = a ÷ b; 0 where b is 0'] },
  whole: { zh: ['取整', '(x)：x 的整数部分'], en: ['whole part of ', '(x): the whole part of x'] },
  fraction: { zh: ['小数部分', '(x)：x 的小数部分'], en: ['fraction of ', '(x): what is left of x beside its whole part'] },
  exp: { zh: ['exp', '(x)：e 的 x 次方'], en: ['exp', '(x): e to the power of x'] },
  expm1: { zh: ['expm1', '(x)：e 的 x 次方减 1'], en: ['expm1', '(x): e to the power of x, less 1'] },
  log: { zh: ['log', '(x)：自然对数'], en: ['log', '(x): natural logarithm'] },
  log1p: { zh: ['log1p', '(x)：1 + x 的自然对数'], en: ['log1p', '(x): natural logarithm of 1 + x'] },
};

const anchors: Record<Section, string> = { columns: 'm', terms: 'm', plan_terms: 'm', summary: 's', unit_economics: 'u' };
export const anchorOf = (section: Section, id: string) => `${anchors[section]}-${id}`;

/** Signs of arithmetic as people write them. */
const readable = (signs: string) => signs.replace(/\*/g, ' × ').replace(/-/g, '−').replace(/\//g, ' ÷ ').replace(/\^/g, ' ^ ').replace(/<=/g, '≤');

export class Formulas {
  private readonly known = new Map<string, { anchor: string; label: string }>();
  readonly used = new Set<string>();

  constructor(
    private readonly pen: Pen,
    private readonly library: Library,
  ) {
    const { fields, channel_fields, quantities } = library.catalogue;
    this.known.set('month', { anchor: '', label: pen.say('第几个月', 'month') });
    this.known.set('season', { anchor: 'i-business.seasonality', label: pen.say('当月淡旺季系数', 'season factor') });
    // A month's own quantity goes before another of the same name.
    for (const section of ['unit_economics', 'plan_terms', 'terms', 'columns'] as const) {
      for (const { id, label } of quantities[section]) this.known.set(id, { anchor: anchorOf(section, id), label: pen.pick(label) });
    }
    for (const { path, label } of fields) this.known.set(path, { anchor: `i-${path}`, label: pen.pick(label) });
    for (const { path, label } of channel_fields) this.known.set(`channel.${path}`, { anchor: `i-channel.${path}`, label: pen.pick(label) });
  }

  private tokens(formula: string): { kind: 'function' | 'name' | 'signs'; text: string }[] {
    return (formula.match(/[a-z_][a-z0-9_.]*|[^a-z_]+/g) ?? []).map((text, i, all) => ({
      text,
      kind: !/^[a-z_]/.test(text) ? 'signs' : all[i + 1]?.startsWith('(') ? 'function' : 'name',
    }));
  }
  private named(name: string) {
    const known = this.known.get(name);
    if (!known) throw new Error(`nothing is called ${name}`);
    return known;
  }
  private called(name: string): string {
    const known = functions[name];
    if (!known) throw new Error(`the function ${name} has no words`);
    this.used.add(name);
    return known[this.pen.language][0];
  }

  /** As `explain` words it. */
  private plain(formula: string): string {
    return this.tokens(formula)
      .map(({ kind, text }) => (kind === 'name' ? this.named(text).label : kind === 'function' ? this.called(text) : text))
      .join('');
  }

  linked(formula: string): Html {
    return html`${this.tokens(formula).map(({ kind, text }): Part => {
      if (kind === 'signs') return readable(text);
      if (kind === 'function') return html`<i>${this.called(text)}</i>`;
      const { anchor, label } = this.named(text);
      return anchor ? html`<a href="#${anchor}">${label}</a>` : label;
    })}`;
  }

  /** What the engine says of a quantity: its formula, that of the first month where it has one of its own, and
   *  the example's numbers put in. Terms of the whole plan are in the catalogue only. */
  explained(section: Section, quantity: Quantity): { formula: Html | undefined; first: Html | undefined; numbers: string; value: number | null | undefined } {
    const linked = (formula: string) => (formula ? this.linked(formula) : undefined);
    if (section === 'plan_terms') return { formula: linked(quantity.formula), first: undefined, numbers: '', value: undefined };
    const monthly = section === 'columns' || section === 'terms';
    const ask = (month: number) =>
      answered(
        this.library.growth.run('explain', {
          ...this.library.preset.scenario,
          explain: { metric: `${monthly ? 'months' : section}.${quantity.id}`, ...(monthly ? { month } : {}) },
        }),
      );
    const second = ask(2);
    for (const { formula, in_words } of monthly ? [second, ask(1)] : [second]) {
      const said = in_words[this.pen.language];
      if (this.plain(formula) !== said) throw new Error(`the engine words ${quantity.id} differently: ${said}`);
    }
    const first = monthly ? ask(1).formula : second.formula;
    return {
      formula: linked(second.formula),
      first: first !== second.formula ? linked(first) : undefined,
      numbers: this.tokens(second.with_numbers)
        .map(({ kind, text }) => (kind === 'function' ? this.called(text) : readable(text)))
        .join(''),
      value: second.value,
    };
  }
}
