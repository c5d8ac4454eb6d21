// <form data-draft="log">: never lose a word. Saves the fields in this browser while typing and puts them back.
// The page after a success carries <i data-draft-done="log"> and the draft is gone; signing out clears them all.
// Not kept: passwords, files, hidden fields and whatever has data-no-draft. [data-draft-state] says that it is kept.
const PREFIX = "draft:";
const owner = document.body.dataset.person ?? "";
const keyOf = (name) => `${PREFIX}${owner}:${name}`;
const kept = (field) =>
  field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type) && !field.closest("[data-no-draft]");

const choosable = (field) => ["checkbox", "radio"].includes(field.type);

function read(form) {
  return [...form.elements].filter(kept).filter((field) => !choosable(field) || field.checked)
    .map((field) => [field.name, field.value]);
}

function restore(form) {
  const saved = JSON.parse(localStorage.getItem(keyOf(form.dataset.draft)) ?? "null");
  if (!saved || form.querySelector("[aria-invalid=true]")) return;
  for (const field of [...form.elements].filter(kept)) {
    if (choosable(field)) field.checked = saved.some(([name, value]) => name === field.name && value === field.value);
    else {
      const place = saved.findIndex(([name]) => name === field.name);
      if (place >= 0) [[, field.value]] = saved.splice(place, 1);
    }
  }
  say(form);
}

function say(form) {
  for (const place of document.querySelectorAll("[data-draft-state]")) place.textContent = form.dataset.draftSaved ?? "";
}

let timer = 0;
document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (!form) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    localStorage.setItem(keyOf(form.dataset.draft), JSON.stringify(read(form)));
    say(form);
  }, 300);
});

document.addEventListener("draft:done", ({ detail }) => { clearTimeout(timer); localStorage.removeItem(keyOf(detail)); });
document.addEventListener("draft:put", ({ detail }) => localStorage.setItem(keyOf(detail.name), JSON.stringify(detail.fields)));

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-drafts-clear]")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
});

function arrive(root) {
  for (const done of root.querySelectorAll("[data-draft-done]")) localStorage.removeItem(keyOf(done.dataset.draftDone));
  root.querySelectorAll("form[data-draft]").forEach(restore);
}

arrive(document);
document.addEventListener("htmx:afterSettle", ({ detail }) => arrive(detail.elt));
