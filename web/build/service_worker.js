// Keeps one version of the page whole, so that it works without a network. Written into the build with the
// list of its files; a change in any of them makes another version.
//
// Its requests are for the files of that list, by name, with no query and no body: nothing a merchant typed
// is in them. Everything else passes by untouched.

/** Path and digest: needed at once, and needed when asked for. The HTML is './'. */
const first = __FIRST__;
const later = __LATER__;
const version = __VERSION__;

const { scope } = self.registration;
const own = `growth ${scope} `;
const name = own + version;
const at = (path) => new URL(path, scope).href;
const digests = new Map([...first, ...later].map(([path, digest]) => [at(path), digest]));

/** The digest refuses a file of another version, where a new one is being put up right now. */
const ask = (url, cache) => new Request(url, { integrity: digests.get(url), cache, credentials: 'same-origin' });

async function fetched(url, cache) {
  const response = await fetch(ask(url, cache));
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}
const keep = async (url, response) => (await caches.open(name)).put(url, response);

async function install() {
  // Names with a digest in them never change what they hold; of the others the newest is wanted.
  await Promise.all(first.map(([path]) => fetched(at(path), path.startsWith('assets/') ? 'default' : 'no-cache').then((response) => keep(at(path), response))));
  // Pages of an older version go on: their files have other names and stay until the last of them is gone.
  await self.skipWaiting();
}

/** After a page of this version came to rest: the files it has not asked for yet, and no older ones. */
async function settle() {
  const kept = await caches.open(name);
  for (const [path] of later) {
    if (!(await kept.match(at(path)))) await keep(at(path), await fetched(at(path), 'default'));
  }
  if ((await self.clients.matchAll({ type: 'window' })).length > 1) return;
  for (const old of await caches.keys()) if (old.startsWith(own) && old !== name) await caches.delete(old);
}

/** The HTML of this version, whatever the server has by now. */
const page = async (request) => (await (await caches.open(name)).match(scope)) ?? fetch(request);

/** A file of this version, or of an older one whose page is still open. */
async function file(request, url, event) {
  const kept = digests.has(url) ? await (await caches.open(name)).match(url) : await caches.match(url);
  if (kept) return kept;
  if (!digests.has(url)) return fetch(request);
  const response = await fetched(url, 'default');
  // Where there is no room to keep it, it is at least of use now.
  event.waitUntil(keep(url, response.clone()).catch(() => {}));
  return response;
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('message', (event) => {
  if (digests.has(event.data)) event.waitUntil(settle().catch(() => {}));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const url = origin + pathname;
  if (request.method !== 'GET' || !url.startsWith(scope)) return;
  // Names with a digest in them are of one version only, and the page they belong to asks for them by name:
  // parts of two versions never meet. What has no such name is of this version.
  if (request.mode === 'navigate') {
    if (url === scope || url === at('index.html')) event.respondWith(page(request));
  } else if (digests.has(url) || url.startsWith(at('assets/'))) {
    event.respondWith(file(request, url, event));
  }
});
