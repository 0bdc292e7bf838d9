// Polish only: every page works without this.
"use strict";
for (const summary of document.querySelectorAll("[data-focus]")) summary.focus();
for (const text of document.querySelectorAll("[data-select]")) {
  text.addEventListener("click", () => getSelection().selectAllChildren(text));
}
// A form that was sent is not sent again by a second click; coming back by the browser's history opens it again.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
