// A part that does not come says so; nothing that was filled in is lost.
const say = (text) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, state: "bad" } }));
const words = () => document.getElementById("toasts")?.dataset ?? {};

document.addEventListener("htmx:responseError", ({ detail }) => say(detail.xhr.getResponseHeader("X-Message") ?? words().failed));
document.addEventListener("htmx:sendError", () => say(words().unreachable));
