// Published figures with what makes them worth something: date, scope, grade and where they stand.
import type { Fact, Library } from './library.js';
import { html, joined, type Html } from './markup.js';
import type { Basis, Pen } from './pen.js';

const bestFirst = ['A', 'B', 'C', 'D'];

/** The best grade among some figures, as the chips of the calculator give it. */
export const gradeOf = (library: Library, ids: readonly string[]): string =>
  bestFirst.find((grade) => ids.some((id) => library.facts.get(id)?.grade === grade)) ?? '';
export const basisOf = (library: Library, described: { basis: Basis['basis']; facts: readonly string[] }): Basis => ({
  basis: described.basis,
  grade: gradeOf(library, described.facts),
});

export function factNamed(library: Library, id: string): Fact {
  const fact = library.facts.get(id);
  if (!fact) throw new Error(`no figure ${id}`);
  return fact;
}

const gradeText = (pen: Pen, grade: string) => (grade === 'derived' ? pen.say('自行推算', 'own arithmetic') : pen.say(`可信度 ${grade}`, `grade ${grade}`));

function sourcesOf(pen: Pen, library: Library, fact: Fact): Html {
  const links = [fact.source].flat().map((id) => {
    const source = library.sources.get(id);
    if (!source) throw new Error(`${fact.id} names no source ${id}`);
    const title = pen.pick(source.title);
    return source.url ? html`<a href="${source.url}" rel="noopener noreferrer">${title}</a>` : html`${title}`;
  });
  return html`${joined(links, pen.say('；', '; '))}`;
}

/** One figure: what it measures and says, then the small print. */
export function factView(pen: Pen, library: Library, fact: Fact, anchor: boolean): Html {
  return html`<li${anchor && html` id="${fact.id}"`}><p><b>${anchor ? fact.id : pen.cite([fact.id])}</b> ${pen.pick(fact.metric)}${pen.say('：', ': ')}${pen.pick(fact.value)}</p>
<p class="small">${fact.date ?? pen.say('未注明日期', 'undated')} · ${gradeText(pen, fact.grade)} · ${pen.pick(fact.scope)} · ${sourcesOf(pen, library, fact)}</p>
${fact.note && html`<p class="small">${pen.pick(fact.note)}</p>`}</li>`;
}

export const gradesView = (pen: Pen): Html => html`<ul class="plain">
<li><b>A</b> ${pen.say('官方原文，直接看到的。', 'The platform’s own text, seen directly.')}</li>
<li><b>B</b> ${pen.say('行业媒体转述官方公告，或两处互不相干的报道。', 'Trade press quoting an official announcement, or two independent reports.')}</li>
<li><b>C</b> ${pen.say('从业者、服务商或单个商家自己说的。', 'What one practitioner, provider or merchant says.')}</li>
<li><b>D</b> ${pen.say('没有出处的文章。只能当个占位的数，从不当规则用。', 'A text without a source. A placeholder at most, never a rule.')}</li>
<li><b>${pen.say('自行推算', 'Own arithmetic')}</b> ${pen.say('由上面几种数算出来的。', 'Computed from figures of the kinds above.')}</li>
</ul>`;
