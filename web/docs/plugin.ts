// The pages beside the calculator, written at build time. They need no script to be read.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { guidePage } from './guide.js';
import { openLibrary, type Library } from './library.js';
import { methodPage } from './method.js';
import { pageOf, type Page } from './page.js';
import { fileOf, Pen, type PageName } from './pen.js';
import { realityPage } from './reality.js';

const writers: Record<PageName, (pen: Pen, library: Library) => Page> = { guide: guidePage, method: methodPage, reality: realityPage };

/** These pages run nothing. */
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

const sheet = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

export function documents(): Plugin {
  return {
    name: 'documents',
    apply: 'build',
    async generateBundle() {
      const library = await openLibrary();
      const style = this.getFileName(this.emitFile({ type: 'asset', name: 'docs.css', source: sheet('../src/paper.css') + sheet('docs.css') }));
      for (const language of ['zh', 'en'] as const) {
        for (const page of Object.keys(writers) as PageName[]) {
          const pen = new Pen(language, page);
          this.emitFile({ type: 'asset', fileName: fileOf(page, language), source: pageOf(pen, writers[page](pen, library), { style, policy }) });
        }
      }
    },
  };
}
