// A dropzone names the file that was dropped or chosen.
document.addEventListener("change", (event) => {
  const input = event.target.closest(".dropzone input[type=file]");
  if (!input?.files.length) return;
  const zone = input.closest(".dropzone");
  zone.dataset.chosen = "";
  zone.querySelector("strong").textContent = Array.from(input.files, (file) => file.name).join("、");
});
