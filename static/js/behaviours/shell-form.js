// <form data-shell>: the form as kept in this phone. Its number and its people come from the phone; and a search that
// finds no network looks through the names kept here. ?again=<number> opens a form of the queue to be mended.
const OFFERED = 5;
const person = document.body.dataset.person ?? "";
const asked = new URLSearchParams(location.search);

function chip(one, checked) {
  const label = document.getElementById("chip-template").content.firstElementChild.cloneNode(true);
  label.dataset.name = one.name;
  label.querySelector("input").value = one.key;
  label.querySelector("input").checked = checked;
  label.querySelector(".avatar").textContent = [...one.name][0];
  label.querySelector("[data-chip-name]").textContent = one.name;
  label.querySelector("[data-chip-note]").textContent = one.note;
  return label;
}

const finds = (words) => (one) => [one.name, one.pinyin, one.initials].some((text) => text.toLowerCase().includes(words));

async function offer(form, also = []) {
  const people = await self.store.people(person);
  const chosen = [...form.querySelectorAll("[name=who]:checked")].map(({ value }) => value).concat(also);
  const words = form.elements.q.value.trim().toLowerCase();
  const found = people.filter(({ key }) => !chosen.includes(key)).filter(words ? finds(words) : () => true).slice(0, OFFERED);
  const mine = people.filter(({ key }) => chosen.includes(key));
  const known = mine.map(({ key }) => key);
  // What stays on the page stays the same element: a finger may be on it.
  const shown = new Map([...form.querySelectorAll("[name=who]")].map((box) => [box.value, box.closest("label")]));
  const place = (one, checked) => {
    const label = shown.get(one.key) ?? chip(one, checked);
    label.querySelector("input").checked = checked;
    return label;
  };
  const strangers = [...form.querySelectorAll("[name=who]:checked")].filter(({ value }) => !known.includes(value)).map((box) => box.closest("label"));
  form.querySelector("#people").replaceChildren(...strangers, ...mine.map((one) => place(one, true)), ...found.map((one) => place(one, false)));
}

// Puts a form of the queue back on the page, with its people and photos.
async function again(form) {
  const kept = await self.store.form(asked.get("again"));
  if (kept?.person !== person) return;
  const values = (name) => kept.pairs.filter(([key]) => key === name).map(([, value]) => value);
  for (const field of form.elements) {
    if (!field.name || ["hidden", "file", "search"].includes(field.type)) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = values(field.name).includes(field.value);
    else field.value = values(field.name)[0] ?? "";
  }
  form.elements.uuid.value = kept.uuid;
  self.photos?.put(form, kept.photos);
  await offer(form, values("who"));
}

async function arrive() {
  const form = document.querySelector("form[data-outbox]");
  if (!form) return;
  if (form.dataset.shell !== undefined) {
    form.elements.uuid.value = self.newNumber();
    form.elements.opened.value = Math.floor(Date.now() / 1000);
    await offer(form, [...asked.getAll("worker").map((pk) => `w${pk}`), ...asked.getAll("contact").map((pk) => `c${pk}`)]);
  }
  if (asked.has("again")) await again(form);
}

document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.elt.name !== "q") return;
  event.stopImmediatePropagation();
  offer(event.detail.elt.form);
});
arrive();
