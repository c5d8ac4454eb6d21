// HX-Trigger: {"toast": {"text": "退回给郑凯了", "state": "ok", "undo": "/url/"}} or {"toast": {"items": [ … ]}}
// From script: document.dispatchEvent(new CustomEvent("toast", { detail: { text } }))
const STAY = 6000;
const STAY_WITH_UNDO = 12000;

function leave(toast, after) {
  const timer = setTimeout(() => toast.remove(), after);
  for (const kind of ["pointerenter", "focusin"]) toast.addEventListener(kind, () => clearTimeout(timer), { once: true });
}

// What went wrong stays until it is closed.
function schedule(toast) {
  if (toast.dataset.state === "bad") return;
  leave(toast, toast.querySelector("form") ? STAY_WITH_UNDO : STAY);
}

function show({ text, state = "ok", undo = "" }) {
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  toast.dataset.state = state;
  toast.querySelector("[data-toast-text]").textContent = text;
  for (const icon of toast.querySelectorAll("[data-for-state]")) {
    if (icon.dataset.forState !== (state === "ok" ? "ok" : "bad")) icon.remove();
  }
  const form = toast.querySelector("form");
  if (undo) form.action = undo;
  else form.remove();
  document.getElementById("toasts").append(toast);
  schedule(toast);
}

document.addEventListener("toast", ({ detail }) => (detail.items ?? [detail]).forEach(show));

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-toast-close]")) target.closest(".toast").remove();
});

document.querySelectorAll("#toasts > .toast").forEach(schedule);
