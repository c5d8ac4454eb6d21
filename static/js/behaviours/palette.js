// The search palette: / or ⌘K opens it, arrows choose, Enter follows. Any [data-palette-open] opens it too.
// Pages of the menu are filtered here; people and clients come from the server by hx-get on the input.
const palette = document.getElementById("palette");
const input = palette?.querySelector("input");
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
const options = () => [...palette.querySelectorAll("[role=option]:not([hidden])")];

function open() {
  palette.showModal();
  input.select();
  narrow();
}

function select(option) {
  for (const other of palette.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option?.id) input.setAttribute("aria-activedescendant", option.id);
}

function narrow() {
  const words = input.value.trim().toLowerCase();
  for (const option of palette.querySelectorAll("[data-palette-page]")) {
    option.hidden = !option.textContent.toLowerCase().includes(words);
  }
  select(options()[0]);
}

function move(step) {
  const all = options();
  const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  select(all[(now + step + all.length) % all.length]);
}

if (palette) {
  document.addEventListener("keydown", (event) => {
    const wanted = (event.key === "k" && (event.metaKey || event.ctrlKey)) || (event.key === "/" && !typing(event.target));
    if (!wanted || palette.open || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("click", ({ target }) => target.closest("[data-palette-open]") && open());
  palette.addEventListener("click", ({ target }) => target === palette && palette.close());
  palette.addEventListener("htmx:afterSettle", () => select(options()[0]));
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") palette.querySelector("[aria-selected=true]")?.click();
    else return;
    event.preventDefault();
  });
}
