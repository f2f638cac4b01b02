// Keeps one version of the page whole, so that it works without a network. Written into the build with the
// list of its files; a change in any of them makes another version.
//
// Its requests are for the files of that list, by name, with no query and no body: nothing a merchant typed
// is in them. Everything else passes by untouched.

/** Path and digest of every file. The HTML is './', and in English index.en.html. */
const files = __FILES__;
const version = __VERSION__;

const { scope } = self.registration;
const own = `growth ${scope} `;
const name = own + version;
const at = (path) => new URL(path, scope).href;
const digests = new Map(files.map(([path, digest]) => [at(path), digest]));

/** The digest refuses a file of another version, where a new one is being put up right now. */
async function fetched(url, cache) {
  const response = await fetch(new Request(url, { integrity: digests.get(url), cache, credentials: 'same-origin' }));
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}
const keep = async (url, response) => (await caches.open(name)).put(url, response);

/** All of a version or nothing: a worker that is there has every file of its page, the ones nobody has asked
 *  for, too. A visit that ends before leaves no worker, and the next one begins again. */
async function install() {
  // Names with a digest in them never change what they hold; of the others the newest is wanted.
  await Promise.all(files.map(async ([path]) => keep(at(path), await fetched(at(path), path.startsWith('assets/') ? 'default' : 'no-cache'))));
  // Whoever cleared this away meanwhile, it is not whole.
  if ((await (await caches.open(name)).keys()).length < files.length) throw new Error('not every file is kept');
  // Pages of an older version go on: their files have other names and stay until the last of them is gone.
  await self.skipWaiting();
}

/** After a page of this version came to rest: no files of others, unless somebody may be using them. */
async function tidy() {
  if (self.registration.installing || self.registration.waiting) return;
  if ((await self.clients.matchAll({ type: 'window' })).length > 1) return;
  for (const old of await caches.keys()) if (old.startsWith(own) && old !== name) await caches.delete(old);
}

/** The HTML of this version, whatever the server has by now. */
const page = async (request, url) => (await (await caches.open(name)).match(url)) ?? fetch(request);

/** A file of this version, or of an older one whose page is still open. */
async function file(request, url, event) {
  const kept = digests.has(url) ? await (await caches.open(name)).match(url) : await caches.match(url);
  if (kept) return kept;
  if (!digests.has(url)) return fetch(request);
  // Somebody emptied the store.
  const response = await fetched(url, 'default');
  event.waitUntil(keep(url, response.clone()).catch(() => {}));
  return response;
}

self.addEventListener('install', (event) => event.waitUntil(install()));
// A page says which it is, by a file of its version. Where this worker took over while the page was still
// loading, the page has not heard of it.
self.addEventListener('message', (event) => {
  if (digests.has(event.data)) event.waitUntil(tidy().catch(() => {}));
  else event.source.postMessage('another version');
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const url = origin + pathname;
  if (request.method !== 'GET' || !url.startsWith(scope)) return;
  // Names with a digest in them are of one version only, and the page they belong to asks for them by name:
  // parts of two versions never meet. What has no such name is of this version.
  const html = url === at('index.html') ? scope : url;
  if (request.mode === 'navigate' && (html === scope || html === at('index.en.html'))) event.respondWith(page(request, html));
  else if (digests.has(url) || url.startsWith(at('assets/'))) event.respondWith(file(request, url, event));
});
