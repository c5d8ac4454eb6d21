// self.sending: bring the forms that wait to the server, each once. Before a form is sent, or called failed, the server is
// asked by its number whether it is there already. States: waiting, sending, unknown (sent, no answer came), refused, done.
const STATE_URL = "/talks/phone/state/";
const KEPT_DONE = 24 * 3600e3;
const LONGEST_PAUSE = 300e3;
const TIMEOUT = 30e3;

// Answers null when nothing came back: the signal broke off on the way there or on the way back.
async function reach(url, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const answer = await fetch(url, { ...options, signal: stop.signal, headers: { ...options.headers, "X-Outbox": "1" } });
    return { status: answer.status, away: answer.redirected, body: await answer.json().catch(() => null) };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

const post = (url, body, token) => reach(url, { method: "POST", body, headers: { "X-CSRFToken": token } });
const later = (form, change) => ({ ...form, ...change, tries: form.tries + 1, next: Date.now() + Math.min(1e3 * 2 ** form.tries, LONGEST_PAUSE) });

// 422 says what to mend; whatever else is no answer about the form itself, and it waits on.
function heard(form, answer) {
  if (answer === null) return later(form, { state: "unknown" });
  if (answer.away) return later(form, { state: "waiting", reason: "sign-in" });
  if (answer.status === 422 && answer.body) return { ...form, state: "refused", reason: answer.body.reason };
  if (answer.status === 403 || answer.status === 413) return { ...form, state: "refused", reason: String(answer.status) };
  return answer.status < 300 ? null : later(form, { state: "unknown" });
}

async function sendOne(form, me) {
  const state = await reach(`${STATE_URL}?form=${form.uuid}`);
  if (state === null || state.status >= 500) return later(form, { state: form.state === "unknown" ? "unknown" : "waiting" });
  if (state.away || !state.body) return later(form, { state: "waiting", reason: "sign-in" });
  if (String(state.body.person) !== form.person || (me && me !== form.person)) return form;
  await self.store.put({ ...form, state: "sending", reason: "" });
  const { token, photos } = state.body;
  if (!state.body.kept) {
    const failed = heard(form, await post(form.url, new URLSearchParams(form.pairs), token));
    if (failed) return failed;
  }
  for (const photo of form.photos.filter(({ uuid }) => !photos.includes(uuid))) {
    const body = new FormData();
    body.append("form", form.uuid);
    body.append("uuid", photo.uuid);
    body.append("taken_at", photo.taken);
    body.append("photo", photo.blob, "photo.jpg");
    const failed = heard(form, await post(form.photosUrl, body, token));
    if (failed) return failed;
  }
  return { ...form, state: "done", reason: "", pairs: [], photos: [], done: Date.now() };
}

async function sendAll(me, now) {
  for (const { uuid } of await self.store.all()) {
    const form = await self.store.form(uuid);
    if (!form || (me && form.person !== me)) continue;
    if (form.state === "done" && form.done < Date.now() - KEPT_DONE) await self.store.remove(uuid);
    if (["done", "refused"].includes(form.state) || (!now && form.next > Date.now())) continue;
    const after = await sendOne(form, me);
    // Somebody may have opened it again to change it meanwhile.
    if (await self.store.form(uuid)) await self.store.put(after);
  }
}

// One sender at a time, in all windows and the worker. Where there are no locks (plain HTTP), the server's memory of
// the forms' numbers alone keeps them single.
self.sending = {
  sendAll: (me = "", now = false) => (navigator.locks
    ? navigator.locks.request("queue", { ifAvailable: true }, (lock) => lock && sendAll(me, now))
    : sendAll(me, now)),
};
