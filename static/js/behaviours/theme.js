// <input type="radio" data-theme-choice value="system|light|dark">
// The cookie is the one record, so that the server renders data-theme and no page flashes.
const YEAR = 365 * 24 * 3600;

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-theme-choice]")) return;
  const root = document.documentElement;
  if (target.value === "system") delete root.dataset.theme;
  else root.dataset.theme = target.value;
  document.cookie = `theme=${target.value}; path=/; max-age=${YEAR}; samesite=lax`;
});
