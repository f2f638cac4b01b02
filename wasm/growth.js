// The growth calculator as an ES module: for the page, a module worker and node. Text goes in and
// comes out, nothing is to be freed. Types: growth.d.ts.
//
//   import { createGrowth } from './growth.js';
//   const growth = await createGrowth();
//   const plan = growth.run('plan', { private: { users: 8000 } });
//
// A page needs `script-src 'self' 'wasm-unsafe-eval'` in its policy and nothing else.
import createEngine from './growth-engine.js';

const inNode = typeof process === 'object' && Boolean(process.versions?.node);

async function compile({ module, wasmBinary, wasmUrl }) {
  if (module) return module;
  if (wasmBinary) return WebAssembly.compile(wasmBinary);
  const url = wasmUrl ?? new URL('./growth-engine.wasm', import.meta.url);
  if (inNode) {
    const { readFile } = await import(/* @vite-ignore */ 'node:fs/promises');
    return WebAssembly.compile(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`growth: ${url} answers ${response.status}`);
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
  #engine;
  #decoder = new TextDecoder();
  ready;

  constructor(module) {
    this.#module = module;
    this.ready = this.#start();
  }

  /** The compiled module, to hand to a worker so that it need not compile again. */
  get module() {
    return this.#module;
  }

  async #start() {
    this.#engine = await createEngine({
      instantiateWasm: (imports, done) => {
        WebAssembly.instantiate(this.#module, imports).then(done);
        return {};
      },
    });
  }

  runText(command, request = '') {
    if (!this.#engine) return JSON.stringify(internalError('restarting'));
    try {
      return this.#decoder.decode(this.#engine.run(String(command), String(request)));
    } catch (fault) {
      // A fault (out of memory, a trap) leaves the instance unusable; the next one starts at once.
      this.#engine = undefined;
      this.ready = this.#start();
      return JSON.stringify(internalError(String(fault)));
    }
  }

  run(command, request) {
    const text = request === undefined ? '' : typeof request === 'string' ? request : JSON.stringify(request);
    return JSON.parse(this.runText(command, text));
  }
}

export async function createGrowth(options = {}) {
  const growth = new Growth(await compile(options));
  await growth.ready;
  return growth;
}
