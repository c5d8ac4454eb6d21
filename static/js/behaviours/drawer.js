// <a hx-get="…" hx-target="#drawer" data-opens-drawer>: the swapped detail opens beside the list; Esc or
// [data-drawer-close] closes it and the focus returns to the opener.
const drawer = document.getElementById("drawer");
const app = drawer?.closest(".app");
let opener = null;

function select(chosen) {
  for (const row of document.querySelectorAll("[aria-selected=true][data-drawer-row]")) row.removeAttribute("aria-selected");
  chosen?.setAttribute("aria-selected", "true");
}

function close() {
  drawer.hidden = true;
  drawer.replaceChildren();
  delete app.dataset.aside;
  select(null);
  opener?.focus();
  opener = null;
}

function reveal() {
  drawer.hidden = false;
  app.dataset.aside = "";
  const heading = drawer.querySelector("h1, h2, h3");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

if (drawer) {
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target !== drawer || drawer.contains(detail.elt)) return;
    opener = detail.elt;
    select(opener.closest("[data-drawer-row]"));
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target !== drawer) return;
    if (!drawer.childElementCount) close();
    else if (drawer.hidden) reveal();
  });
  document.addEventListener("click", ({ target }) => target.closest("[data-drawer-close]") && close());
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && !drawer.hidden && !document.querySelector("dialog[open]")) close();
  });
}
