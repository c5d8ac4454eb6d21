// <button data-print>: the browser's own print window, with "save as PDF" in it.
document.addEventListener("click", ({ target }) => {
  if (target.closest("button[data-print]")) window.print();
});
