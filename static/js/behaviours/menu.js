// <details class="menu">: a press elsewhere or Esc closes it, and the focus returns to its button.
const opened = () => document.querySelector("details.menu[open]");

document.addEventListener("click", ({ target }) => {
  const menu = opened();
  if (menu && !menu.contains(target)) menu.open = false;
});

document.addEventListener("keydown", ({ key }) => {
  const menu = opened();
  if (key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
