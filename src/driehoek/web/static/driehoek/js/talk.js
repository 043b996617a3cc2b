// A question from the bank goes to the notes that are being written, without leaving the page: to the box that was
// written in last, or else to the last one. Without this the form does it.
let written = null;
document.querySelector("[data-notes]")?.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) written = event.target;
});
document.querySelector(".pane-bank")?.addEventListener("click", (event) => {
  const button = event.target.closest(".bank button");
  const area = written?.isConnected ? written : [...document.querySelectorAll("[data-notes] textarea")].pop();
  if (!button || !area) return;
  event.preventDefault();
  const before = area.value.trimEnd();
  area.value = `${before}${before ? "\n\n" : ""}${button.querySelector("span").textContent}\n`;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("view-together").checked = true;
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
});
