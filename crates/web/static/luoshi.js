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
// A document under reading by the keyboard. Each key clicks what stands on the page for everybody.
const reading = document.querySelector("[data-reading]");
if (reading) {
  const proposals = [...reading.querySelectorAll(".proposal")];
  const now = () => reading.querySelector(".proposal.now");
  const go = (proposal) => {
    if (!proposal) return;
    for (const old of document.querySelectorAll(".now")) old.classList.remove("now");
    proposal.classList.add("now");
    proposal.focus({ preventScroll: true });
    proposal.scrollIntoView({ block: "nearest" });
    const mark = document.getElementById(proposal.dataset.mark);
    if (mark) {
      mark.classList.add("now");
      const source = mark.closest(".source");
      source.scrollTop += mark.getBoundingClientRect().top - source.getBoundingClientRect().top - source.clientHeight / 3;
    }
  };
  const named = () => document.getElementById(location.hash.slice(1).replace(/^t/, "p"));
  go(named()?.matches?.(".proposal") ? named() : reading.querySelector("[data-open]"));
  addEventListener("hashchange", () => { if (named()?.matches?.(".proposal")) go(named()); });
  reading.addEventListener("click", (event) => {
    const proposal = event.target.closest(".proposal");
    if (proposal && !event.target.closest("a, button")) go(proposal);
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    if (target.closest("input, textarea, select, summary")) return;
    if (event.key === "Enter" && target.closest("a, button")) return;
    if (event.key === "j" || event.key === "k") {
      const at = proposals.indexOf(now());
      go(proposals[event.key === "j" ? Math.min(at + 1, proposals.length - 1) : Math.max(at - 1, 0)]);
    } else if (event.key === "?") {
      const keys = document.querySelector("[data-keys]");
      if (keys) { keys.open = !keys.open; if (keys.open) keys.scrollIntoView({ block: "nearest" }); }
    } else {
      const inNow = now()?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      const onPage = event.key === "u" ? document.querySelector('[data-key="u"]') : null;
      const wanted = inNow || onPage;
      if (!wanted) return;
      wanted.click();
    }
    event.preventDefault();
  });
}
