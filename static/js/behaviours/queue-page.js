// <ul data-queue>: one's own forms that wait in this phone, each with its state in words, until they are done.
const list = () => document.querySelector("[data-queue]");
const person = document.body.dataset.person ?? "";

function row(form) {
  const item = document.getElementById("queue-row").content.firstElementChild.cloneNode(true);
  const words = list().dataset;
  item.dataset.state = form.state;
  item.querySelector("[data-title]").textContent = form.names;
  item.querySelector("[data-when]").textContent = new Date(form.kept).toLocaleString(document.documentElement.lang, { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const photos = item.querySelector("[data-photos]");
  photos.hidden = !form.photos.length;
  photos.querySelector("[data-count]").textContent = form.photos.length;
  for (const badge of item.querySelectorAll("[data-for]")) if (badge.dataset.for !== form.state) badge.remove();
  const known = { "sign-in": words.signIn, 403: words.forbidden, 413: words.large };
  item.querySelector("[data-reason]").textContent = known[form.reason] ?? form.reason;
  const again = item.querySelector("[data-again]");
  if (form.state === "done" || form.state === "sending") item.querySelector("[data-acts]").remove();
  else {
    again.href = `${again.dataset.again}?again=${form.uuid}`;
    item.querySelector("[data-drop]").addEventListener("click", async ({ currentTarget }) => {
      if (window.confirm(currentTarget.dataset.drop)) await self.store.remove(form.uuid);
    });
  }
  return item;
}

async function show() {
  if (!list()) return;
  const own = (await self.store.all()).filter((form) => form.person === person).reverse();
  list().replaceChildren(...own.map(row));
  document.querySelector("[data-queue-empty]").hidden = own.length > 0;
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-queue-send]")) document.dispatchEvent(new Event("queue:send"));
});
if ("indexedDB" in window) {
  new BroadcastChannel("queue").addEventListener("message", show);
  show();
}
