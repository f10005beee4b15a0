// Says that the file is being analysed, and sends it once.
"use strict";
const form = document.getElementById("upload");
form.addEventListener("submit", () => {
  const button = form.querySelector("button");
  button.textContent = button.dataset.busy;
  button.disabled = true;
});
// Coming back to the page, the form is as it was.
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
