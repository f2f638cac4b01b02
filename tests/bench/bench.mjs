// Prints the tables of scripts/bench.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { printFits } from './fits.mjs';
import { printFutures } from './futures.mjs';
import { printPage } from './page.mjs';
import { printSmallModel } from './small_model.mjs';
import { median } from './timing.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const options = new Set(process.argv.slice(2));

function sizes() {
  const measure = (bytes) => ({
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  });
  const assets = join(root, 'build/web/assets');
  const asset = (pattern) => readFileSync(join(assets, readdirSync(assets).find((name) => pattern.test(name))));
  const html = readFileSync(join(root, 'build/web/index.html'));
  // What the HTML names is loaded at once: the page's script and the engine's loader.
  const named = new Set([...html.toString().matchAll(/assets\/([^"]+\.js)"/g)].map((match) => match[1]));
  const script = Buffer.concat([...named].map((name) => readFileSync(join(assets, name))));
  const wasm = asset(/^growth-engine-.*\.wasm$/);
  const later = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name) && !named.has(name) && !html.includes(name));
  const rows = [
    ['HTML with the result and its style', measure(html)],
    ['eager JavaScript', measure(script)],
    ['wasm', measure(wasm)],
    ['policies and presets (then)', measure(asset(/^growth-library-.*\.txt$/))],
    ['field notes (when asked)', measure(asset(/^notes-/))],
    ['published figures (when asked)', measure(asset(/^facts-/))],
    ['full wasm, in workers', measure(asset(/^growth-full-.*\.wasm$/))],
    ['records wasm, in a worker', measure(asset(/^growth-records-.*\.wasm$/))],
    ...later.filter((name) => !/^(notes|facts)-/.test(name)).map((name) => [`later: ${name}`, measure(readFileSync(join(assets, name)))]),
  ];
  const br = Object.fromEntries(rows.map(([name, size]) => [name, size.brotli]));
  const kb = 1024;
  const page = br['HTML with the result and its style'] + br['eager JavaScript'];
  const limits = [
    ['HTML and eager JavaScript', page, 60 * kb],
    ['wasm', br.wasm, 110 * kb],
    ['all that the first result needs', page + br.wasm, 170 * kb],
    ['policies and presets', br['policies and presets (then)'], 40 * kb],
    ['largest chunk that comes later', Math.max(...rows.filter(([name]) => name.startsWith('later: ')).map(([, size]) => size.brotli)), 10 * kb],
  ];
  console.log('size in bytes                           raw      gzip    brotli');
  for (const [name, size] of rows) {
    console.log(`${name.padEnd(36)}${[size.raw, size.gzip, size.brotli].map((n) => String(n).padStart(9)).join(' ')}`);
  }
  console.log('\nbudget, brotli                       bytes     limit');
  for (const [name, size, limit] of limits) {
    console.log(`${name.padEnd(34)}${String(size).padStart(8)} ${String(limit).padStart(9)}  ${size <= limit ? 'met' : 'ABOVE'}`);
  }
  return limits.every(([, size, limit]) => size <= limit);
}

const scenarioText = (users) =>
  `{"private":{"users":${users}},"channels":[{"id":"ads","monthly_spend":20000,"cost_per_viewer":0.3,"half_saturation":60000,"precision":0.7},{"id":"beans","cost_per_viewer":0.22,"half_saturation":20000,"precision":0.55}]}`;

function native() {
  const program = join(root, 'build/native/tests/growth_bench');
  const report = JSON.parse(
    execFileSync(program, ['--benchmark_format=json', '--benchmark_repetitions=7', '--benchmark_report_aggregates_only=true', '--benchmark_min_time=0.1'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return Object.fromEntries(report.benchmarks.filter((b) => b.aggregate_name === 'median').map((b) => [b.run_name, b.real_time / 1000]));
}

async function inNode() {
  const { createGrowth } = await import(pathToFileURL(join(root, 'build/wasm/wasm/dist/growth.js')).href);
  const growth = await createGrowth();
  let users = 6000;
  const round = (parse) => {
    const start = performance.now();
    for (let i = 0; i < 500; i += 1) {
      const text = growth.runText('plan', scenarioText((users += 1)));
      if (parse) JSON.parse(text);
    }
    return ((performance.now() - start) / 500) * 1000;
  };
  for (let i = 0; i < 4; i += 1) round(true);
  return { text: median(Array.from({ length: 9 }, () => round(false))), parsed: median(Array.from({ length: 9 }, () => round(true))) };
}

/** The straightforward model in JavaScript, which also is the tests' reference. */
async function reference() {
  const { run } = await import(pathToFileURL(join(root, 'tests/reference/model.mjs')).href);
  let users = 6000;
  const round = () => {
    const start = performance.now();
    for (let i = 0; i < 200; i += 1) run({ private: { users: (users += 1) } });
    return ((performance.now() - start) / 200) * 1000;
  };
  for (let i = 0; i < 4; i += 1) round();
  return median(Array.from({ length: 9 }, round));
}

async function inChromium() {
  const web = createRequire(join(root, 'web/package.json'));
  const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executable)) return undefined;
  const { chromium } = web('playwright-core');
  const vite = await import(pathToFileURL(web.resolve('vite')).href.replace('/index.cjs', '/dist/node/index.js'));
  const server = await vite.preview({ root: join(root, 'web'), preview: { host: '127.0.0.1', port: 0 }, logLevel: 'error' });
  const browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-background-networking'] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
  await page.waitForFunction(() => !document.querySelector('#preset').disabled);
  // A whole change as a merchant makes it: text in, plan, page drawn anew.
  const change = await page.evaluate(() => {
    const input = document.querySelector('[data-path="private.users"]');
    const times = [];
    for (let i = 0; i < 60; i += 1) {
      input.value = String(8000 + i);
      const start = performance.now();
      input.dispatchEvent(new Event('input', { bubbles: true }));
      times.push(performance.now() - start);
    }
    return times.slice(20).sort((a, b) => a - b)[20] * 1000;
  });
  // The engine by itself, from a plain host of the module.
  const dist = join(root, 'build/wasm/wasm/dist');
  const host = createServer((request, response) => {
    const name = request.url.slice(1);
    const types = { js: 'text/javascript', wasm: 'application/wasm' };
    response.writeHead(200, { 'Content-Type': types[name.split('.').at(-1)] ?? 'text/html' });
    response.end(existsSync(join(dist, name)) && name ? readFileSync(join(dist, name)) : '<!doctype html>');
  });
  await new Promise((done) => host.listen(0, '127.0.0.1', done));
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const engine = await page.evaluate(async (text) => {
    const { createGrowth } = await import('/growth.js');
    const growth = await createGrowth();
    const round = (parse) => {
      const start = performance.now();
      for (let i = 0; i < 300; i += 1) {
        const answer = growth.runText('plan', text);
        if (parse) JSON.parse(answer);
      }
      return ((performance.now() - start) / 300) * 1000;
    };
    for (let i = 0; i < 4; i += 1) round(true);
    const middle = (parse) => Array.from({ length: 9 }, () => round(parse)).sort((a, b) => a - b)[4];
    return { text: middle(false), parsed: middle(true) };
  }, scenarioText(8000));
  host.close();
  await browser.close();
  await server.close();
  return { change, engine };
}

async function speeds() {
  const times = native();
  const node = await inNode();
  const plain = await reference();
  const browser = await inChromium();
  const rows = [
    ['model alone, 12 months, native', times['model_alone/12'], 5],
    ['model alone, 36 months, native', times['model_alone/36']],
    ['full plan with analysis, native', times.full_plan],
    ['full plan through JSON text, native', times.plan_through_json],
    ['full plan through JSON text, wasm in node', node.text],
    ['the same and JSON.parse, wasm in node', node.parsed],
    ['model alone, plain JavaScript in node', plain],
    ...(browser
      ? [
          ['full plan through JSON text, Chromium', browser.engine.text, 300],
          ['the same and JSON.parse, Chromium', browser.engine.parsed],
          ['an input changed to page drawn, Chromium', browser.change],
        ]
      : []),
  ];
  console.log('\ntime, medians                                      µs   goal   to native JSON');
  for (const [name, time, goal] of rows) {
    console.log(`${name.padEnd(44)}${time.toFixed(1).padStart(9)} ${goal ? String(goal).padStart(6) : '      '}   ${(time / times.plan_through_json).toFixed(2).padStart(8)}`);
  }
  const compiler = spawnSync('em++', ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? '';
  console.log(`\nnode ${process.version}; ${compiler}`);
}

const within = sizes();
if (!options.has('--sizes')) {
  await speeds();
  await printFutures();
  await printFits();
  await printSmallModel();
  await printPage();
}
if (options.has('--check') && !within) process.exit(1);
