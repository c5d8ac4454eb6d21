// The service worker: the frame of the app, one's own form and the queue open without a signal; forms go out when it
// is back. Nothing else is kept, and signing out forgets what was. agency/statics.py writes the imports out; the view
// that serves it puts self.APP in front: version, assets and the paths it must know.
import "./queue/store.js";
import "./queue/sending.js";

const { version, assets, signIn, form, shell, waiting } = self.APP;
const FRAME = `frame-${version}`;
const OWN = "own-pages";
const PATIENCE = 6e3;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(FRAME).then((frame) => frame.addAll(assets)));
});

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("frame-") && name !== FRAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

const forget = () => Promise.all([caches.delete(OWN), self.store.forgetPeople()]);
const patiently = (asked) => Promise.race([asked, new Promise((_, reject) => setTimeout(reject, PATIENCE))]);

async function navigate(request, path) {
  if (path === signIn) await forget();
  const own = await caches.match(path === form ? shell : waiting, { cacheName: OWN, ignoreVary: true });
  if (!own) return fetch(request);
  const asked = fetch(request);
  return (path === form ? patiently(asked) : asked).catch(() => own);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(navigate(request, pathname));
  else if (assets.includes(pathname) && !search) {
    event.respondWith(caches.match(pathname, { cacheName: FRAME, ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  }
});

self.addEventListener("sync", (event) => { if (event.tag === "queue") event.waitUntil(self.sending.sendAll()); });
