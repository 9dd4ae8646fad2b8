// Keeps an app on the device, under the hash of its build, so that it opens without a network. Nothing that the API answers is kept here.
// What stands in __CAPITALS__ is written in when the app is built.
const APP = '__APP__';
const BUILD = '__BUILD__';
const FILES = __FILES__;
const PAGE = `/${APP}/`;
/** A newer build waits until somebody wants it, and the kept page comes first; else it serves at once, and a network comes first. */
const WAITS = __WAITS__;

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(BUILD);
    await cache.addAll([PAGE, ...FILES]);
    if (!WAITS) await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener('message', (event) => {
  if (event.data === 'use') self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const forget = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(`${APP}-`) && name !== BUILD);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(PAGE)) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(BUILD);
  const isPage = request.mode === 'navigate';
  const kept = await cache.match(isPage ? PAGE : request);
  if (!kept || (isPage && !WAITS)) return fetch(request).catch((error) => kept ?? Promise.reject(error));
  return kept;
}
