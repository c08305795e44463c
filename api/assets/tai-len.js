/* The browser's own file button speaks the browser's language; this one speaks the page's, shows what was
   chosen, and says that the file is on its way. Without script the browser's button does all that matters. */
(() => {
  "use strict";

  const said = document.currentScript.dataset;
  const input = document.getElementById("tep");
  if (!input) return;
  const shown = document.createElement("span");
  shown.className = "chosen";
  shown.textContent = said.none;
  const button = document.createElement("span");
  button.className = "choose";
  button.textContent = said.choose;
  const box = document.createElement("label");
  box.className = "file-box";
  box.htmlFor = "tep";
  box.append(button, shown);
  input.classList.add("behind");
  input.after(box);
  input.addEventListener("change", () => { shown.textContent = input.files[0]?.name ?? said.none; });
  input.form.addEventListener("submit", () => {
    const send = input.form.querySelector("button");
    send.disabled = true;
    send.textContent = said.sending;
  });
})();
