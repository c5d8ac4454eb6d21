// <form data-outbox hx-boost="true">: what cannot be sent waits in this browser and goes out by itself, once.
// The form's hidden uuid tells the server a repeat from a new one. Sent with X-Outbox: 204 means kept, 422 that it has
// to be mended (it comes back as the form's draft); whatever else, it waits on. [data-outbox-waiting] counts.
const KEY = `outbox:${document.body.dataset.person ?? ""}`;
const waiting = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");
const keep = (items) => localStorage.setItem(KEY, JSON.stringify(items));
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

function show() {
  const items = waiting();
  for (const place of document.querySelectorAll("[data-outbox-waiting]")) {
    place.hidden = items.length === 0;
    place.querySelector("[data-count]").textContent = items.length;
  }
}

const number = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
  (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+digit / 4)))).toString(16));

// The moment of writing would be lost by the time it is sent.
function withTime(pairs, form) {
  const minutes = Number(pairs.length === "more" ? pairs.minutes : pairs.length) || 0;
  const begun = new Date(Date.now() - minutes * 60000);
  const local = begun.toLocaleString("sv-SE", { timeZone: form.dataset.outboxZone }).replace(" ", "T").slice(0, 16);
  return pairs.started_at ? [] : [["started_at", local]];
}

document.addEventListener("htmx:sendError", (event) => {
  const form = event.detail.elt.closest("form[data-outbox]");
  if (!form) return;
  event.stopImmediatePropagation();
  const pairs = [...new FormData(form)].filter(([name, value]) => !["csrfmiddlewaretoken", "q", "opened"].includes(name) && value !== "");
  const item = { url: form.action, draft: form.dataset.draft, pairs: [...pairs, ...withTime(Object.fromEntries(pairs), form)] };
  keep([...waiting(), item]);
  form.reset();
  form.querySelectorAll("[name=who]:checked").forEach((field) => { field.checked = false; });
  form.elements.uuid.value = number();
  tell("draft:done", form.dataset.draft);
  tell("toast", { text: form.dataset.outboxKept });
  show();
});

async function send() {
  for (const item of waiting()) {
    const body = new URLSearchParams(item.pairs);
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "X-Outbox": "1" };
    const answer = await fetch(item.url, { method: "POST", body, headers }).catch(() => null);
    if (![204, 422].includes(answer?.status)) break;
    keep(waiting().filter(({ pairs }) => JSON.stringify(pairs) !== JSON.stringify(item.pairs)));
    if (answer.status === 422) tell("draft:put", { name: item.draft, fields: item.pairs });
  }
  show();
}

window.addEventListener("online", send);
document.addEventListener("htmx:afterSettle", show);
show();
send();
