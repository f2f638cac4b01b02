// The frame of a page: head, the way to the calculator, to its neighbours and to the other language.
import { themeTags } from '../build/offline.js';
import { addresses } from '../src/site.js';
import { html, type Html, type Part } from './markup.js';
import { fileOf, type PageName, type Pen } from './pen.js';

export interface Chapter {
  id: string;
  title: string;
  body: Part;
  /** Shown below it in the table of contents. */
  parts?: { id: string; title: string }[];
}
export interface Page {
  title: string;
  /** For a search engine, and below the heading. */
  summary: string;
  /** Between the summary and the contents. */
  opening?: Part;
  chapters: Chapter[];
}

const names: PageName[] = ['guide', 'method', 'reality'];

/** A table that scrolls within itself where the screen is narrow. */
export const scrolling = (label: string, table: Html): Html => html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;

function contents(pen: Pen, chapters: Chapter[]): Html {
  const entry = ({ id, title, parts }: Pick<Chapter, 'id' | 'title' | 'parts'>): Html =>
    html`<li><a href="#${id}">${title}</a>${parts && html`<ol>${parts.map(entry)}</ol>`}</li>`;
  return html`<nav class="contents" aria-labelledby="contents"><h2 id="contents">${pen.say('这一页有什么', 'On this page')}</h2><ol>${chapters.map(entry)}</ol></nav>`;
}

export function pageOf(pen: Pen, page: Page, files: { style: string; policy: string }): string {
  const other = pen.language === 'zh' ? 'en' : 'zh';
  const { say } = pen;
  const { text } = html`<!doctype html>
<html lang="${say('zh-CN', 'en')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${files.policy}">
<meta name="description" content="${page.summary}">
<meta name="color-scheme" content="light dark">
${themeTags.map(({ attrs }) => html`<meta name="theme-color" media="${String(attrs?.media)}" content="${String(attrs?.content)}">`)}
<title>${page.title} · ${say('商家增长计算器', 'Merchant growth calculator')}</title>
<link rel="icon" href="./icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="./${files.style}">
<link rel="alternate" hreflang="${say('en', 'zh-CN')}" href="./${fileOf(pen.page, other)}">
</head>
<body>
<a class="skip" href="#text">${say('跳到正文', 'Skip to the text')}</a>
<header>
<a class="brand" href="${addresses[pen.language]}">${say('商家增长计算器', 'Merchant growth calculator')}</a>
<nav aria-label="${say('说明', 'Documentation')}"><ul>
${names.map((name) => html`<li><a href="${pen.to(name)}"${name === pen.page && html` aria-current="page"`}>${pen.titleOf(name)}</a></li>`)}
</ul></nav>
<a class="language" href="./${fileOf(pen.page, other)}" lang="${say('en', 'zh-CN')}" hreflang="${say('en', 'zh-CN')}">${say('English', '中文')}</a>
</header>
<main id="text" tabindex="-1">
<div class="opening"><h1>${page.title}</h1><p class="lead">${page.summary}</p>${page.opening}</div>
${contents(pen, page.chapters)}
<div class="chapters">
${page.chapters.map(({ id, title, body }) => html`<section class="chapter" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`)}
</div>
</main>
<footer><p><a href="${addresses[pen.language]}">${say('回到计算器', 'Back to the calculator')}</a></p></footer>
</body>
</html>
`;
  // After 万 and 亿 there is no blank, whatever stands around the amount.
  return text.replace(/(\d[万亿](?:<\/\w+>)*) (?=(?:<[^>]*>)*\p{Script=Han})/gu, '$1');
}
