// <form data-outbox hx-boost="true">: what cannot be sent waits in this phone with its photos and goes out by itself, once.
// [data-outbox-waiting] counts one's own; [data-queue-anybody] says, when nobody is signed in, how many wait in all.
const person = document.body.dataset.person ?? "";
const OPEN = ["waiting", "sending", "unknown", "refused"];
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const sent = ({ status }) => (status >= 200 && status < 400) || status === 422;

self.newNumber = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
  (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+digit / 4)))).toString(16));

async function show() {
  const open = (await self.store.all()).filter(({ state }) => OPEN.includes(state));
  const own = open.filter((form) => form.person === person);
  for (const [selector, forms] of [["[data-outbox-waiting]", own], ["[data-queue-anybody]", open]]) {
    for (const place of document.querySelectorAll(selector)) {
      place.hidden = forms.length === 0;
      for (const count of place.querySelectorAll("[data-count]")) count.textContent = forms.length;
    }
  }
}

// The moment of writing would be lost by the time it is sent.
function withTime(pairs, form) {
  if (pairs.started_at) return [];
  const minutes = Number(pairs.length === "more" ? pairs.minutes : pairs.length) || 0;
  const begun = new Date(Date.now() - minutes * 60000);
  return [["started_at", begun.toLocaleString("sv-SE", { timeZone: form.dataset.outboxZone }).replace(" ", "T").slice(0, 16)]];
}

const names = (form) => [...form.querySelectorAll("[name=who]:checked")].map((box) => box.closest("label").dataset.name).join("、");
const isWhole = (form) => form.querySelector("[name=who]:checked") && form.querySelector("[name=topics]:checked") && form.elements.said.value.trim();

async function keep(form, state) {
  if (!isWhole(form)) return tell("toast", { text: form.dataset.outboxMissing, state: "bad" });
  const pairs = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value !== "" && !["csrfmiddlewaretoken", "q", "opened"].includes(name));
  await self.store.put({
    uuid: form.elements.uuid.value, person, url: form.getAttribute("action"), photosUrl: form.dataset.outboxPhotos,
    draft: form.dataset.draft, names: names(form), pairs: [...pairs, ...withTime(Object.fromEntries(pairs), form)],
    photos: self.photos?.of(form) ?? [], state, reason: "", tries: 0, next: 0, kept: Date.now(),
  });
  empty(form);
  tell("toast", { text: form.dataset.outboxKept });
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("queue").catch(() => {});
  send();
}

function empty(form) {
  form.reset();
  form.querySelectorAll("[name=who]:checked").forEach((field) => { field.checked = false; });
  form.elements.uuid.value = self.newNumber();
  self.photos?.put(form, []);
  tell("draft:done", form.dataset.draft);
}

const outboxOf = (event) => event.detail.elt.closest?.("form[data-outbox]") === event.detail.elt && event.detail.elt;

for (const [name, state] of [["htmx:sendError", "waiting"], ["htmx:timeout", "unknown"]]) {
  document.addEventListener(name, (event) => {
    const form = outboxOf(event);
    if (!form) return;
    event.stopImmediatePropagation();
    keep(form, navigator.onLine ? "unknown" : state);
  });
}

// Signed out meanwhile, or a fault of the server: the words and photos wait here and are not lost.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = outboxOf(event);
  if (!form || sent(event.detail.xhr)) return;
  event.preventDefault();
  const away = event.detail.xhr.getResponseHeader("HX-Redirect");
  keep(form, "unknown").then(() => away && location.assign(away));
});

let timer = 0;
async function send(now = false) {
  if (!person) return;
  await self.sending.sendAll(person, now);
  const open = (await self.store.all()).filter((form) => form.person === person && ["waiting", "sending", "unknown"].includes(form.state));
  clearTimeout(timer);
  if (open.length) timer = setTimeout(send, Math.max(1e3, Math.min(...open.map(({ next }) => next)) - Date.now()));
}

async function arrive(root) {
  for (const done of root.querySelectorAll("[data-outbox-done]")) {
    if (await self.store.form(done.dataset.outboxDone)) await self.store.remove(done.dataset.outboxDone);
  }
  show();
}

document.addEventListener("queue:send", () => send(true));
window.addEventListener("online", () => send(true));
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(true); });
document.addEventListener("htmx:afterSettle", ({ detail }) => arrive(detail.elt));
if ("indexedDB" in window) {
  new BroadcastChannel("queue").addEventListener("message", show);
  arrive(document);
  send();
}
