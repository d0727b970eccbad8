// Keeps what every page is drawn with, and a page of our own for when the server cannot be reached.
// Registered as /sw.js?build=…: a new build is a new worker with a new cache. What people say is never kept:
// nothing under /api or /v1 passes through here.
const CACHE = `scribe-${new URL(self.location.href).searchParams.get("build") ?? "0"}`;
const OFFLINE = "/offline";
const STATIC = /^\/(_next\/static\/|icon[^/]*$|manifest\.webmanifest$)/;
const NAMED = /\/_next\/static\/[^"'\\\s)>]+?\.(?:css|js|woff2)/g;

self.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldBuilds().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate" && !/^\/(api|v1)(\/|$)/.test(url.pathname)) {
    event.respondWith(fetch(request).catch(() => offlinePage()));
  } else if (STATIC.test(url.pathname)) {
    event.respondWith(kept(request, event));
  }
});

// The page may have changed its language or its colours since the worker was installed.
self.addEventListener("message", (event) => {
  if (event.data === "refresh") {
    event.waitUntil(keepOfflinePage());
  }
});

async function keepOfflinePage() {
  const cache = await caches.open(CACHE);
  const page = await fetch(OFFLINE, { cache: "no-store" });
  if (!page.ok) {
    throw new Error(`${OFFLINE} answers ${page.status}`);
  }
  const text = await page.clone().text();
  const named = [...new Set(text.match(NAMED) ?? [])];
  await Promise.all(named.map((path) => keep(cache, path)));
  await cache.put(OFFLINE, page);
}

async function keep(cache, path) {
  if (await cache.match(path)) {
    return;
  }
  const file = await fetch(path);
  if (file.ok) {
    if (path.endsWith(".css")) {
      const fonts = (await file.clone().text()).match(/[^"'(\s]+-latin-[^"'()\s]*\.woff2/g) ?? [];
      await Promise.all(
        fonts.map((font) => keep(cache, new URL(font, new URL(path, self.location.href)).pathname)),
      );
    }
    await cache.put(path, file);
  }
}

async function offlinePage() {
  const cache = await caches.open(CACHE);
  return (await cache.match(OFFLINE)) ?? Response.error();
}

/** Files whose names change with their content, and icons: from the cache, and into it. */
async function kept(request, event) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request);
  if (found) {
    return found;
  }
  const answer = await fetch(request);
  if (answer.ok && answer.status === 200) {
    // A browser without room for it has the file all the same.
    event.waitUntil(cache.put(request, answer.clone()).catch(() => undefined));
  }
  return answer;
}

async function forgetOldBuilds() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("scribe-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}
