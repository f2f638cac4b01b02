// Takes over the prerendered page: inputs work at once, results follow as soon as the engine is here.
import { hydrate } from '@lit-labs/ssr-client';
import { effect } from '@preact/signals-core';
import { render, type TemplateResult } from 'lit';
import { cameIn, isAddressed } from './address.js';
import { engineRuns, startEngine } from './engine.js';
import { t } from './i18n/index.js';
import { librarySource } from './module.js';
import { count, type Language } from './numbers.js';
import { after, atRest, hasWorkers, stand } from './rest.js';
import { remembered } from './site.js';
import { deskFault, doorFault, engine, engineFault, futuresFault, language, library, lowerFault, scenario, untouched } from './state.js';
import { laterHidden, parts } from './views/app.js';
import { allDrawn, drawAtOnce } from './views/turn.js';

/** Before the page says that it is in another one. */
const came = cameIn();
function readLanguage(): Language {
  // Whoever prefers the other one was led to its address.
  if (isAddressed()) return came;
  try {
    const stored = localStorage.getItem(remembered);
    if (stored === 'zh' || stored === 'en') return stored;
  } catch {
    // No storage: the page speaks as it came until it is told otherwise.
  }
  return came;
}

function switchLanguage(): void {
  const next = language.value === 'zh' ? 'en' : 'zh';
  language.value = next;
  try {
    localStorage.setItem(remembered, next);
  } catch {
    // Nothing to remember it in.
  }
}

/** A part that comes when it is asked for. */
async function open(door: 'records' | 'guide', part: Promise<{ open: () => unknown }>): Promise<void> {
  doorFault.value = undefined;
  try {
    await (await part).open();
  } catch {
    doorFault.value = door;
  }
}
/** What reads the merchant's own records, and what asks a few questions at a time. */
const doors = {
  records: () => open('records', import('./records/dialog.js')),
  guide: () => open('guide', import('./guide/dialog.js')),
};

const place = (id: string) => document.querySelector<HTMLElement>(id)!;
/** The months as the page came with them, which stay until the part that draws them is here. */
let drawn: ChildNode[] = [];

/** The page came with the default plan. In the other language, or changed on the way, it is drawn anew. */
function takeOver(view: TemplateResult, host: HTMLElement): void {
  if (language.value === came && untouched.peek()) {
    try {
      return void hydrate(view, host);
    } catch {
      // It is not the page that was built.
    }
  }
  host.replaceChildren();
  render(view, host);
}

const dropDrawn = () => drawn.forEach((node) => node.remove());

/** One part after the other, and between them the hand is heard. */
async function show(): Promise<void> {
  effect(() => {
    const { documentElement: page } = document;
    const lang = language.value === 'zh' ? 'zh-CN' : 'en';
    // To say it again, be it the same, makes a browser style the whole page again.
    if (page.lang !== lang) page.lang = lang;
    document.title = t('title');
  });
  for (const [id, view] of parts) {
    const host = place(`#${id}`);
    let draw = takeOver;
    const drawNow = () => {
      draw(view(switchLanguage, doors), host);
      draw = (again) => void render(again, host);
    };
    // On a phone the answer is above the inputs, and out of sight while a hand is at them.
    if (id === 'answer') drawAtOnce(host, drawNow);
    else effect(drawNow);
    await after(0);
  }
  for (const [id, hidden] of Object.entries(laterHidden)) effect(() => void (place(`#${id}`).hidden = hidden()));
  // The months are of the default plan and in the language of the page, and go with the first change.
  effect(() => {
    if (!untouched.value || language.value !== came) dropDrawn();
    if (!untouched.value) stand();
  });
  // What comes later has room of its own; without a script there is nothing to keep room for.
  for (const id of ['decisions', 'futures']) place(`#${id}`).className = id;
}

/** This script waits for nothing (`async`), so that what a browser does once the page is parsed is a task of its own. */
const parsed = new Promise<unknown>((go) => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', go, { once: true });
  else go(undefined);
});

/** Somebody is at the page: a hand moves, or the futures are near sight. Who only reads has them a little later. */
const wanted = new Promise<void>((go) => {
  const signs = ['pointerdown', 'touchstart', 'wheel', 'scroll', 'keydown', 'focusin'];
  const hear = () => {
    for (const sign of signs) removeEventListener(sign, hear, true);
    sight.disconnect();
    go();
  };
  for (const sign of signs) addEventListener(sign, hear, { capture: true, passive: true });
  const sight = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && hear(), { rootMargin: '50% 0px' });
  void parsed.then(() => sight.observe(place('#futures')));
  setTimeout(hear, 10000);
});

async function addLibrary(): Promise<void> {
  await engine.value!.addLibrary(await librarySource());
  await after(0);
  library.value = true;
}

/** Each part that comes after the first result draws into a place of its own; without it the page goes on.
 *  They come after the presets and policies, or not at all: what reads a link may meet one, and the futures have
 *  their ranges from one. Each is asked for in a task of its own, all before the first is drawn. The last, the
 *  futures, is to be drawn when somebody is at the page: till then it has nothing to show but empty cards, and for
 *  the inputs in them a browser that fills in forms would lay out what is far from sight. */
async function loadLater(): Promise<() => Promise<unknown>> {
  const hide = (id: string) => () => void (place(id).hidden = true);
  type Part = [fetch: () => Promise<() => unknown>, missing: () => void];
  const worked = (fetch: Part[0]): Part[0] => () => (hasWorkers ? fetch() : Promise.reject(new Error('no workers')));
  const later: Part[] = [
    [
      () => import('./views/lower.js').then(({ mount }) => () => mount(place('#months'), place('#lower'), dropDrawn)),
      () => (lowerFault.value = true),
    ],
    // Undo, links, files and what is kept on the device.
    [() => import('./share/tools.js').then(({ mount }) => () => mount(place('#desk'), place('#notice'))), () => (deskFault.value = true)],
    [worked(() => import('./compare/panel.js').then(({ mount }) => () => mount(place('#compare')))), hide('#compare')],
    [worked(() => import('./decisions/panel.js').then(({ mount }) => () => mount(place('#decisions')))), hide('#decisions')],
    [worked(() => import('./pictures/panel.js').then(({ mount }) => () => mount(place('#pictures')))), hide('#pictures')],
    [worked(() => import('./futures/panel.js').then(({ mount }) => () => mount(place('#futures')))), () => (futuresFault.value = true)],
  ];
  type Coming = [fetched: Promise<() => unknown>, missing: () => void];
  const coming: Coming[] = [];
  try {
    await addLibrary();
  } catch {
    later.forEach(([, missing]) => missing());
    return () => Promise.resolve();
  }
  for (const [fetch, missing] of later) {
    await after(0);
    const fetched = fetch();
    fetched.catch(missing);
    coming.push([fetched, missing]);
  }
  const draw = ([fetched, missing]: Coming) => fetched.then((drawNow) => drawNow()).catch(missing);
  const futures = coming.pop()!;
  for (const part of coming) {
    await atRest(500);
    await draw(part);
  }
  await allDrawn();
  return () => draw(futures);
}

/** Runs of the engine after which a browser has its best code for most of it. */
const warmUps = 5;

/** What comes after the first result. */
async function goOn(): Promise<void> {
  const drawn = loadLater();
  // It hears of an update from the start.
  if (import.meta.env.PROD && import.meta.env.MODE !== 'single') import('./offline/register.js').then(({ keepOffline }) => keepOffline(drawn)).catch(() => {});
  const drawFutures = await drawn;
  await wanted;
  await drawFutures();
  stand();
  // A browser compiles what the engine runs with its first run, and compiles it well once it has run some more: so
  // that the first change need not wait for it.
  for (let run = 0; run < warmUps; run += 1) {
    await atRest(1000);
    if (!untouched.peek()) return;
    engine.value?.run('plan', scenario.value);
  }
}

async function begin(): Promise<void> {
  await after(0);
  // It is fetched while the page is taken over.
  const started = engineRuns() ? startEngine() : undefined;
  started?.catch(() => {});
  await parsed;
  drawn = [...place('#months').childNodes];
  await after(0);
  language.value = readLanguage();
  await after(0);
  // With its first number a browser loads what it knows of a language, which takes as long as a part of the page.
  count(0, language.value);
  await after(0);
  await show();
  if (!started) return void (engineFault.value = 'fault.simd');
  try {
    const growth = await started;
    await after(0);
    engine.value = growth;
    // What runs many futures comes after the first result, and before anybody asks for it.
    setTimeout(goOn);
  } catch {
    engineFault.value = 'fault';
  }
}
void begin();
