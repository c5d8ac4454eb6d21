// <time data-countdown="2026-10-21T15:00:00+08:00" data-now="…" data-countdown-submit="exam-form">
// Counts by the server's clock: data-now is the time at which the server wrote the page. Fires "countdown:end".
const ends = new WeakMap();

function endOf(element) {
  if (!ends.has(element)) {
    const left = Date.parse(element.dataset.countdown) - Date.parse(element.dataset.now);
    ends.set(element, performance.now() + left);
  }
  return ends.get(element);
}

const twoDigits = (number) => String(number).padStart(2, "0");

function write(element) {
  const seconds = Math.max(0, Math.ceil((endOf(element) - performance.now()) / 1000));
  element.textContent = `${twoDigits(Math.floor(seconds / 60))}:${twoDigits(seconds % 60)}`;
  if (seconds || element.dataset.over) return;
  element.dataset.over = "yes";
  element.dispatchEvent(new CustomEvent("countdown:end", { bubbles: true }));
  document.getElementById(element.dataset.countdownSubmit)?.requestSubmit();
}

const tick = () => document.querySelectorAll("[data-countdown]").forEach(write);
tick();
setInterval(tick, 1000);
