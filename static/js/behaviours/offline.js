// <div class="banner" data-offline-banner hidden>: being offline is normal in a workshop, so it is amber and calm.
const tell = () => {
  for (const banner of document.querySelectorAll("[data-offline-banner]")) banner.hidden = navigator.onLine;
};
for (const change of ["online", "offline"]) window.addEventListener(change, tell);
tell();
