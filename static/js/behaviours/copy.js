// <button data-copy="8F3A-21C7" data-copied="编号复制好了">: copies, then says so.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const text = button.dataset.copied;
  if (text && document.getElementById("toasts")) document.dispatchEvent(new CustomEvent("toast", { detail: { text } }));
});
