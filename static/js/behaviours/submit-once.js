// <form data-submit-once>: a second tap on the button sends nothing. Forms sent by htmx use hx-disabled-elt instead.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-submit-once]")) return;
  if (form.dataset.sending) return event.preventDefault();
  if (event.defaultPrevented) return;
  form.dataset.sending = "yes";
  form.setAttribute("aria-busy", "true");
});

// The back button shows the page as it was left: let it be sent again.
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const form of document.querySelectorAll("[data-sending]")) {
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
  }
});
