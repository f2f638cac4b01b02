import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { inFewFiles } from './build/chunks.js';
import { engineFolder } from './build/generate.mjs';
import { offline } from './build/offline.js';
import { prerendered } from './build/prerendered.js';
import { singleFile, singleSources } from './build/single_file.js';
import { documents } from './docs/plugin.js';

/** The engine's loader is a chunk of its own (a worker has another); the first visit needs it at once. The answer
 *  stands in the page without any script, and so none is to be fetched before it. */
function scriptsAfterAnswer(): Plugin {
  return {
    name: 'scripts-after-answer',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => ({
        html: html.replace('<script type="module"', '$& async fetchpriority="low"'),
        tags: Object.values(bundle ?? {})
          .filter((chunk) => chunk.type === 'chunk' && chunk.name === 'growth-engine')
          .map(({ fileName }) => ({ tag: 'link', attrs: { rel: 'modulepreload', href: `./${fileName}`, fetchpriority: 'low' }, injectTo: 'head' as const })),
      }),
    },
  };
}

/** The policy as the built page states it. */
function builtPolicy(): string {
  const page = readFileSync(new URL('../build/web/index.html', import.meta.url), 'utf8');
  return /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
}

const samples = fileURLToPath(new URL('src/generated/samples', import.meta.url));

export default defineConfig(({ isSsrBuild, isPreview, mode }) => {
  const single = mode === 'single';
  // Each language has its HTML, made of what the others put into it.
  const pagePlugins = single ? [singleSources(), singleFile(samples), prerendered(['zh'])] : [scriptsAfterAnswer(), documents(), offline(), prerendered(['zh', 'en'])];
  const headers = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };
  const whole = { inlineDynamicImports: true };
  return {
    base: './',
    plugins: isSsrBuild ? [] : pagePlugins,
    // Of a file on a disk, workers are made of text and import nothing.
    worker: single ? { format: 'iife', plugins: () => [singleSources()], rollupOptions: { output: whole } } : { format: 'es' },
    json: { stringify: true },
    resolve: { alias: { '@engine': engineFolder } },
    build: {
      target: 'es2021',
      outDir: isSsrBuild ? '../build/web-ssr' : single ? '../build/single' : '../build/web',
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      cssCodeSplit: !single,
      cssMinify: true,
      rollupOptions: { output: isSsrBuild ? {} : single ? whole : inFewFiles() },
      reportCompressedSize: false,
    },
    ssr: { noExternal: true },
    preview: { port: 4173, strictPort: false, headers: isPreview ? { ...headers, 'Content-Security-Policy': `${builtPolicy()}; frame-ancestors 'self'` } : headers },
    server: { fs: { allow: ['..'] } },
    test: { include: ['tests/unit/**/*.test.ts'] },
  };
});
