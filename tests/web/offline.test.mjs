// The page without a network, after an update, as one file, and in browsers that lack what it needs.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { axe, growthcalc, ready, start } from '../support/browser.mjs';

const built = new URL('../../build/web/', import.meta.url).pathname;
const single = new URL('../../build/single/growth-calculator.html', import.meta.url);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png', '.csv': 'text/csv', '.webmanifest': 'application/manifest+json' };

let site;
let folder;
before(async () => {
  site = await start();
  folder = mkdtempSync(join(tmpdir(), 'growth-offline-'));
});
after(async () => {
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A server of a copy of the build that remembers every request, can go away and can be given another version. */
async function host() {
  const root = mkdtempSync(join(folder, 'site-'));
  cpSync(built, root, { recursive: true });
  const requests = [];
  let down = false;
  const server = createServer((request, response) => {
    if (down) return request.socket.destroy();
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
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    root, requests,
    address: `http://127.0.0.1:${server.address().port}/`,
    goAway: () => {
      down = true;
      server.closeAllConnections();
    },
    stop: () => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }),
  };
}

/** Every file of the newest version is kept, and no other version is. */
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
  const context = await site.browser.newContext({ locale: 'zh-CN' });
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
