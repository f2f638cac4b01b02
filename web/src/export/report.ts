// Two pages for the boss. They stand in the page unseen and are drawn again whenever something is printed.
import { effect } from '@preact/signals-core';
import { html, nothing, render, svg, type TemplateResult } from 'lit';
import { sum } from 'd3-array';
import './report.css';
import type { Plan, Policy } from '@engine/growth.js';
import { catalogue, defaults } from '../data.js';
import { essential } from '../fields.js';
import { lowestAt } from '../futures/parts.js';
import { driverMetric } from '../futures/state.js';
import { et } from '../i18n/export.js';
import { joined, pick, signOf, t, unbroken } from '../i18n/index.js';
import { count, full } from '../numbers.js';
import { edits, engine, language, learned, outcome, preset } from '../state.js';
import { carrier, carriers, chanceSentence, definitions, figures, isInput, listed, money, planName, verdict } from './figures.js';
import { family, moneyKey, moneyPicture, moneyWords, sourceInk, stripes, used, viewersPicture, type Frame } from './drawing.js';
import { isOwn } from '../share/draft.js';
import { warningText } from '../views/results.js';
import { cleanName, today } from './files.js';
import { code, quiet } from './qr.js';

/** Of each of the two pictures, in px of paper (96 to the inch). */
const frame: Frame = { width: 340, height: 210, size: 12 };
const mostAssumptions = 14;
const mostWarnings = 5;
/** Links beyond this fill the page; the code holds them. */
const longestPrinted = 260;

const picture = (label: string, inside: unknown): TemplateResult =>
  html`<svg role="img" aria-label=${label} width=${frame.width} height=${frame.height} viewBox="0 0 ${frame.width} ${frame.height}" font-family=${family()}>${inside}</svg>`;
const toned = (plan: Plan) => verdict(plan).map(({ text, tone }) => (tone ? html`<em class=${tone}>${text}</em>` : text));
const minus = (text: string) => text.replace('-', '−');

function headView(part: string): TemplateResult {
  return html`<header><b>${t('title')}</b><span>${planName.value}</span><span>${today()}</span><span>${part}</span></header>`;
}

function viewersView(plan: Plan): TemplateResult {
  const { months } = plan;
  const last = months.month.length - 1;
  return html`<section>
    <h2>${et('picture.viewers')}</h2>
    <p class="soft">${et('picture.viewers.says', { from: count(months.viewers[0]!, language.value), to: count(months.viewers[last]!, language.value), months: last + 1 })}</p>
    ${picture(et('picture.viewers'), viewersPicture(plan, frame))}
    <p class="key">
      ${used(plan).map(
        (source) => html`<span
          ><svg width="11" height="11" aria-hidden="true">${source === 'viewers_voucher' ? stripes : nothing}${svg`<rect width="11" height="11" fill=${sourceInk[source]}></rect>`}</svg>${et(`source.${source}`)}</span
        >`,
      )}
    </p>
  </section>`;
}

function moneyView(plan: Plan): TemplateResult {
  const low = lowestAt(plan);
  return html`<section>
    <h2>${et('picture.money')}</h2>
    <p class="soft">
      ${low === undefined
        ? et('picture.money.never')
        : et('picture.money.says', { cash: money(-plan.months.cumulative_cash[low]!), month: plan.months.month[low]! })}
    </p>
    ${picture(et('picture.money'), moneyPicture(plan, frame))}
    <p class="key">
      ${moneyWords(plan).map(({ of, text }) => html`<span><svg width=${moneyKey[of].wide} height="10" aria-hidden="true">${moneyKey[of].drawn}</svg>${text}</span>`)}
    </p>
  </section>`;
}

function carriersView(): TemplateResult {
  const { ranked, list } = carriers(5);
  return html`<section>
    <h2>${et(ranked ? 'carriers' : 'carriers.unranked')}</h2>
    ${ranked ? html`<p class="soft">${et(`carriers.${driverMetric.value}`)}</p>` : nothing}
    <table class="carriers">
      <thead>
        <tr>
          ${(['input', 'value', 'origin'] as const).map((name) => html`<th scope="col">${et(`carriers.${name}`)}</th>`)}
          ${ranked ? (['low', 'high'] as const).map((name) => html`<th scope="col">${et(`carriers.${name}`)}</th>`) : nothing}
        </tr>
      </thead>
      <tbody>
        ${list.map(
          ({ label, value, origin, ends }) => html`<tr>
            <th scope="row">${label}</th>
            <td><b>${value}</b></td>
            <td>${origin}</td>
            ${ends ? html`<td>${et('carriers.end', { at: ends.low, result: ends.atLow })}</td><td>${et('carriers.end', { at: ends.high, result: ends.atHigh })}</td>` : nothing}
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function risksView(plan: Plan): TemplateResult {
  const asked = essential.filter(isInput);
  const guesses = asked.filter((path) => !edits.value.has(path)).length;
  const risks = [
    guesses > 0 ? et('risk.guesses', { n: guesses, all: asked.length }) : et('risk.own', { all: asked.length }),
    ...plan.warnings.map(warningText),
  ];
  return html`<section>
    <h2>${et('risks')}</h2>
    <ul class="risks">
      ${risks.slice(0, mostWarnings).map((text) => html`<li>${text}</li>`)}
      ${risks.length > mostWarnings ? html`<li>${et('risks.more', { n: risks.length - mostWarnings })}</li>` : nothing}
    </ul>
  </section>`;
}

const first = (plan: Plan): TemplateResult => {
  const chance = chanceSentence();
  return html`<article class="sheet">
    ${headView('1 / 2')}
    <h1>${toned(plan)}</h1>
    ${chance ? html`<p class="soft">${chance}</p>` : nothing}
    <ul class="figures">
      ${figures(plan).map(({ label, value, note, loss }) => html`<li><span>${label}</span><b class=${loss ? 'loss' : ''}>${value}</b><span>${unbroken(note)}</span></li>`)}
    </ul>
    <div class="pictures">${viewersView(plan)} ${moneyView(plan)}</div>
    ${carriersView()} ${risksView(plan)}
  </article>`;
};

function assumptionsView(): TemplateResult {
  const start = preset.value;
  const parts = isOwn(start) ? Object.keys(start.parts).filter((name) => name !== 'name') : [];
  const startName = defaults.presets.find(({ id }) => id === (isOwn(start) ? start.from : start.id))?.name ?? start.name;
  const own = [...edits.value.keys(), ...learned.value.keys()];
  const all = listed(own);
  const shown = all.slice(0, mostAssumptions);
  // Curves and lists are no single number; the policy stands in a place of its own.
  const left = all.length - shown.length + parts.length + own.filter((path) => !isInput(path) && !['incentives.pack', 'business.tags'].includes(path)).length;
  return html`<section>
    <h2>${et('assumptions')}</h2>
    <ul class="assumptions">
      ${shown.map(carrier).map(({ label, value, origin }) => html`<li><span>${label}</span><b>${value}</b><small>${origin}</small></li>`)}
    </ul>
    <p class="soft">
      ${left > 0 ? et('assumptions.more', { n: left }) : nothing} ${et('assumptions.rest', { preset: pick(startName) })}
    </p>
  </section>`;
}

/** What of each column stands for several months: what adds up, or what it is at their end. */
const columns = [
  ['private_users', 'end'], ['viewers', 'sum'], ['orders', 'sum'], ['gmv', 'sum'], ['settled_gmv', 'sum'], ['media_spend', 'sum'], ['profit', 'sum'], ['cumulative_profit', 'end'], ['cumulative_cash', 'end'],
] as const;

function monthsView({ months }: Plan): TemplateResult {
  const all = months.month.length;
  const step = all > 12 ? 3 : 1;
  const parts = Array.from({ length: Math.ceil(all / step) }, (_, i) => [i * step, Math.min(all, (i + 1) * step)] as const);
  const cell = (id: (typeof columns)[number][0], how: 'sum' | 'end', from: number, to: number) => {
    const values = months[id].slice(from, to);
    return minus(full(how === 'end' ? values.at(-1)! : sum(values), language.value));
  };
  const column = (id: string) => catalogue.columns.find((one) => one.id === id)!;
  return html`<section>
    <h2>${et(step === 1 ? 'months' : 'quarters')}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${et('months.month')}</th>
          ${columns.map(([id, how]) => html`<th scope="col">${pick(column(id).label)}${how === 'end' ? html`<small>${et('months.end')}</small>` : nothing}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${parts.map(
          ([from, to]) => html`<tr>
            <th scope="row">${to - from > 1 ? `${months.month[from]}–${months.month[to - 1]}` : months.month[from]}</th>
            ${columns.map(([id, how]) => html`<td>${cell(id, how, from, to)}</td>`)}
          </tr>`,
        )}
        <tr class="all">
          <th scope="row">${et('months.all')}</th>
          ${columns.map(([id, how]) => html`<td>${how === 'sum' ? cell(id, how, 0, all) : ''}</td>`)}
        </tr>
      </tbody>
    </table>
  </section>`;
}

const mostProgrammes = 4;
function packOf(id = 'none'): Policy | undefined {
  const answer = id === 'none' ? undefined : engine.value!.run('policies', { id });
  return answer && !('errors' in answer) ? answer : undefined;
}

function policyView({ ledger, scenario: { incentives } }: Plan): TemplateResult {
  const pack = packOf(incentives?.pack);
  const programmes = [...(pack?.programmes ?? []), ...(incentives?.programmes ?? [])];
  const worth = ledger.slice(0, mostProgrammes).map(({ id, value }) => {
    const name = programmes.find((programme) => programme.id === id)?.name;
    return et('policy.worth', { name: cleanName(name ? pick(name) : id), value: money(value) });
  });
  return html`<section>
    <h2>${et('policy')}</h2>
    ${pack
      ? html`<p>
          <b>${pick(pack.name)}</b> ${et('policy.dates', { from: pack.effective_from, to: pack.effective_to, grade: pack.grade })}
          ${pack.expired ? html`<b class="loss">${et('policy.expired')}</b>` : nothing}
        </p>`
      : html`<p>${et(ledger.length > 0 ? 'policy.own' : 'policy.none')}</p>`}
    ${worth.length > 0
      ? html`<p>${joined('semicolon', worth)}${ledger.length > mostProgrammes ? et('policy.more', { n: ledger.length - mostProgrammes }) : nothing}</p>`
      : nothing}
  </section>`;
}

function footView(): TemplateResult {
  const found = code();
  const whole = found && found.size + 2 * quiet;
  return html`<section class="foot">
    <div>
      <h2>${et('definitions')}</h2>
      <p class="soft">
        ${definitions(['summary.gmv', 'months.settled_gmv', 'months.profit', 'summary.payback_month', 'summary.public_share', 'months.viewers_2h']).map(
          ({ label, text }) => html`<b>${label}</b>${signOf('colon')}${text} `,
        )}
      </p>
      <p class="soft">
        ${et('report.made', { date: today() })}
        ${found ? html`${et(`report.link.${found.holds}`)} ${found.link.length <= longestPrinted ? html`<span class="link">${found.link}</span>` : nothing}` : et('report.nolink')}
      </p>
    </div>
    ${found && whole
      ? html`<svg class="code" role="img" aria-label=${et('poster.scan')} viewBox="${-quiet} ${-quiet} ${whole} ${whole}" shape-rendering="crispEdges">${svg`<path d=${found.path} fill="#000"></path>`}</svg>`
      : nothing}
  </section>`;
}

const second = (plan: Plan): TemplateResult =>
  html`<article class="sheet">${headView('2 / 2')} ${assumptionsView()} ${monthsView(plan)} ${policyView(plan)} ${footView()}</article>`;

const place = document.createElement('div');
place.className = 'report';
document.body.append(place);

/** Draws the present plan's pages; where there is no plan, the page itself is printed. */
export function prepare(): void {
  const current = outcome.value;
  const there = current.kind === 'plan';
  document.documentElement.classList.toggle('reporting', there);
  if (there) render(html`${first(current.plan)} ${second(current.plan)}`, place);
}
window.addEventListener('beforeprint', prepare);
// Of other inputs nothing is left, even where a browser prints without saying so.
effect(() => {
  void outcome.value;
  document.documentElement.classList.remove('reporting');
  render(nothing, place);
});

/** Opens the printer's dialog; says whether the browser did. */
export function print(): boolean {
  if (typeof window.print !== 'function') return false;
  prepare();
  let opened = false;
  const seen = () => (opened = true);
  window.addEventListener('beforeprint', seen);
  window.print();
  window.removeEventListener('beforeprint', seen);
  return opened;
}
