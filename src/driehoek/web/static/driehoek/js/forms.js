// A second click on the same button sends nothing twice. The server refuses it too; this spares the question.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  event.submitter?.classList.add("is-busy");
  event.submitter?.setAttribute("aria-busy", "true");
});

// Back to a page that was kept: everything may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll(".is-busy")) {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-busy");
    }
  }
});

// What only stands there to be copied is chosen whole.
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea[readonly]")) event.target.select();
});
// On a narrow screen a strip of tabs begins at the tab one is on. Without this it has a shade where it goes on.
for (const here of document.querySelectorAll(".tabs [aria-current]")) {
  const strip = here.closest(".tabs");
  strip.scrollLeft += here.getBoundingClientRect().left - strip.getBoundingClientRect().left - 24;
}
