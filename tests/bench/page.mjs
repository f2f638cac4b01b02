// The page as a telephone meets it: Lighthouse, and how long an answer to a hand takes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { median } from './timing.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const flags = ['--headless=new', '--no-sandbox', '--disable-background-networking'];
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png', '.csv': 'text/csv', '.webmanifest': 'application/manifest+json', '.txt': 'text/plain' };

/** The built page as a host serves it: compressed once, and for ever where the name has a digest in it. */
async function host() {
  const folder = join(root, 'build/web');
  const files = new Map();
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!types[extname(name)]) continue;
    const plain = readFileSync(join(folder, name));
    const path = name === 'index.html' ? '/' : `/${name}`;
    const bodies = extname(name) === '.png' ? { identity: plain } : { br: brotliCompressSync(plain), gzip: gzipSync(plain), identity: plain };
    files.set(path, { bodies, headers: { 'Content-Type': types[extname(name)], 'Cache-Control': name.startsWith('assets') ? 'public, max-age=31536000, immutable' : 'no-cache', Vary: 'Accept-Encoding' } });
  }
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url, 'http://x').pathname);
    if (!file) return response.writeHead(404).end();
    const accepted = request.headers['accept-encoding'] ?? '';
    const encoding = ['br', 'gzip'].find((name) => accepted.includes(name) && file.bodies[name]) ?? 'identity';
    response.writeHead(200, { ...file.headers, ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }) }).end(file.bodies[encoding]);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** Lighthouse's own telephone: a slow one on a slow network. */
async function lighthouses(address, runs) {
  const [{ default: lighthouse }, { launch }] = await Promise.all([import('lighthouse'), import('chrome-launcher')]);
  const reports = [];
  for (let i = 0; i < runs; i += 1) {
    const chrome = await launch({ chromePath: chromiumPath, chromeFlags: flags, logLevel: 'silent' });
    const { lhr } = await lighthouse(address, { port: chrome.port, output: 'json', logLevel: 'silent' });
    await chrome.kill();
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    reports.push(lhr);
  }
  return reports;
}

function printLighthouse(title, reports) {
  const middle = (value) => median(reports.map(value));
  console.log(`\nLighthouse ${reports[0].lighthouseVersion}, mobile, ${title}, median of ${reports.length}`);
  for (const [id, name] of [['performance', 'performance'], ['accessibility', 'accessibility'], ['best-practices', 'best practices'], ['seo', 'SEO']]) {
    console.log(`${name.padEnd(36)}${String(Math.round(middle((report) => report.categories[id].score) * 100)).padStart(9)}`);
  }
  for (const [id, name] of [['first-contentful-paint', 'first contentful paint, ms'], ['largest-contentful-paint', 'largest contentful paint, ms'], ['total-blocking-time', 'total blocking time, ms']]) {
    console.log(`${name.padEnd(36)}${String(Math.round(middle((report) => report.audits[id].numericValue))).padStart(9)}`);
  }
  console.log(`${'cumulative layout shift'.padEnd(36)}${middle((report) => report.audits['cumulative-layout-shift'].numericValue).toFixed(3).padStart(9)}`);
  const last = reports.at(-1);
  const wanting = ['accessibility', 'best-practices', 'seo'].flatMap((id) => last.categories[id].auditRefs.filter(({ weight }) => weight > 0).map((ref) => last.audits[ref.id])).filter(({ score }) => score !== null && score < 1);
  for (const { id, title: wanted } of wanting) console.log(`  not met: ${id}: ${wanted}`);
}

const phone = { viewport: { width: 390, height: 844 }, locale: 'zh-CN' };
function launchChromium() {
  const { chromium } = createRequire(join(root, 'web/package.json'))('playwright-core');
  return chromium.launch({ executablePath: chromiumPath, args: flags });
}

/** One visit: everything unfolded, a slider drawn from end to end twice, then moved by keys. */
async function hands(browser, address) {
  const page = await browser.newPage(phone);
  await page.goto(address);
  // The futures wait for a hand.
  await page.mouse.wheel(0, 1);
  await page.waitForFunction(() => !document.querySelector('#preset').disabled && document.querySelector('.fan-card[data-state=current]'));
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('main details')) details.open = true;
    window.handled = [];
    addEventListener('input', ({ timeStamp }) => requestAnimationFrame((frame) => setTimeout(() => window.handled.push({ name: 'step', frame, duration: Math.round(performance.now() - timeStamp) }))), true);
    new PerformanceObserver((list) => {
      for (const { name, duration, interactionId } of list.getEntries()) window.handled.push({ name, duration, interactionId });
    }).observe({ type: 'event', durationThreshold: 16 });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const slider = page.locator('input[type=range]').first();
  await slider.scrollIntoViewIfNeeded();
  const handled = async (move) => {
    await page.evaluate(() => void (window.handled.length = 0));
    await move();
    await page.waitForTimeout(1000);
    return page.evaluate(() => window.handled);
  };
  const drag = () =>
    handled(async () => {
      const box = await slider.boundingBox();
      const middle = box.y + box.height / 2;
      await page.mouse.move(box.x + 4, middle);
      await page.mouse.down();
      for (let i = 1; i <= 30; i += 1) await page.mouse.move(box.x + 4 + ((box.width - 8) * i) / 30, middle);
      await page.mouse.up();
    });
  const first = await drag();
  const again = await drag();
  const keyed = await handled(async () => {
    await slider.focus();
    for (let i = 0; i < 20; i += 1) await page.keyboard.press('ArrowLeft');
  });
  await page.close();
  const [change, ...others] = first.filter(({ name }) => name === 'step');
  return {
    // What was done in one frame was painted once.
    'the first change of a visit': [change],
    'a slider dragged, each step': [...others.filter(({ frame }) => frame > change.frame), ...again.filter(({ name }) => name === 'step')],
    'a slider dragged, press and release': [...first, ...again].filter(({ interactionId }) => interactionId > 0),
    'a slider moved by keys': keyed.filter(({ name }) => name === 'keydown'),
  };
}

/** How long a hand waits for the picture on a processor four times slower. */
async function printHands(address, runs) {
  const browser = await launchChromium();
  const visits = [];
  for (let i = 0; i < runs; i += 1) visits.push(await hands(browser, address));
  await browser.close();
  console.log('\nfrom a hand to the picture, 4 × slower, ms     middle 19 of 20  longest  (below 16 is not told)');
  for (const title of Object.keys(visits[0])) {
    const durations = visits.flatMap((visit) => visit[title].map(({ duration }) => duration)).sort((a, b) => a - b);
    const most = durations[Math.ceil(0.95 * durations.length) - 1];
    console.log(title.padEnd(44) + [median(durations), most, durations.at(-1)].map((ms) => (durations.length ? `${ms}` : '<16').padStart(9)).join(''));
  }
}

/** From the address to the result, and to an engine that answers, on a slow network and a processor four times
 *  slower, both slowed by the browser while it loads. */
async function printArrival(title, address, runs) {
  const browser = await launchChromium();
  const arrivals = [];
  for (let i = 0; i < runs; i += 1) {
    const page = await browser.newPage(phone);
    const session = await page.context().newCDPSession(page);
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.addInitScript(() => {
      window.arrived = {};
      const when = (id, here) => {
        const asking = setInterval(() => {
          if (!here()) return;
          window.arrived[id] = performance.now();
          clearInterval(asking);
        }, 10);
      };
      // The verdict is the largest of what is seen at first.
      new PerformanceObserver((list) => {
        for (const { element, startTime } of list.getEntries()) if (element?.closest('#answer')) window.arrived.result ??= startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      when('engine', () => document.querySelector('#preset') && !document.querySelector('#answer [role=status]'));
      when('presets', () => document.querySelector('#preset')?.disabled === false);
    });
    await page.goto(address);
    await page.waitForFunction(() => ['result', 'engine', 'presets'].every((id) => id in window.arrived), undefined, { timeout: 60000 });
    arrivals.push(await page.evaluate(() => window.arrived));
    await page.close();
  }
  await browser.close();
  console.log(`\n${`${title}, 1.6 Mb/s, 150 ms, 4 × slower, ms`.padEnd(48)}  middle  longest`);
  for (const [id, name] of [['result', 'the result is painted'], ['engine', 'the engine answers'], ['presets', 'presets and policies are there']]) {
    const times = arrivals.map((arrival) => Math.round(arrival[id]));
    console.log(`${name.padEnd(44)}${String(median(times)).padStart(9)}${String(Math.max(...times)).padStart(9)}`);
  }
}

export async function printPage() {
  if (!existsSync(chromiumPath)) return;
  const server = await host();
  const pages = [['in Chinese', server.address], ['in English', `${server.address}index.en.html`]];
  for (const [title, address] of pages) printLighthouse(title, await lighthouses(address, 3));
  for (const [title, address] of pages) await printArrival(title, address, 5);
  await printHands(server.address, 3);
  server.stop();
}
