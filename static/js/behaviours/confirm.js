// data-confirm="退回这 12 条？" data-confirm-body="…" data-confirm-verb="退回 12 条" on a form or its submit button.
// Only for what cannot be undone. Without script the server asks with a page of its own (agency.shell.confirmation).
const dialog = document.getElementById("confirm-dialog");

function ask(source) {
  const { confirm, confirmBody = "", confirmVerb } = source.dataset;
  dialog.querySelector("[data-title]").textContent = confirm;
  dialog.querySelector("[data-body]").textContent = confirmBody;
  dialog.querySelector("[data-verb]").textContent = confirmVerb ?? source.textContent.trim();
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

const questioned = (form, submitter) => [submitter, form].find((element) => element?.dataset?.confirm);

function sayConfirmed(form) {
  if (form.elements.namedItem("confirmed")) return;
  const answer = Object.assign(document.createElement("input"), { type: "hidden", name: "confirmed", value: "1" });
  form.append(answer);
}

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const source = questioned(form, submitter);
  if (!dialog || !source || form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
  if (form.elements.namedItem("confirmed")) return;
  event.preventDefault();
  event.stopPropagation();
  if (!(await ask(source))) return;
  sayConfirmed(form);
  form.requestSubmit(submitter);
}, true);

document.addEventListener("htmx:confirm", async (event) => {
  const { elt, triggeringEvent, issueRequest } = event.detail;
  const source = questioned(elt, triggeringEvent?.submitter);
  if (!dialog || !source) return;
  event.preventDefault();
  if (!(await ask(source))) return;
  if (elt instanceof HTMLFormElement) sayConfirmed(elt);
  issueRequest(true);
});
