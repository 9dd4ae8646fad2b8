// Keeps the app on the device, so that it opens without a network and what was written is still there. With a network the newest page
// is shown at once. Nothing that the API answers is kept. `__BUILD__` and `__FILES__` are written in when the app is built.
const BUILD = 'portal-__BUILD__';
const FILES = __FILES__;
const PAGE = '/portal/';

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(BUILD);
    await cache.addAll([PAGE, ...FILES]);
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  const forget = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith('portal-') && name !== BUILD);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(PAGE)) return;
  const isPage = request.mode === 'navigate';
  const answer = async () => {
    const cache = await caches.open(BUILD);
    if (!isPage) return (await cache.match(request)) ?? fetch(request);
    try {
      return await fetch(request);
    } catch (error) {
      const kept = await cache.match(PAGE);
      if (kept) return kept;
      throw error;
    }
  };
  event.respondWith(answer());
});
