// How everything is calculated: generated from the engine, so that it says what the engine does.
import type { Channel, Programme } from '@engine/growth.js';
import { isPercent } from '../src/numbers.js';
import { basisOf, factView, gradesView } from './figures.js';
import { anchorOf, Formulas, functions } from './formulas.js';
import type { Described, Library, Quantity, Section } from './library.js';
import { Html, html, type Part } from './markup.js';
import { scrolling, type Chapter, type Page } from './page.js';
import type { Pen } from './pen.js';
import { scienceOf } from './science.js';
import { inProse, steps } from './steps.js';

function quantityView(pen: Pen, formulas: Formulas, section: Section, quantity: Quantity, level: 'h3' | 'h4'): Html {
  const { say, pick } = pen;
  const { formula, first, numbers, value } = formulas.explained(section, quantity);
  const prose = inProse[quantity.id];
  if (!formula && !prose) throw new Error(`${quantity.id} has neither a formula nor words for it`);
  const unit = pick(quantity.unit_label);
  const shown = value === undefined ? '' : value === null ? say('没有', 'none') : pen.measured(value, quantity.unit, isPercent(quantity.unit) ? '' : unit);
  const example = numbers && shown ? `${numbers} = ${shown}` : shown;
  return html`<article class="quantity" id="${anchorOf(section, quantity.id)}">
${new Html(`<${level}>`)}${pick(quantity.label)} <code>${quantity.id}</code>${unit && html` <small>${unit}</small>`}${new Html(`</${level}>`)}
<p>${pick(quantity.definition)}</p>
<p class="formula">= ${formula ?? pick(prose!)}</p>
${first && html`<p class="formula"><span class="small">${say('第 1 个月', 'Month 1')}</span> = ${first}</p>`}
${example && html`<p class="small numbers"><span>${say('例', 'Example')}</span> ${example}</p>`}
</article>`;
}

function monthChapter(pen: Pen, library: Library, formulas: Formulas): Chapter {
  const { columns, terms, plan_terms } = library.catalogue.quantities;
  const sections = { columns, terms, plan_terms };
  const byId = new Map((Object.keys(sections) as (keyof typeof sections)[]).flatMap((section) => sections[section].map((quantity) => [quantity.id, { section, quantity }] as const)));
  const placed = steps.flatMap((step) => step.quantities);
  const missing = [...byId.keys()].filter((id) => !placed.includes(id));
  if (missing.length > 0 || placed.length !== byId.size) throw new Error(`every quantity has one place among the steps: ${missing.join(', ')}`);
  return {
    id: 'month',
    title: pen.say('一个月怎么算', 'One month'),
    parts: steps.map(({ id, title }) => ({ id: `step-${id}`, title: pen.pick(title) })),
    body: html`<p>${pen.say(
      `下面按计算的先后排。上个月的结果是这个月的起点。例子是预设“${pen.pick(library.preset.name)}”第 2 个月的数。`,
      `In the order of computation; a month begins where the last one ended. Examples are month 2 of the preset “${pen.pick(library.preset.name)}”.`,
    )}</p>${steps.map(
      ({ id, title, says, quantities }) => html`<h3 id="step-${id}">${pen.pick(title)}</h3><p>${pen.pick(says)}</p>
${quantities.map((name) => {
  const { section, quantity } = byId.get(name)!;
  return quantityView(pen, formulas, section, quantity, 'h4');
})}`,
    )}`,
  };
}

function totalsChapter(pen: Pen, library: Library, formulas: Formulas, section: 'summary' | 'unit_economics', title: string, says: string): Chapter {
  return {
    id: section,
    title,
    body: html`<p>${says}</p>${library.catalogue.quantities[section].map((quantity) => quantityView(pen, formulas, section, quantity, 'h3'))}`,
  };
}

/** The concepts of the calculator's form. */
const concepts: [id: string, prefixes: string[]][] = [
  ['business', ['horizon_months', 'business.', 'orders.']],
  ['private', ['private.']],
  ['room', ['live.', 'quality.']],
  ['audience', ['conversion.', 'audience.']],
  ['paid', ['channel.', 'vouchers.']],
  ['repurchase', ['repurchase.']],
  ['costs', ['costs.']],
  ['distribution', ['distribution.', 'incentives.']],
];

function inputRow(pen: Pen, library: Library, field: Described): Html {
  const { say, pick } = pen;
  const unit = pick(field.unit_label);
  const shown = (value: Described['default']): string =>
    value === null
      ? say('不填', 'none')
      : typeof value === 'number'
        ? pen.measured(value, field.unit, '')
        : Array.isArray(value)
          ? value.length > 0 && value.every((x) => x === value[0])
            ? say(`全是 ${value[0]}`, `all ${value[0]}`)
            : pen.list(value.map(String)) || say('空', 'empty')
          : value;
  const end = (value: number) => (Math.abs(value) >= 1e6 ? pen.count(value) : shown(value));
  // A channel has no default of its own; the channels there are by default have.
  const channel = /^channel\.(.*)$/.exec(field.path)?.[1] as keyof Channel | undefined;
  const byDefault = channel
    ? pen.list(library.defaults.scenario.channels.map((one) => `${pen.pageText(`channel.${one.id}`)} ${pen.measured(one[channel] as number, field.unit, '')}`))
    : shown(field.default);
  const ranged = field.kind !== 'tags' && field.kind !== 'pack';
  return html`<tr id="i-${field.path}"><th scope="row">${pick(field.label)}<code>${field.path}</code><p class="small">${pick(field.help)}</p></th>
<td>${unit}</td><td>${ranged && `${end(field.range[0])} – ${end(field.range[1])}`}</td><td>${byDefault}</td>
<td>${pen.chip(basisOf(library, field))}${field.facts.length > 0 && html` ${pen.cite(field.facts)}`}</td></tr>`;
}

function inputsChapter(pen: Pen, library: Library): Chapter {
  const { say } = pen;
  const { fields, channel_fields } = library.catalogue;
  const all = [...fields, ...channel_fields.map((field) => ({ ...field, path: `channel.${field.path}` }))];
  const groups = concepts.map(([id, prefixes]) => ({
    id: `inputs-${id}`,
    title: pen.pageText(`group.${id}`),
    fields: all.filter(({ path }) => prefixes.some((prefix) => path === prefix || (prefix.endsWith('.') && path.startsWith(prefix)))),
  }));
  if (groups.flatMap((group) => group.fields).length !== all.length) throw new Error('every input belongs to one concept');
  return {
    id: 'inputs',
    title: say('输入：每个要填的数', 'Inputs'),
    parts: groups,
    body: html`<p>${say(
      `一共 ${all.length} 项，都有默认值。“公开数据”是照公布的数填的，“参考”是看着公布的数定的，“假设”是没人公布过、我们定的。预设（比如“${pen.pick(library.preset.name)}”）会换掉其中一些，每个都写了理由。`,
      `${all.length} in all, each with a default. “Published” is a published figure itself, “informed” was set with published figures in view, “assumed” was published by nobody. Presets (such as “${pen.pick(library.preset.name)}”) replace some of them and say why.`,
    )}</p>${groups.map(
      (group) => html`<h3 id="${group.id}">${group.title}</h3>${scrolling(
        group.title,
        html`<table class="inputs"><thead><tr><th scope="col">${say('名称', 'Name')}</th><th scope="col">${say('单位', 'Unit')}</th><th scope="col">${say('可填', 'Range')}</th><th scope="col">${say('默认', 'Default')}</th><th scope="col">${say('依据', 'Basis')}</th></tr></thead>
<tbody>${group.fields.map((field) => inputRow(pen, library, field))}</tbody></table>`,
      )}`,
    )}`,
  };
}

/** What a programme looks at and what it pays, in a sentence. */
function ruleOf(pen: Pen, library: Library, programme: Programme): string {
  const { say, pick, yuan, percent, count } = pen;
  const metricName = (id: string) => pick(library.catalogue.metrics.find((metric) => metric.id === id)?.label ?? { zh: id, en: id });
  const metricValue = (id: string, value: number) => (id === 'return_rate' ? percent(value) : /gmv|settled|spend|gpm/.test(id) ? yuan(value) : count(value));
  const { reward, metric } = programme;
  const paid = (value: number) => {
    if (reward.kind === 'public_viewers') return say(`${count(value)} 公域人次`, `${count(value)} public viewers`);
    if (reward.kind === 'fee_rate') return percent(value, 2);
    return reward.kind === 'voucher_yuan' ? say(`${yuan(value)} 流量券`, `${yuan(value)} in vouchers`) : say(`${yuan(value)} 现金`, `${yuan(value)} in cash`);
  };
  const form = { public_viewers: say('公域人次', 'public viewers'), voucher_yuan: say('流量券', 'vouchers'), cash_yuan: say('现金', 'cash'), fee_rate: say('费率', 'fee') }[reward.kind];
  const base = programme.baseline ? say(`${metricName(metric)}超过 ${metricValue(metric, programme.baseline)} 的部分`, `${metricName(metric)} above ${metricValue(metric, programme.baseline)}`) : metricName(metric);
  const rule = (): string => {
    switch (reward.rule) {
      case 'rate':
        return reward.kind === 'public_viewers'
          ? say(`${base} × ${pen.precise(reward.rate, 4)} 给${form}`, `${pen.precise(reward.rate, 4)} × ${base} as ${form}`)
          : say(`${base} × ${percent(reward.rate, 2)} 给${form}`, `${percent(reward.rate, 2)} of ${base} as ${form}`);
      case 'step':
        return `${base}${say('：', ': ')}${reward.tiers.map(({ from, value }) => say(`满 ${metricValue(metric, from)} 给 ${paid(value)}`, `${paid(value)} from ${metricValue(metric, from)}`)).join(say('，', ', '))}`;
      case 'marginal':
        return `${base}${say('：', ': ')}${reward.tiers.map(({ from, rate }) => say(`${metricValue(metric, from)} 以上的部分 × ${percent(rate, 2)}`, `${percent(rate, 2)} of what is above ${metricValue(metric, from)}`)).join(say('，', ', '))}${say(`，给${form}`, `, as ${form}`)}`;
      case 'fee_saving':
        return say(`${base} ×（费率 − ${percent(reward.down_to, 2)}），给${form}`, `(fee − ${percent(reward.down_to, 2)}) of ${base}, as ${form}`);
      case 'fixed':
        return reward.kind === 'fee_rate' ? say(`费率降到 ${paid(reward.value)}`, `fee down to ${paid(reward.value)}`) : say(`每月给 ${paid(reward.value)}`, `${paid(reward.value)} a month`);
    }
  };
  const needs = (programme.requires ?? []).flatMap((need) =>
    (['at_least', 'at_most', 'below'] as const)
      .filter((bound) => need[bound] !== undefined)
      .map((bound) => `${metricName(need.metric)} ${{ at_least: '≥', at_most: '≤', below: '<' }[bound]} ${metricValue(need.metric, need[bound]!)}`),
  );
  const { first_month: first = 1, last_month: last } = programme;
  const months = last === undefined ? say(`方案第 ${first} 个月起`, `from month ${first} of the plan`) : first === last ? say(`方案第 ${first} 个月`, `month ${first} of the plan`) : say(`方案第 ${first}–${last} 个月`, `months ${first}–${last} of the plan`);
  const parts = [
    rule(),
    needs.length > 0 && say(`要求 ${needs.join('、')}`, `requires ${needs.join(', ')}`),
    programme.tags && say(`限 ${pen.list(programme.tags.map((tag) => pen.pageText(`tag.${tag}`)))}`, `for ${pen.list(programme.tags.map((tag) => pen.pageText(`tag.${tag}`)))}`),
    programme.cap_per_month !== undefined && say(`每月封顶 ${paid(programme.cap_per_month)}`, `at most ${paid(programme.cap_per_month)} a month`),
    programme.cap_total !== undefined && say(`总共封顶 ${paid(programme.cap_total)}`, `at most ${paid(programme.cap_total)} in all`),
    (first > 1 || last !== undefined) && months,
  ];
  const sentence = parts.filter(Boolean).join(say('；', '; '));
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${say('。', '.')}`;
}

function policiesChapter(pen: Pen, library: Library): Chapter {
  const { say, pick } = pen;
  const assumed = (names: readonly string[] | undefined): Part =>
    names && names.length > 0 && html`<p class="small">${pen.chip({ basis: 'assumed', grade: '' })} ${pen.list(names.map((name) => pen.pageText(`assumed.${name}`)))}</p>`;
  return {
    id: 'policies',
    title: say('政策', 'Policies'),
    parts: library.policies.map(({ id, name }) => ({ id: `p-${id}`, title: pick(name) })),
    body: html`<p>${say(
      '激励计划是数据，不写在公式里：每条说明看哪个数、怎么给（按比例、按档、分段、固定、省费）、什么时候到账、封顶多少。没到账就过了期末的，记在“以后到账”，不算进利润。同一组里只发最大的一项。某条计划“值多少”，是有它和没它两个方案的利润差。',
      'Programmes are data, not formulas: each says which number it looks at, how it pays (a rate, tiers, slices, a fixed sum, a fee saved), when, and up to what cap. What would arrive after the last month counts as pending and not as profit. Of one exclusive group only the largest is paid. What a programme is worth is the profit of the plan less that of the plan without it.',
    )}</p>${library.policies.map(
      (policy) => html`<h3 id="p-${policy.id}">${pick(policy.name)}</h3>
<p class="small">${policy.effective_from} – ${policy.effective_to} · ${say(`可信度 ${policy.grade}`, `grade ${policy.grade}`)} · ${pen.cite(policy.sources)}${policy.expired && html` · <b class="expired">${say('已结束，只能试算', 'ended, for trial only')}</b>`}</p>
<p>${pick(policy.summary)}</p>
<ul>${policy.programmes.map((programme) => html`<li><b>${programme.name ? pick(programme.name) : programme.id}</b><p>${ruleOf(pen, library, programme)}</p>${programme.note && html`<p class="small">${pick(programme.note)}</p>`}${assumed(programme.assumed)}</li>`)}</ul>
${policy.not_modelled && policy.not_modelled.length > 0 && html`<h4>${say('没算进去的', 'Not modelled')}</h4><ul class="small">${policy.not_modelled.map((text) => html`<li>${pick(text)}</li>`)}</ul>`}`,
    )}`,
  };
}

function figuresChapter(pen: Pen, library: Library): Chapter {
  const { say, pick } = pen;
  return {
    id: 'figures',
    title: say('公开数据', 'Published figures'),
    parts: library.subjects.map(({ title }, i) => ({ id: `figures-${i + 1}`, title: pick(title) })),
    body: html`<p>${say('默认值、预设、政策和案例都引这些数，每个都有日期、口径、来源和可信度：', 'Defaults, presets, policies and cases rest on these; each has its date, scope, source and grade:')}</p>${gradesView(pen)}
${library.subjects.map(
  ({ title, facts }, i) => html`<h3 id="figures-${i + 1}">${pick(title)}</h3><ul class="figures">${facts.map((fact) => factView(pen, library, fact, true))}</ul>`,
)}`,
  };
}

function readingChapter(pen: Pen, formulas: Formulas): Chapter {
  const { say } = pen;
  const unknown = Object.keys(functions).filter((name) => !formulas.used.has(name));
  if (unknown.length > 0) throw new Error(`functions no formula uses: ${unknown.join(', ')}`);
  return {
    id: 'reading',
    title: say('怎么读', 'How to read this'),
    body: html`<ul>
<li>${say('钱是人民币元，比率写成百分数，一个月按 30 天。人数和单数是平均意义上的，不取整，所以会有小数。', 'Money is in yuan, rates are percentages, a month has 30 days. Counts are averages and not rounded.')}</li>
<li>${say('每个名字都能点：公式里的名字跳到它自己的解释，输入跳到它的范围和依据。灰色的英文是引擎里的名字，命令行和模块里用的就是它。', 'Every name in a formula leads to its own explanation, an input to its range and basis. The names in grey are the engine’s: the command line and the module use them.')}</li>
<li>${say('这一页由引擎生成：公式的文字和引擎自己说的逐字核对过，不一样页面就造不出来。计算器里点任何一个结果，看到的是同一个公式，代入的是你的数。', 'This page is made by the engine: the wording of each formula was compared with what the engine itself says of it; the page cannot be built where they differ. In the calculator every result shows the same formula with your numbers.')}</li>
</ul>
<h3>${say('公式里的几个词', 'Words used in formulas')}</h3>
<dl class="words">${Object.values(functions).map((both) => {
      const [word, means] = both[pen.language];
      return html`<div><dt><i>${word.trim()}</i></dt><dd>${means}</dd></div>`;
    })}</dl>`,
  };
}

export function methodPage(pen: Pen, library: Library): Page {
  const { say } = pen;
  const formulas = new Formulas(pen, library);
  const chapters = [
    monthChapter(pen, library, formulas),
    totalsChapter(pen, library, formulas, 'summary', say('整个测算期', 'All months together'), say('各月加起来，或者从各月里看出来的。', 'Added over the months, or read off them.')),
    totalsChapter(pen, library, formulas, 'unit_economics', say('单个客户的账', 'Unit economics'), say('一个客户、一个观众、一元券值多少，决定最多能花多少。', 'What a customer, a viewer, a ¥1 voucher is worth: the most that may be paid for one.')),
  ];
  return {
    title: pen.titleOf('method'),
    summary: say(
      '每个公式、每个输入、每条政策、每个公开数据，由计算引擎自己写出来。',
      'Every formula, input, policy and published figure, written out by the engine itself.',
    ),
    chapters: [
      readingChapter(pen, formulas),
      ...chapters,
      inputsChapter(pen, library),
      policiesChapter(pen, library),
      ...scienceOf(pen).slice(0, -1),
      figuresChapter(pen, library),
      ...scienceOf(pen).slice(-1),
    ],
  };
}
