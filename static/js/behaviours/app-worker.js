// <body data-worker="/sw.js" data-keep="/talks/phone/ …" data-keep-people="…">: install the app's worker, and keep the
// form, the queue and the names of one's own people in this phone. A page for nobody signed in forgets them.
const OWN = "own-pages";
const FRESH = 3600e3;
const { worker, keep = "", keepPeople, person } = document.body.dataset;

const isFresh = (kept) => kept && Date.now() - Date.parse(kept.headers.get("Date")) < FRESH && kept.headers.get("X-Person") === person;

async function keepPages() {
  const pages = await caches.open(OWN);
  for (const path of keep.split(" ").filter(Boolean)) {
    if (isFresh(await pages.match(path, { ignoreVary: true }))) continue;
    const answer = await fetch(path);
    if (answer.ok && !answer.redirected) await pages.put(path, answer);
    if (path === keepPeople) await self.store.putPeople(person, (await (await pages.match(path, { ignoreVary: true })).json()).people);
  }
}

async function start() {
  await navigator.serviceWorker.register(worker);
  if (person && keep) await keepPages();
}

if (!person && "caches" in window && document.body.dataset.signedOut !== undefined) {
  caches.delete(OWN);
  self.store.forgetPeople();
}
if (person && worker && "serviceWorker" in navigator) {
  window.addEventListener("load", () => start().catch(() => {}));
}
