// The page as one HTML file, for a chat: script, style, modules and samples all in it, opened from a disk.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Plugin } from 'vite';
import { engineFolder } from './generate.mjs';
import { iconSvg } from './icons.js';
import { digest, themeTags } from './offline.js';

/** Takes x.single.ts for x.ts where there is one, and no address of a module: there is none beside the file. */
export function singleSources(): Plugin {
  return {
    name: 'single-sources',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer || !source.endsWith('.js') || !source.startsWith('.')) return null;
      const path = join(importer, '..', source.replace(/\.js$/, '.single.ts'));
      return existsSync(path) ? path : null;
    },
    transform: (code, id) =>
      id.startsWith(engineFolder) ? code.replace(/new URL\((["'])[^"']*\.(?:wasm|txt)\1,\s*import\.meta\.url\)(\.href)?/g, '""') : null,
  };
}

/** Makes one file of a finished build. No address is allowed in it at all: it can ask nobody for anything. */
export function singleFile(samples: string): Plugin {
  return {
    name: 'single-file',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [{ tag: 'link', attrs: { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(iconSvg)}` }, injectTo: 'head' }, ...themeTags],
    },
    writeBundle: {
      order: 'post',
      handler({ dir }, bundle) {
        const text = (pattern: RegExp) => {
          const names = Object.keys(bundle).filter((name) => pattern.test(name));
          if (names.length !== 1) throw new Error(`one file of ${pattern} is to be carried, not ${names.join(', ')}`);
          return readFileSync(join(dir!, names[0]!), 'utf8');
        };
        // What would end the element early is the same string, written differently.
        const script = text(/\.js$/).replace(/<(?=\/script|!--)/gi, '\\x3C');
        const style = text(/\.css$/);
        const carried = [
          ...['growth-engine', 'growth-full', 'growth-records'].map((name) => join(engineFolder, `${name}.wasm`)),
          join(engineFolder, 'growth-library.txt'),
          ...['orders', 'sessions', 'contracts'].map((name) => join(samples, `${name}.csv`)),
        ].map((path) => `<script type="text/plain" id="${path.split(/[\\/]/).at(-1)}">${gzipSync(readFileSync(path), { level: 9 }).toString('base64')}</script>`);
        const page = text(/\.html$/).replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`);
        const styles = [...page.matchAll(/<style>([^]*?)<\/style>/g)].map(([, css]) => `'${digest(css!)}'`);
        const policy = [
          "default-src 'none'",
          `script-src '${digest(script)}' 'wasm-unsafe-eval'`,
          'worker-src blob:',
          `style-src ${styles.join(' ')}`,
          'img-src data:',
          "base-uri 'none'",
          "form-action 'none'",
        ].join('; ');
        const html = page
          .replace(/(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, before: string) => before + policy)
          .replace(/<script type="module"[^>]*><\/script>/, '')
          // What stands beside the page elsewhere is not beside this file.
          .replace(/<p class="pages">[^]*?<\/p>/, '')
          .replace('</body>', () => `${carried.join('\n')}\n<script type="module">${script}</script>\n</body>`);
        for (const name of Object.keys(bundle)) rmSync(join(dir!, name));
        rmSync(join(dir!, 'assets'), { recursive: true, force: true });
        writeFileSync(join(dir!, 'growth-calculator.html'), html);
      },
    },
  };
}
