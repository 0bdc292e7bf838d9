// Polish only: every page works without this.
"use strict";
for (const summary of document.querySelectorAll("[data-focus]")) summary.focus();
for (const text of document.querySelectorAll("[data-select]")) {
  text.addEventListener("click", () => getSelection().selectAllChildren(text));
}
// The menu in the head closes by Escape, and when one goes on elsewhere.
const menu = document.querySelector("[data-menu]");
if (menu) {
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
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
// A form that can be kept is kept every twenty seconds while it changes, and on leaving.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const read = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    return fields.toString();
  };
  const said = document.createElement("span");
  said.className = "soft";
  said.setAttribute("role", "status");
  form.querySelector(".actions")?.append(said);
  let last = read();
  const keep = async () => {
    const body = read();
    if (body === last || form.dataset.sent) return;
    last = body;
    const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", headers, body, keepalive: body.length < 60000 });
      said.textContent = answer.ok ? form.dataset.kept : "";
    } catch { last = ""; }
  };
  setInterval(keep, 20000);
  addEventListener("pagehide", keep);
}
// A document under reading by the keyboard. Each key clicks what stands on the page for everybody.
const reading = document.querySelector("[data-reading]");
if (reading) {
  // What stands folded is passed over until it is opened.
  const proposals = () => [...reading.querySelectorAll(".proposal")].filter((one) => !one.closest("details:not([open])"));
  const now = () => reading.querySelector(".proposal.now");
  const go = (proposal) => {
    if (!proposal) return;
    const fold = proposal.closest("details");
    if (fold) fold.open = true;
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
      const all = proposals(), at = all.indexOf(now());
      go(all[event.key === "j" ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0)]);
    } else if (event.key === "?") {
      const keys = document.querySelector("[data-keys]");
      if (keys) { keys.open = !keys.open; if (keys.open) keys.scrollIntoView({ block: "nearest" }); }
    } else if (reading.querySelector(`details[data-aside="${CSS.escape(event.key)}"]`)) {
      const fold = reading.querySelector(`details[data-aside="${CSS.escape(event.key)}"]`);
      fold.open = !fold.open;
      go(fold.open ? fold.querySelector(".proposal") : proposals()[0]);
    } else {
      const inNow = now()?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      const last = event.key === "u" ? document.querySelector("[data-undo]") : null;
      const wanted = inNow || last || document.querySelector(`[data-page-key~="${CSS.escape(event.key)}"]`);
      if (!wanted) return;
      wanted.click();
    }
    event.preventDefault();
  });
}
// Many matters assigned on one page: Enter goes to the next empty field, leads and deadlines first, then criteria; at
// last to the button. The beginning of one name only is completed. Alt and Down fill the empty fields below.
const many = document.querySelector("[data-many]");
if (many) {
  const fields = [...many.querySelectorAll("[data-column]")];
  const isCriterion = (field) => field.dataset.column === "criterion";
  const go = () => {
    const empty = fields.filter((field) => !field.value && field.validity.valid);
    (empty.find((field) => !isCriterion(field)) || empty[0] || many.querySelector("button")).focus();
  };
  const complete = (field) => {
    const typed = field.value.trim().toLowerCase();
    const names = [...many.querySelectorAll("#leads option")].map((option) => option.value);
    const fits = names.filter((name) => typed && name.toLowerCase().startsWith(typed));
    if (fits.length === 1) field.value = fits[0];
  };
  go();
  addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.isComposing) return;
    if (event.key === "Enter" && event.ctrlKey) {
      many.requestSubmit(many.querySelector("button"));
    } else if (event.key === "w" && event.altKey) {
      many.requestSubmit(many.querySelector('button[value="words"]'));
    } else if (event.key === "ArrowDown" && event.altKey && field.dataset.column) {
      if (field.list) complete(field);
      const below = fields.slice(fields.indexOf(field) + 1);
      for (const other of below) if (other.dataset.column === field.dataset.column && !other.value) other.value = field.value;
    } else if (event.key === "Enter" && field.dataset.column && !event.shiftKey) {
      if (field.list) complete(field);
      go();
    } else return;
    event.preventDefault();
  });
}
// What is asked on a page of one question is answered by Enter.
document.querySelector("[data-first]")?.focus();
