// A question from the bank goes to the end of the notes without leaving the page. Without this the form does it.
document.querySelector(".pane-bank")?.addEventListener("click", (event) => {
  const button = event.target.closest(".bank button");
  const area = [...document.querySelectorAll("[data-notes] textarea")].pop();
  if (!button || !area) return;
  event.preventDefault();
  const before = area.value.trimEnd();
  area.value = `${before}${before ? "\n\n" : ""}${button.querySelector("span").textContent}\n`;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("view-together").checked = true;
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
});
