// Everything works without this file. It warns before what was typed is left, and keeps a second press of a button from sending a form again.
(() => {
  "use strict";
  let typed = false;
  document.addEventListener("input", e => { if (e.target.closest("form[data-guard]")) { typed = true; } });
  document.addEventListener("submit", e => {
    const form = e.target;
    if (form.dataset.sent) { e.preventDefault(); return; }
    typed = false;
    if (form.method === "post") { form.dataset.sent = "1"; }
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(f => delete f.dataset.sent));
  addEventListener("beforeunload", e => { if (typed) { e.preventDefault(); } });
})();
