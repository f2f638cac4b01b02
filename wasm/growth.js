// The growth calculator as an ES module: for the page, a module worker and node. Text goes in and
// comes out, nothing is to be freed. Types: growth.d.ts.
//
//   import { createGrowth } from './growth.js';
//   const growth = await createGrowth();
//   const plan = growth.run('plan', { private: { users: 8000 } });
//
// createGrowth({ full: true }) takes the larger module, which also has the commands breakdown, formulas,
// simulate, sensitivity, seek, allocate and decide. The last five run for a while: give it a worker of its own.
//
// createGrowth({ records: true }) takes the module that reads a merchant's records: recognise_columns,
// fit_orders, fit_sessions and fit_contracts. Their table stands beside the request:
//
//   records.run('fit_orders', { today: '2026-11-21' }, onProgress, tableOf(rows));
// The first module carries neither policies nor presets: they are growth-library.txt, fetched beside it, or
// with createGrowth({ library: false }) later, by growth.addLibrary(). The others carry them.
//
// A page needs `script-src 'self' 'wasm-unsafe-eval'` in its policy and nothing else.

// Addresses stand here whole, for bundlers to find.
const modules = {
  engine: { load: () => import('./growth-engine.js'), url: () => new URL('./growth-engine.wasm', import.meta.url), library: () => new URL('./growth-library.txt', import.meta.url) },
  full: { load: () => import('./growth-full.js'), url: () => new URL('./growth-full.wasm', import.meta.url) },
  records: { load: () => import('./growth-records.js'), url: () => new URL('./growth-records.wasm', import.meta.url) },
};

const inNode = typeof process === 'object' && Boolean(process.versions?.node);

// Named apart, so that a bundler for browsers leaves it alone.
const nodeFiles = 'node:fs/promises';

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`growth: ${url} answers ${response.status}`);
  return response;
}

async function bytesAt(url) {
  if (inNode) return (await import(/* @vite-ignore */ nodeFiles)).readFile(url);
  return new Uint8Array(await (await fetched(url)).arrayBuffer());
}

async function compile({ module, wasmBinary, wasmUrl }, shipped) {
  if (module) return module;
  if (wasmBinary) return WebAssembly.compile(wasmBinary);
  const url = wasmUrl ?? shipped();
  if (inNode) return WebAssembly.compile(await bytesAt(url));
  const response = await fetched(url);
  const copy = response.clone();
  try {
    return await WebAssembly.compileStreaming(response);
  } catch {
    // A server without the MIME type, and some WKWebView builds with it, refuse to stream.
    return WebAssembly.compile(await copy.arrayBuffer());
  }
}

const internalError = (what) => ({
  errors: [
    {
      code: 'internal',
      path: '',
      message: { zh: '计算器内部出错，正在重新启动，请再试一次。', en: 'The calculator failed and is restarting; please try again.' },
      got: what,
      allowed: '',
    },
  ],
});

class Growth {
  #module;
  #createEngine;
  #engine;
  #library;
  #decoder = new TextDecoder();
  ready;

  constructor(module, createEngine) {
    this.#module = module;
    this.#createEngine = createEngine;
    this.#restart();
  }

  /** The compiled module, to hand to a worker so that it need not compile again. */
  get module() {
    return this.#module;
  }

  async #start() {
    this.#engine = await new Promise((resolve, reject) => {
      // The loader hears of an instance and waits for ever where there is none.
      const instantiateWasm = (imports, done) => {
        WebAssembly.instantiate(this.#module, imports).then(done).catch(reject);
        return {};
      };
      this.#createEngine({ instantiateWasm }).then(resolve, reject);
    });
    if (this.#library !== undefined) this.#provide(this.#library);
  }

  #provide(bytes) {
    if (!this.#engine.provideLibrary(bytes)) throw new Error('growth: this is not growth-library.txt');
  }

  /** Policies and presets, for a module that does not carry them: fetched, or growth-library.txt, as text or
   *  bytes. The loader takes bytes four times as fast as it takes text. */
  async addLibrary(file) {
    await this.ready;
    if (!this.#engine.provideLibrary) return;
    const found = typeof file === 'string' ? new TextEncoder().encode(file) : (file ?? (await bytesAt(modules.engine.library())));
    // It may have started anew meanwhile.
    await this.ready;
    this.#provide(found);
    this.#library = found;
  }

  #restart() {
    this.ready = this.#start();
    // Whoever waits for it hears of a failure; nobody need wait.
    this.ready.catch(() => {});
  }

  runText(command, request = '', onProgress, table) {
    const engine = this.#engine;
    if (!engine) return JSON.stringify(internalError('restarting'));
    try {
      const texts = [String(command), String(request), onProgress];
      // Modules that read no table say of such a command where it is.
      return this.#decoder.decode(table && engine.runTable ? engine.runTable(...texts, table) : engine.run(...texts));
    } catch (fault) {
      // A fault (out of memory, a trap) leaves the instance unusable; the next one starts at once.
      this.#engine = undefined;
      this.#restart();
      return JSON.stringify(internalError(String(fault)));
    }
  }

  run(command, request, onProgress, table) {
    const text = request === undefined ? '' : typeof request === 'string' ? request : JSON.stringify(request);
    return JSON.parse(this.runText(command, text, onProgress, table));
  }
}

// What ends a cell and a row stands in no cell of a merchant's.
const cellText = (cell) => `${String(cell ?? '').replace(/[\x1e\x1f]/g, ' ')}\x1f`;

/** Rows of cells, the column names first, as a table to run a command on. */
export const tableOf = (rows) => new TextEncoder().encode(rows.map((cells) => `${cells.map(cellText).join('')}\x1e`).join(''));

export async function createGrowth(options = {}) {
  const { load, url, library } = options.records ? modules.records : options.full ? modules.full : modules.engine;
  const file = library && options.library !== false ? (options.library ?? bytesAt(library())) : undefined;
  const [module, { default: createEngine }, provided] = await Promise.all([compile(options, url), load(), file]);
  const growth = new Growth(module, createEngine);
  await growth.ready;
  if (provided !== undefined) await growth.addLibrary(provided);
  return growth;
}
