// Keeps the app itself on the device, under the hash of this build. What the API answers is kept by the app, where a person can see it.
// `__BUILD__` and `__FILES__` are written in when the app is built.
const BUILD = 'field-__BUILD__';
const FILES = __FILES__;
const PAGE = '/field/';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(BUILD).then((cache) => cache.addAll([PAGE, ...FILES])));
});

// The first worker serves at once; a newer one waits until somebody wants it.
self.addEventListener('message', (event) => {
  if (event.data === 'use') self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const forget = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith('field-') && name !== BUILD);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(PAGE)) return;
  const key = request.mode === 'navigate' ? PAGE : request;
  const answer = async () => {
    const cache = await caches.open(BUILD);
    return (await cache.match(key)) ?? fetch(request);
  };
  event.respondWith(answer());
});
