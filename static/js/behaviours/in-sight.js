// A strip that scrolls sideways (steps, tabs) begins where the person is: the current step in sight.
function show(root) {
  for (const current of root.querySelectorAll(".stepper > [aria-current], .tabs > [aria-current]")) {
    const strip = current.parentElement;
    const [is, within] = [current.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollLeft += is.left - within.left - (within.width - is.width) / 2;
  }
}

show(document);
document.addEventListener("htmx:load", (event) => show(event.target));
