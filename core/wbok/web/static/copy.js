/* One press copies. Without this script the buttons are not there, and one press on the text selects it. */
"use strict";

const written = async (text) => {
  if (window.isSecureContext && navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
};

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await written(button.dataset.copy);
    } catch {
      return;
    }
    const word = button.querySelector("span");
    word.setAttribute("aria-live", "polite");
    word.textContent = button.dataset.done;
    button.focus();
  });
}
for (const hint of document.querySelectorAll("[data-without-script]")) hint.hidden = true;
