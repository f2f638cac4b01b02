// The page as HTML, one for each language: the default result stands in it, so that the page answers before any
// script runs; and the style of the first screen, so that nothing has to be fetched before it is painted.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Plugin } from 'vite';
import type { Language } from '../src/numbers.js';
import { addressed, addresses, remembered } from '../src/site.js';
import { digest } from './offline.js';

/** Whoever chose a language once is led to its address, before anything of the other is painted (src/address.ts). */
const leading = `try{const l=localStorage.getItem('${remembered}'),a=${JSON.stringify(addresses)}[l];if(typeof a==='string'&&!document.documentElement.lang.startsWith(l)&&${addressed}.test(location.pathname))location.replace(a+location.search+location.hash)}catch{}`;

/** What a page of ours may do: run its own scripts and its own WebAssembly, nothing else. */
const contentSecurityPolicy = (style: string) =>
  [
    "default-src 'none'",
    `script-src 'self' '${digest(leading)}' 'wasm-unsafe-eval'`,
    "worker-src 'self'",
    `style-src 'self' '${digest(style)}'`,
    // A poster is drawn and painted in the page: both are data, and nothing can be asked for with them.
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

interface First {
  styles: string;
  prerender: (language: Language) => Promise<Record<string, string>>;
}

/** Fills the places of the template: index.html in Chinese and, where it is wanted, that in English beside it. */
export function prerendered(languages: Language[]): Plugin {
  const bundle = fileURLToPath(new URL('../../build/web-ssr/prerender.js', import.meta.url));
  const first = async (): Promise<First | undefined> => (existsSync(bundle) ? import(pathToFileURL(bundle).href) : undefined);
  const pages = new Map<Language, string>();
  return {
    name: 'prerendered',
    transformIndexHtml: {
      order: 'post',
      async handler(template) {
        const made = await first();
        const style = made?.styles.trim() ?? '';
        for (const language of languages) {
          const parts = (await made?.prerender(language)) ?? {};
          const html = template
            .replace(/%([a-z]+)%/g, (_, place: string) => parts[place] ?? '')
            .replace('<!--style-->', () => `<style>${style}</style>${languages.length > 1 ? `<script>${leading}</script>` : ''}`)
            .replace('%CSP%', contentSecurityPolicy(style));
          pages.set(language, html);
        }
        return pages.get('zh')!;
      },
    },
    // After the page itself has been put into the bundle.
    generateBundle: {
      order: 'post',
      handler() {
        const english = pages.get('en');
        if (english) this.emitFile({ type: 'asset', fileName: basename(addresses.en), source: english });
      },
    },
  };
}
