// The built page in a browser, what it asks for and what it says.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
export const axeSource = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');
const program = process.env.GROWTHCALC ?? new URL('../../build/native/growthcalc', import.meta.url).pathname;

/** The command line's answer. */
export function growthcalc(command, scenario = {}) {
  const { stdout } = spawnSync(program, [command, ...(typeof scenario === 'string' ? [scenario] : [])], {
    input: typeof scenario === 'string' ? '' : JSON.stringify(scenario),
    encoding: 'utf8', maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout);
}

/** Serves the built page as `npm run preview` does; plugins may listen in. */
export async function serve(plugins = []) {
  const vite = await import(pathToFileURL(web.resolve('vite')).href.replace('/index.cjs', '/dist/node/index.js'));
  const server = await vite.preview({
    root: new URL('../../web', import.meta.url).pathname,
    preview: { host: '127.0.0.1', port: 0 },
    logLevel: 'error',
    plugins,
  });
  return { address: `http://127.0.0.1:${server.httpServer.address().port}/`, stop: () => server.close() };
}

// States are waited for, not times: only what never comes takes as long.
export const patience = 180000;

/** Somebody is at the page: the futures wait for that. */
export const atHand = () => void dispatchEvent(new Event('scroll'));

// The same engine without what is around a page takes half the time to open one; keeping a page's files for
// when there is no network takes a third of what is left. Where that is tested, the whole browser is there.
const shell = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const whole = process.env.CHROMIUM ?? '/usr/bin/chromium';
const keepNothing = () => Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });

/** A hand presses what it sees, and so only once it is in sight and stands still there. Playwright waits for that where
 *  a thing was, then goes there and presses at once, while what it passed may still be laid out. */
function pressWhatStands(page) {
  const { click } = page;
  page.click = async (selector, options) => {
    await page.locator(selector).first().scrollIntoViewIfNeeded(options);
    await click.call(page, selector, options);
  };
}

export async function start({ offline = false } = {}) {
  const server = await serve();
  const { address } = server;
  const browser = await chromium.launch({
    executablePath: offline ? whole : shell,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const context = async (options = {}) => {
    const made = await browser.newContext({ locale: 'zh-CN', ...options });
    made.setDefaultTimeout(patience);
    made.on('page', pressWhatStands);
    if (!offline) await made.addInitScript(keepNothing);
    return made;
  };
  return {
    address,
    context,
    /** A page with everything it said and asked for. */
    async open(options = {}, url = address) {
      const visit = await context({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await visit.newPage();
      const seen = { requests: [], complaints: [] };
      page.on('request', (request) => seen.requests.push(request.url()));
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && seen.complaints.push(message.text()));
      page.on('pageerror', (fault) => seen.complaints.push(fault.message));
      await page.goto(url);
      await page.evaluate(atHand);
      return { page, seen, close: () => visit.close() };
    },
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

/** Everything is here: the engine, what comes after it, and the first answers of the workers. */
export async function ready(page) {
  await page.evaluate(atHand);
  await page.waitForFunction(() => !document.querySelector('#preset').disabled && !document.querySelector('[data-behind]') && document.querySelector('#lower [data-row]') && document.querySelector('.seek-door') && ['fan', 'drivers', 'alloc', 'pictures'].every((name) => document.querySelector(`.${name}-card[data-state=current]`)));
}

/** Presets and policies, which come after the first result. */
export const libraryFile = '**/growth-library-*.txt';

/** Keeps them from a page until the function that it gives is called. */
export async function holdLibrary(page) {
  let release;
  const held = new Promise((go) => (release = go));
  await page.route(libraryFile, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** The page has been told what is in sight. */
export const sighted = (page) => page.evaluate(() => new Promise((told) => requestAnimationFrame(() => setTimeout(told, 100))));

/** What is far from sight has caught up with the inputs: it waits until the hand rests. */
export const settled = (page) => page.waitForFunction(() => !document.querySelector('[data-behind]'));

/** Opens the inputs that are folded under a title; they are drawn a moment after. */
export async function unfold(page, title) {
  const group = `.group:has(> summary:has-text("${title}"))`;
  await page.click(`${group} > summary`);
  await page.waitForSelector(`${group}[open] .field`);
}

/** Within the page: what is written outside drawings and does not grow as the reader's size of text does. */
export const notGrown = (within) => {
  const { style } = document.documentElement;
  const set = style.fontSize;
  const written = [...document.querySelectorAll(`${within} *`)].filter(
    (one) => !one.closest('svg') && one.getClientRects().length > 0 && (one.matches('input, select, textarea') || [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim())),
  );
  const sizesAt = (percent) => {
    style.fontSize = `${percent}%`;
    return written.map((one) => parseFloat(getComputedStyle(one).fontSize));
  };
  const [small, large] = [100, 200].map(sizesAt);
  style.fontSize = set;
  return written.filter((_, i) => Math.abs(large[i] - 2 * small[i]) > 0.01).map((one) => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 20)}`);
};

/** Sets the reader's size of text, in percent. */
export const enlarge = (page, percent) => page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), percent);

export const allGrows = async (page, within = ':root') => assert.deepEqual(await page.evaluate(notGrown, within), [], 'stays small');

/** What axe is asked, within the page. */
export const runAxe = (within = ':root') => axe.run(within, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });

/** Behind an open dialog nothing can be reached: `within` it is enough. */
export async function axe(page, what, within) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  noViolations(await page.evaluate(runAxe, within), what);
}

export function noViolations({ violations }, what) {
  assert.deepEqual(violations.map((v) => `${what}: ${v.id} at ${v.nodes[0].target} (${v.nodes[0].failureSummary})`), []);
}
