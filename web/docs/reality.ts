// Published outcomes beside what the model computes, what could not be met, and where sources disagree.
import { factNamed, factView, gradesView } from './figures.js';
import { answered, planOf, type Case, type Library } from './library.js';
import { html, type Html, type Part } from './markup.js';
import { scrolling, type Page } from './page.js';
import type { Pen } from './pen.js';

interface Shown {
  value: (value: number) => string;
  /** A distance between two of them. */
  distance: (value: number) => string;
}

/** How the numbers of a check are written: a ratio of two runs, a share, money or a count. */
function shownAs(pen: Pen, library: Library, check: Case['checks'][number], definition: { formula: string; over?: string }): Shown {
  const { say } = pen;
  if (definition.over !== undefined) {
    const times = (value: number) => `${pen.precise(value, 4)} ${say('倍', '×')}`;
    return { value: times, distance: times };
  }
  if (check.low >= 0 && check.high <= 1) {
    return { value: (value) => `${pen.precise(100 * value, 4)}%`, distance: (value) => `${pen.precise(100 * value, 2)} ${say('个百分点', 'points')}` };
  }
  const { columns, terms } = library.catalogue.quantities;
  const units = new Map([...columns, ...terms].map(({ id, unit }) => [id, unit]));
  const money = (definition.formula.match(/[a-z_]+/g) ?? []).some((name) => units.get(name)?.startsWith('yuan')) ? '¥' : '';
  return { value: (value) => money + pen.precise(value, 4), distance: (value) => money + pen.precise(value, 2) };
}

/** Where the computed value lies. The band is what the publication leaves open, so its middle means nothing. */
function difference(pen: Pen, check: Case['checks'][number], shown: Shown): string {
  const { say } = pen;
  const { computed, low, high } = check;
  if (computed < low) return say(`比下限低 ${shown.distance(low - computed)}`, `${shown.distance(low - computed)} below the lower end`);
  if (computed > high) return say(`比上限高 ${shown.distance(computed - high)}`, `${shown.distance(computed - high)} above the upper end`);
  if (high - low <= 1e-6 * Math.abs(high)) return say('相等', 'equal');
  return computed - low < high - computed
    ? say(`在范围里，离下限 ${shown.distance(computed - low)}`, `inside, ${shown.distance(computed - low)} from the lower end`)
    : say(`在范围里，离上限 ${shown.distance(high - computed)}`, `inside, ${shown.distance(high - computed)} from the upper end`);
}

function caseView(pen: Pen, library: Library, entry: Case): Html {
  const { say, pick } = pen;
  const definitions = library.checks.get(entry.id);
  if (definitions?.length !== entry.checks.length) throw new Error(`${entry.id} is not computed as it is defined`);
  const rows = entry.checks.map((check, i) => {
    const shown = shownAs(pen, library, check, definitions[i]!);
    const [low, high] = [shown.value(check.low), shown.value(check.high)];
    const band = low === high ? low : say(`${low} 到 ${high}`, `${low} to ${high}`);
    return html`<tr${!check.met && html` class="missed"`}><th scope="row">${pick(check.label)}</th><td>${band}</td><td data-computed="${check.computed}"><b>${shown.value(check.computed)}</b></td><td>${difference(pen, check, shown)}</td></tr>`;
  });
  return html`<article class="case" id="case-${entry.id}"><h3>${pick(entry.title)} <small class="${entry.met ? 'met' : 'missed'}">${entry.met ? say('✓ 对得上', '✓ met') : say('✗ 对不上', '✗ not met')}</small></h3>
<p><b>${say('公布的', 'Published')}</b> ${pick(entry.published)}</p>
<p><b>${say('照什么算', 'Computed from')}</b> ${pick(entry.assumed)}</p>
${scrolling(
    pick(entry.title),
    html`<table><thead><tr><th scope="col">${say('比什么', 'What is compared')}</th><th scope="col">${say('应当在', 'Should be')}</th><th scope="col">${say('模型算出', 'Model')}</th><th scope="col">${say('差别', 'Difference')}</th></tr></thead><tbody>${rows}</tbody></table>`,
  )}
<ul class="figures">${entry.facts.map((id) => factView(pen, library, factNamed(library, id), false))}</ul></article>`;
}

/** Figures without a case, or met in part only, with what the model makes of them. */
function unmet(pen: Pen, library: Library): { facts: string[]; says: string; why: Part }[] {
  const { say } = pen;
  const presetOf = (id: string) => answered(library.growth.run('presets', { id }));
  const nameOf = (id: string) => pen.pick(presetOf(id).name);
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const seeCase = (id: string): Html => {
    const entry = library.cases.find((other) => other.id === id);
    if (!entry) throw new Error(`no case ${id}`);
    return html`${pen.pick(entry.assumed)} <a href="#case-${id}">${say('看这个案例', 'See the case')}</a>`;
  };
  const seeConflict = (id: string): string => {
    const entry = library.conflicts.find((other) => other.id === id);
    if (!entry) throw new Error(`no conflict ${id}`);
    return `${pen.pick(entry.statement)} ${pen.pick(entry.handling)}`;
  };

  const { plan, preset } = library;
  const privateShare = total(plan.months.viewers_private) / total(plan.months.viewers);
  const fresh = planOf(library.growth, presetOf('new-account').scenario);
  const freshSessions = fresh.scenario.live.sessions_per_month;
  const large = planOf(library.growth, presetOf('beauty-factory').scenario);
  return [
    {
      facts: ['F89'],
      says: say('一个月约 1500 万元，没有说得通的转化率能算到。', 'About ¥15 million a month: no conversion that can be argued for gets there.'),
      why: seeCase('jewellery-views'),
    },
    {
      facts: ['F160'],
      says: say('私域转化的上限 30%，套进双 11 的案例会超过公布的人均 58 元。', 'The upper end for private rooms, 30%, would exceed the published ¥58 per user of Double 11.'),
      why: seeCase('mini-program-user'),
    },
    {
      facts: ['F5'],
      says: say(
        `私域占流量 70%–80% 的直播间。预设“${pen.pick(preset.name)}”算出来私域占 ${pen.percent(privateShare)}。`,
        `Rooms with 70–80% private traffic. The preset “${pen.pick(preset.name)}” has ${pen.percent(privateShare)}.`,
      ),
      why: seeConflict('private-traffic-share'),
    },
    {
      facts: ['F30', 'F31', 'F45'],
      says: say('场观和销售的阶梯，和公布的 GPM 900 对不到一起。', 'The ladder of views and sales does not fit the published GPM of 900.'),
      why: seeConflict('gpm-or-view-ladder'),
    },
    {
      facts: ['F91'],
      says: say(
        `从 0 粉丝起步，一个月内单场 10 万元。预设“${nameOf('new-account')}”第 1 个月平均单场 ${pen.yuan(fresh.months.gmv[0]! / freshSessions)}。`,
        `From no followers to ¥100,000 in a session within a month. The preset “${nameOf('new-account')}” sells ${pen.yuan(fresh.months.gmv[0]! / freshSessions)} a session in month 1.`,
      ),
      why: say(
        '没公布这几场的观众、转化和客单价，填不进模型，所以没做成案例；其中一次是创始人 IP，也不能当新号的标准。',
        'Viewers, conversion and order value of these sessions were not published, so there is nothing to compute from and no case; one of them is a founder with a following elsewhere, which is no standard for a new account.',
      ),
    },
    {
      facts: ['F209'],
      says: say(
        `首播后两个月超过 1000 万元，全靠自然流量。预设里卖得到这么多的，比如“${nameOf('beauty-factory')}”，头两个月合计 ${pen.yuan(total(large.months.gmv.slice(0, 2)))}，可它一开始就有 ${pen.count(large.scenario.private.users)} 私域。`,
        `More than ¥10 million in the two months after the first stream, natural traffic only. Among the presets one that sells as much, “${nameOf('beauty-factory')}” with ${pen.yuan(total(large.months.gmv.slice(0, 2)))} in its first two months, starts with a pool of ${pen.count(large.scenario.private.users)}.`,
      ),
      why: say('场次、观众、有没有老客都没公布，填不进模型，所以没做成案例。', 'Sessions, viewers and whether it had customers before were not published, so there is nothing to compute from and no case.'),
    },
  ];
}

export function realityPage(pen: Pen, library: Library): Page {
  const { say, pick } = pen;
  const { cases } = library;
  const met = cases.filter((entry) => entry.met).length;
  const checks = cases.flatMap((entry) => entry.checks);
  return {
    title: pen.titleOf('reality'),
    summary: say(
      `${cases.length} 个公布过的结果，用同一个引擎算一遍：${met} 个对得上。对得上不等于证明，下面写清楚哪些数是为了对上而选的，哪些公布的数对不上。`,
      `${cases.length} published outcomes computed by the same engine: ${met} are met. That is no proof: it is said below which inputs were chosen to meet them, and which published figures could not be met.`,
    ),
    chapters: [
      {
        id: 'how',
        title: say('怎么比', 'How it is compared'),
        body: html`<ul>
<li>${say('公布的往往只是一句话、一个下限或一个大概，所以比的是一个范围：照原话来，原话只给一头的，另一头是我们定的。', 'What is published is often a sentence, a floor or a rough figure, so a band is compared: as the publication words it; where it gives one end only, the other was set by us.')}</li>
<li>${say(`${cases.length} 个案例一共比 ${checks.length} 个数，${checks.filter((check) => check.met).length} 个在范围里。数由引擎算出，不是抄的：引擎一改，这里跟着改；哪个案例对不上，测试就不让过。`, `The ${cases.length} cases compare ${checks.length} numbers, of which ${checks.filter((check) => check.met).length} are inside. They are computed by the engine, not copied: they change when it does, and a case that is no longer met fails its test.`)}</li>
<li>${say('“照什么算”里写“选定”“选”的，是为了对上而定的数，对上了只说明这几个数放在一起不矛盾。写“没有为结果选数”的，才算得上检验。', 'Where “computed from” says “chosen”, that input was set to meet the figure, and meeting it only shows that the numbers go together. Where it says that nothing was chosen, it is a test.')}</li>
<li>${say('每个公布的数都标了日期、来源和可信度：', 'Each published figure has its date, source and grade:')}${gradesView(pen)}</li>
</ul>`,
      },
      {
        id: 'cases',
        title: say('案例', 'Cases'),
        parts: cases.map(({ id, title }) => ({ id: `case-${id}`, title: pick(title) })),
        body: cases.map((entry) => caseView(pen, library, entry)),
      },
      {
        id: 'unmet',
        title: say('没对上的', 'What could not be met'),
        body: html`<p>${say('这些公布的数，模型做不到、不打算做到，或者没法比：', 'Published figures that the model does not reach, is not meant to reach, or cannot be compared with:')}</p>
${unmet(pen, library).map(
  ({ facts, says, why }) => html`<article class="case" id="unmet-${facts[0]!}"><h3>${facts.join(' · ')}</h3><p>${says}</p><p>${why}</p><ul class="figures">${facts.map((id) => factView(pen, library, factNamed(library, id), false))}</ul></article>`,
)}`,
      },
      {
        id: 'conflicts',
        title: say('公开数据自己打架的地方', 'Where the published figures contradict each other'),
        body: html`<p>${say('同一件事，不同来源说法不一。我们不替它们调和，写明用哪个、为什么。', 'Sources disagree about the same thing. They are not reconciled here; it is said which is used and why.')}</p>
${library.conflicts.map(
  ({ id, title, facts, statement, handling }) =>
    html`<article class="case" id="conflict-${id}"><h3>${pick(title)}</h3><p class="small">${pen.cite(facts)}</p><p>${pick(statement)}</p><p><b>${say('怎么处理', 'What is done')}</b> ${pick(handling)}</p></article>`,
)}`,
      },
    ],
  };
}
