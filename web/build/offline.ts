// What a page needs to be installed and to work without a network: icons, a manifest, and a service worker
// that knows the files of the build.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type HtmlTagDescriptor, type Plugin } from 'vite';
import { summary } from '../src/site.js';
import { iconPng, iconSvg } from './icons.js';

/** The paper the page is on (styles.css), as the bar around it. */
const paper = { light: '#fbfaf6', dark: '#161613' };

const manifest = {
  id: './',
  name: '商家增长计算器',
  short_name: '增长计算器',
  description: summary.zh,
  lang: 'zh-CN',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: paper.light,
  theme_color: paper.light,
  categories: ['business', 'finance'],
  icons: [
    { src: './icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: './icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: './icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: './icon-whole-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};

export const themeTags: HtmlTagDescriptor[] = Object.entries(paper).map(([scheme, content]) => ({
  tag: 'meta',
  attrs: { name: 'theme-color', media: `(prefers-color-scheme: ${scheme})`, content },
  injectTo: 'head',
}));

export const digest = (bytes: Buffer | string) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]));

/** Writes the service worker of a finished build. */
export function writeServiceWorker(folder: string): void {
  const files = filesIn(folder)
    .map((file) => relative(folder, file).replace(/\\/g, '/'))
    .filter((path) => path !== 'service_worker.js')
    .sort()
    .map((path) => [path === 'index.html' ? './' : path, digest(readFileSync(join(folder, path)))]);
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const source = readFileSync(new URL('./service_worker.js', import.meta.url), 'utf8')
    .replace('__FILES__', () => JSON.stringify(files))
    .replace('__VERSION__', () => JSON.stringify(version));
  writeFileSync(join(folder, 'service_worker.js'), source);
}

export function offline(): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        { tag: 'link', attrs: { rel: 'icon', href: './icon.svg', type: 'image/svg+xml' }, injectTo: 'head' },
        { tag: 'link', attrs: { rel: 'apple-touch-icon', href: './icon-180.png' }, injectTo: 'head' },
        { tag: 'link', attrs: { rel: 'manifest', href: './manifest.webmanifest' }, injectTo: 'head' },
        ...themeTags,
      ],
    },
    generateBundle() {
      const files = {
        'icon.svg': iconSvg,
        'icon-180.png': iconPng(180, true),
        'icon-192.png': iconPng(192, false),
        'icon-512.png': iconPng(512, false),
        'icon-whole-512.png': iconPng(512, true),
        'manifest.webmanifest': JSON.stringify(manifest),
      };
      for (const [fileName, source] of Object.entries(files)) this.emitFile({ type: 'asset', fileName, source });
    },
    writeBundle: { order: 'post', handler: ({ dir }) => writeServiceWorker(dir!) },
  };
}
