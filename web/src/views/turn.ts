// Parts of the page that are far from what is in sight are drawn when the hand rests: while a slider moves,
// what is under the eye comes first. Until then nothing of them can be seen or read out, so that no number
// outlives its inputs.
import { effect } from '@preact/signals-core';
import { render } from 'lit';
import { after, atRest, pause } from '../rest.js';
import { language, scenario } from '../state.js';

interface Part {
  place: HTMLElement;
  /** Draws it into its place. */
  render: () => void;
  /** In sight: it is drawn with every change. */
  seen: boolean;
  /** In sight or so near it that it soon may be: it is drawn before what is far, once the hand rests. */
  near: boolean;
  stop?: () => void;
}

/** Near is what is in sight or, of the height of the screen, so far around it. */
const around = '25% 0px';

const behind = new Set<Part>();
const partAt = new WeakMap<Element, Part>();
let changedAt = 0;
let catchingUp: Promise<void> | undefined;

effect(() => {
  void scenario.value;
  void language.value;
  changedAt = performance.now();
});

const nearest = (): Part | undefined => {
  const left = [...behind];
  return left.find(({ seen }) => seen) ?? left.find(({ near }) => near) ?? left[0];
};

/** One after the other, and only while there is nothing else to do. */
async function catchUp(): Promise<void> {
  // Parts may hear of a change before what notes its time does.
  await undefined;
  const left = () => changedAt + pause - performance.now();
  while (behind.size > 0) {
    if (left() > 0) await after(left());
    else {
      await atRest(1000);
      const next = nearest();
      // Meanwhile the hand may have moved.
      if (next && left() <= 0) draw(next);
    }
  }
}

/** Everything shows what it should. */
export function allDrawn(): Promise<void> {
  catchingUp ??= catchUp().finally(() => {
    catchingUp = undefined;
    // What could not be drawn keeps no other from it.
    if (behind.size > 0) void allDrawn();
  });
  return catchingUp;
}

function queue(part: Part): void {
  behind.add(part);
  void allDrawn();
}

function fallBehind(part: Part): void {
  part.place.setAttribute('data-behind', '');
  queue(part);
}

let hand: Part | undefined;

/** Where the focus is, there the hand is, and it stays there when what had the focus was taken away by a drawing. */
function isAtHand(part: Part): boolean {
  const { activeElement, body } = document;
  if (part.place.contains(activeElement)) hand = part;
  else if (hand === part && activeElement && activeElement !== body) hand = undefined;
  return hand === part;
}

function draw(part: Part): void {
  part.stop?.();
  behind.delete(part);
  part.place.removeAttribute('data-behind');
  let drawn = false;
  part.stop = effect(() => {
    // Nothing is read then, and so no further change is told.
    if (drawn && !isAtHand(part) && !part.seen) return fallBehind(part);
    drawn = true;
    // Before it runs again, an effect asks what it read, in this order, and computes it to ask. The inputs come first:
    // for a part that then falls behind, nothing is computed.
    void scenario.value;
    void language.value;
    part.render();
  });
}

let comingNear: Promise<void> | undefined;

/** What came near is drawn before the next picture of the page, and where it is much, one after the other. Parts
 *  that were never drawn have no height and are near all at once, until the first of them has one. */
async function drawNear(): Promise<void> {
  for (;;) {
    const next = nearest();
    if (!next?.near) return;
    draw(next);
    await after(0);
  }
}

/** Hears of parts that come into sight, or to within a margin of it, and of those that leave. */
const watch = (kept: 'seen' | 'near', rootMargin: string): IntersectionObserver =>
  new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) partAt.get(target)![kept] = isIntersecting;
      comingNear ??= drawNear().finally(() => (comingNear = undefined));
    },
    { rootMargin },
  );
const observers = [watch('near', around), watch('seen', '0px')];
// On paper everything is in sight.
window.addEventListener('beforeprint', () => [...behind].forEach(draw));

/** Says whether a place is in sight or near it. */
export function tellNear(place: Element, of: { near: boolean }): void {
  const tell: IntersectionObserverCallback = (entries) => void (of.near = entries.at(-1)!.isIntersecting);
  new IntersectionObserver(tell, { rootMargin: around }).observe(place);
}

function enter(place: HTMLElement, render: Part['render'], seen = false): Part {
  const part: Part = { place, render, seen, near: seen };
  place.classList.add('turn');
  partAt.set(place, part);
  for (const observer of observers) observer.observe(place);
  return part;
}

/** Draws at once what stands in a place from the start, and again whenever something it reads has changed. */
export const drawAtOnce = (place: HTMLElement, render: () => void): void => draw(enter(place, render, true));

/** Draws a view into a place when it is its turn, and again whenever something it reads has changed. */
export const drawInTurn = (place: HTMLElement, view: () => unknown): void => queue(enter(place, () => void render(view(), place)));

/** Views below each other in a host, each of which is drawn in its turn. By its name it has room (styles.css). */
export function drawEach(host: HTMLElement, views: Record<string, () => unknown>): void {
  for (const [name, view] of Object.entries(views)) {
    const place = document.createElement('div');
    place.className = 'part';
    place.dataset.part = name;
    host.append(place);
    drawInTurn(place, view);
  }
}
