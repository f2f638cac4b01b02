// The page without a network, after an update, as one file, and in browsers that lack what it needs.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { axe, growthcalc, patience, ready, start } from '../support/browser.mjs';

const built = new URL('../../build/web/', import.meta.url).pathname;
const single = new URL('../../build/single/growth-calculator.html', import.meta.url);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png', '.csv': 'text/csv', '.webmanifest': 'application/manifest+json' };

let site;
let folder;
before(async () => {
  site = await start({ offline: true });
  folder = mkdtempSync(join(tmpdir(), 'growth-offline-'));
});
const servers = [];
after(async () => {
  // A test that fails leaves its server behind, which would keep all from ending.
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A server of a copy of the build that remembers every request, can go away and can be given another version. */
async function host() {
  const root = mkdtempSync(join(folder, 'site-'));
  cpSync(built, root, { recursive: true });
  const requests = [];
  const held = new Map();
  let down = false;
  const server = createServer(async (request, response) => {
    if (down) return request.socket.destroy();
    await held.get(request.url);
    let body = '';
    request.on('data', (piece) => (body += piece)).on('end', () => {
      requests.push({ method: request.method, url: request.url, body });
      const path = new URL(request.url, 'http://x').pathname;
      try {
        const bytes = readFileSync(join(root, path === '/' ? 'index.html' : path));
        response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'text/html', 'Cache-Control': 'no-cache' }).end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
  });
  servers.push(server);
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    root, requests,
    /** Until it is let go, a file is on its way. */
    hold: (url) => new Promise((holding) => held.set(url, new Promise((letGo) => holding(letGo)))).then((letGo) => () => (held.delete(url), letGo())),
    address: `http://127.0.0.1:${server.address().port}/`,
    goAway: () => {
      down = true;
      server.closeAllConnections();
    },
    stop: () => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }),
  };
}

/** The files of a worker's version. */
const listOf = (script) => JSON.parse(/const files = (.*);/.exec(script)[1]);

/** A worker is active, every file of the newest version is kept, and no other version is. */
async function kept(page, server) {
  const end = Date.now() + patience;
  const files = listOf(readFileSync(join(server.root, 'service_worker.js'), 'utf8'));
  for (let counts; ; await new Promise((next) => setTimeout(next, 50))) {
    counts = await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      return Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length));
    });
    if (counts.length === 1 && counts[0] === files.length) return;
    assert.ok(Date.now() < end, `kept of ${files.length}: ${counts}`);
  }
}

/** Writes the worker of another version, as the build does: what the server has by now is its list. */
function publish(server, version, renamed = (path) => path) {
  const worker = join(server.root, 'service_worker.js');
  const digest = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
  const script = readFileSync(worker, 'utf8');
  const files = listOf(script).map(([path]) => renamed(path)).map((path) => [path, digest(readFileSync(join(server.root, path === './' ? 'index.html' : path)))]);
  writeFileSync(worker, script.replace(/const files = .*;/, () => `const files = ${JSON.stringify(files)};`).replace(/const version = .*/, `const version = '${version}';`));
}

/** A page that was opened again, which its worker answers by itself. */
async function underWorker() {
  const server = await host();
  const visit = await site.open({}, server.address);
  const { page } = visit;
  await ready(page);
  await kept(page, server);
  await page.reload();
  await ready(page);
  return { server, ...visit };
}

const shown = (page) => page.textContent('h1');
const wan = (value) => `¥${Math.round(value / 1000) / 10}万`;
const withUsers = (users) => {
  const { scenario } = growthcalc('presets', 'apparel-store');
  return growthcalc('plan', { ...scenario, private: { ...scenario.private, users } });
};
async function computes(page, users) {
  await page.fill('[data-path="private.users"]', String(users));
  assert.ok((await shown(page)).includes(wan(withUsers(users).summary.gmv)), await shown(page));
}

test('installed once, it opens, computes, runs futures and reads a sample without a network', async () => {
  const server = await host();
  const { page, seen, close } = await site.open({}, server.address);
  await ready(page);
  // Nothing but the worker is waited for: where it is, everything is.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  server.goAway();
  seen.complaints.length = 0;
  await page.reload();
  await ready(page);
  await computes(page, 23456);
  await page.waitForSelector('.fan-card[data-state=current] .fan');
  await page.click('.under .chip:not(.spread) >> nth=0');
  await page.waitForSelector('.facts');
  await page.click('text=用订单、场次、合同记录校准');
  await page.waitForSelector('dialog.records[open]');
  await page.click('dialog.records >> text=用样例试试');
  await page.waitForSelector('[data-records-verdict]');
  await page.goto(`${server.address}index.en.html`);
  await ready(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.fill('[data-path="private.users"]', '12345');
  assert.match(await shown(page), new RegExp(`¥${(withUsers(12345).summary.gmv / 1e6).toFixed(1)}M`));
  assert.deepEqual(seen.complaints, []);
  await close();
  await server.stop();
});

test('what is asked of the server are its files by name; no figure of the merchant is in a request', async () => {
  const server = await host();
  const { page, close } = await site.open({}, server.address);
  await ready(page);
  await computes(page, 31415);
  await kept(page, server);
  const before = server.requests.length;
  await page.fill('[data-path="orders.average_order_value"]', '271.82');
  await ready(page);
  assert.equal(server.requests.length, before, 'nothing after everything is here');
  const files = new Set(readdirSync(built, { recursive: true }).map((name) => `/${name}`).concat('/'));
  for (const { method, url, body } of server.requests) {
    assert.equal(method, 'GET');
    assert.ok(files.has(url), url);
    assert.equal(body, '');
  }
  await close();
  await server.stop();
});

test('a new version is told of and used after a reload; an old page keeps its own files until it is gone', async () => {
  const server = await host();
  const context = await site.context();
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  await page.goto(server.address);
  await ready(page);
  await kept(page, server);
  await page.reload();
  await ready(page);

  // Another version, as a build makes it: what names a file with another content has another content itself,
  // so every script gets another name. The old ones are no longer there.
  const scripts = readdirSync(join(server.root, 'assets')).filter((each) => each.endsWith('.js'));
  const renamed = (name) => name.replace(/\.js$/, '2.js');
  const rewritten = (text) => scripts.reduce((changed, name) => changed.replaceAll(name, renamed(name)), text);
  for (const name of scripts) {
    const path = join(server.root, 'assets', name);
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    writeFileSync(join(server.root, 'assets', renamed(name)), rewritten(text));
  }
  const html = rewritten(readFileSync(join(server.root, 'index.html'), 'utf8')).replace('<html ', '<html data-version="2" ');
  writeFileSync(join(server.root, 'index.html'), html);
  // The old worker is up: it answers with its own page whatever the server has by now.
  await page.reload();
  await ready(page);
  assert.equal(await page.getAttribute('html', 'data-version'), null);

  const other = await context.newPage();
  other.on('pageerror', (fault) => faults.push(fault.message));
  await other.goto(server.address);
  await ready(other);
  publish(server, 'next', (path) => (path.endsWith('.js') ? renamed(path) : path));
  // The browser looks for another version when somebody comes, or a while after an earlier visit: which of
  // the two versions this one gets is a matter of time.
  const visitor = await context.newPage();
  await visitor.goto(server.address);
  await visitor.close();
  await other.waitForSelector('.update');
  await page.waitForSelector('.update');
  assert.match(await page.textContent('.update'), /有新版本，刷新后使用/);
  await axe(page, 'update');
  // Both are old and stay whole: a part not yet used comes from what was kept.
  assert.equal(await page.getAttribute('html', 'data-version'), null);
  await computes(page, 12345);
  await page.click('text=用订单、场次、合同记录校准');
  await page.waitForSelector('dialog.records[open]');
  await page.keyboard.press('Escape');

  await other.click('.update >> text=刷新');
  await other.waitForSelector('html[data-version="2"] #preset');
  await ready(other);
  await computes(other, 54321);
  assert.equal(await other.locator('.update').count(), 0);
  assert.equal((await page.evaluate(() => caches.keys())).length, 2, 'the old page is open');
  await page.reload();
  await page.waitForSelector('html[data-version="2"] #preset');
  await ready(page);
  await page.close();
  await other.reload();
  await ready(other);
  await kept(other, server);
  assert.deepEqual(faults, []);
  await context.close();
  await server.stop();
});

test('a page that was still loading when another version took over is told when it asks', async () => {
  const { server, page, close } = await underWorker();
  // It asks by a file of its version; this one is of no version that the worker knows.
  const ask = (file) => page.evaluate((path) => navigator.serviceWorker.controller.postMessage(new URL(path, location.href).href), file);
  await ask(`./${listOf(readFileSync(join(server.root, 'service_worker.js'), 'utf8')).find(([path]) => path.endsWith('.js'))[0]}`);
  await ask('./assets/picture-ofanother.js');
  await page.waitForSelector('.update');
  assert.equal(await page.locator('.update').count(), 1);
  await close();
  await server.stop();
});

test('what an update has so far is not cleared away by the only page that is open', async () => {
  const server = await host();
  const { page, close } = await site.open({}, server.address);
  await ready(page);
  await kept(page, server);
  const index = join(server.root, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace('<html ', '<html data-version="2" '));
  publish(server, 'next');
  const letGo = await server.hold('/icon.svg');
  await page.reload();
  await ready(page);
  // The page comes to rest and says so while its successor is still being fetched.
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const page = performance.getEntriesByType('resource').map(({ name }) => name).find((name) => /\/assets\/.*\.js$/.test(name));
    for (let i = 0; i < 5; i += 1) {
      registration.active.postMessage(page);
      await fetch('./manifest.webmanifest');
    }
  });
  letGo();
  await page.waitForSelector('.update');
  server.goAway();
  await page.reload();
  await page.waitForSelector('html[data-version="2"] #preset');
  await ready(page);
  await computes(page, 22222);
  await close();
  await server.stop();
});

test('half of a version is never taken: files that do not fit their digests leave the old one in place', async () => {
  const { server, page, close } = await underWorker();
  const worker = join(server.root, 'service_worker.js');
  writeFileSync(worker, readFileSync(worker, 'utf8').replace(/const version = .*/, "const version = 'next';"));
  writeFileSync(join(server.root, 'index.html'), '<!doctype html><p>something else');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const { installing } = registration;
    if (installing) await new Promise((done) => installing.addEventListener('statechange', () => installing.state === 'redundant' && done()));
  });
  await page.reload();
  await ready(page);
  assert.equal(await page.locator('.update').count(), 0);
  await computes(page, 11111);
  await close();
  await server.stop();
});

test('it can be installed: the manifest and its icons are what they say', async () => {
  const { page, close } = await site.open();
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  assert.equal(manifest.lang, 'zh-CN');
  assert.equal(manifest.name, '商家增长计算器');
  for (const { src, sizes, type } of [...manifest.icons, { src: './icon-180.png', sizes: '180x180', type: 'image/png' }]) {
    const size = await page.evaluate(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (type === 'image/png') assert.equal(size, sizes);
  }
  const colors = await page.$$eval('meta[name=theme-color]', (all) => all.map((meta) => [meta.media, meta.content]));
  assert.equal(colors.length, 2);
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.map((error) => error.errorId).filter((id) => id !== 'in-incognito'), []);
  await close();
});

test('the single file computes, runs futures and reads records from a disk, and may ask nobody for anything', async () => {
  const { page, seen, close } = await site.open({}, single.href);
  await ready(page);
  await computes(page, 23456);
  await page.waitForSelector('.fan-card[data-state=current] .fan');
  await page.click('.under .chip:not(.spread) >> nth=0');
  await page.waitForSelector('.facts');
  await page.click('text=用订单、场次、合同记录校准');
  await page.click('dialog.records >> text=用样例试试');
  await page.waitForSelector('[data-records-verdict]');
  await page.keyboard.press('Escape');
  assert.deepEqual(seen.requests.filter((url) => !/^(blob|data):/.test(url)), [single.href]);
  assert.doesNotMatch(await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content'), /connect-src|unsafe-inline|'self'|https?:/);
  assert.deepEqual(seen.complaints, []);
  await close();
});

/** A page in a browser that lacks something. */
async function lacking(script, url = site.address) {
  const context = await site.context();
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  await page.addInitScript(script);
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

test('without SIMD, or without WebAssembly, the default result stays and the page says what it cannot do', async () => {
  for (const [what, script] of [
    ['SIMD', 'WebAssembly.validate = () => false'],
    ['WebAssembly', 'delete globalThis.WebAssembly'],
  ]) {
    for (const url of [site.address, single.href]) {
      const { page, faults, close } = await lacking(script, url);
      await page.waitForSelector('.fault');
      assert.match(await page.textContent('.fault'), /跑不了计算引擎.*SIMD/, what);
      assert.match(await shown(page), /万/);
      assert.equal(await page.locator('.cards').count(), 1);
      await page.fill('[data-path="private.users"]', '9999');
      assert.match(await page.textContent('#result'), /没有引擎，改的数算不了/);
      await axe(page, `no ${what}`);
      await page.click('.language');
      assert.match(await page.textContent('.fault'), /cannot run the engine/);
      assert.deepEqual(faults, []);
      await close();
    }
  }
});

test('without workers the plan is computed and the page says that futures are not', async () => {
  const { page, faults, close } = await lacking('delete globalThis.Worker');
  await page.waitForFunction(() => /打不开多种可能的预测/.test(document.body.textContent));
  await computes(page, 23456);
  await axe(page, 'no workers');
  assert.deepEqual(faults, []);
  await close();
});

test('without service workers, caches or IndexedDB nothing is missing and nothing is said', async () => {
  const { page, faults, close } = await lacking(
    "delete Navigator.prototype.serviceWorker; delete globalThis.caches; delete globalThis.indexedDB",
  );
  await ready(page);
  await computes(page, 23456);
  assert.equal(await page.locator('.update, .fault').count(), 0);
  assert.deepEqual(faults, []);
  await close();
});
