// Everything works without this file. It warns before what was typed is left, keeps a second press of a button from sending a form again, keeps the login while somebody types, counts
// due times down by the second, turns and enlarges papers, and puts texts of the catalogue into fields to be reworded.
(() => {
  "use strict";
  let typed = document.querySelector("[data-typed]") !== null;
  document.addEventListener("input", e => { if (e.target.closest("form[data-guard]")) { typed = true; } });
  document.addEventListener("submit", e => {
    const form = e.target;
    if (form.dataset.sent) { e.preventDefault(); return; }
    // Other forms, such as that of the language, do not carry what was typed: the browser asks before it is left.
    if ("guard" in form.dataset) { typed = false; }
    if (form.method === "post") { form.dataset.sent = "1"; }
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(f => delete f.dataset.sent));
  addEventListener("beforeunload", e => { if (typed) { e.preventDefault(); } });

  // Typing is work that the server hears nothing of. It is told, at most twice a minute, so that the login does not lapse under somebody who writes; one who left lets it lapse.
  const { alive } = document.body.dataset;
  let busy = false;
  document.addEventListener("input", () => { busy = true; });
  if (alive) {
    setInterval(() => {
      if (busy) {
        busy = false;
        fetch(alive, { redirect: "manual", cache: "no-store" }).catch(() => {});
      }
    }, 30_000);
  }

  // The server's clock counts, from the moment the page came.
  const live = [...document.querySelectorAll("[data-live]")];
  const since = Number(document.querySelector("[data-now]")?.dataset.now);
  if (live.length > 0 && since > 0) {
    const begun = performance.now();
    const two = n => String(n).padStart(2, "0");
    const clocks = live.map(due => {
      const clock = document.createElement("span");
      clock.className = "clock";
      clock.setAttribute("aria-hidden", "true");
      due.prepend(clock);
      return [due, clock];
    });
    const tick = () => clocks.forEach(([due, clock]) => {
      const left = Number(due.dataset.due) - since - Math.floor((performance.now() - begun) / 1000);
      const abs = Math.abs(left);
      clock.textContent = `${left < 0 ? "−" : ""}${two(Math.floor(abs / 3600))}:${two(Math.floor(abs / 60) % 60)}:${two(abs % 60)}`;
      due.classList.toggle("late", left < 0);
    });
    tick();
    setInterval(tick, 1000);
  }

  document.querySelectorAll("[data-viewer]").forEach(viewer => {
    const stage = viewer.querySelector(".stage");
    if (!stage.querySelector("img")) { return; }
    let zoom = 1;
    let turn = 0;
    viewer.querySelector(".tools").hidden = false;
    viewer.addEventListener("click", e => {
      const { zoom: by, turn: around, reset } = e.target.dataset;
      if (by) { zoom = Math.min(5, Math.max(1, zoom + Number(by))); }
      if (around) { turn = (turn + Number(around) + 4) % 4; }
      if (reset !== undefined) { zoom = 1; turn = 0; }
      stage.className = `stage z${zoom} t${turn}`;
    });
  });

  document.querySelectorAll("button[data-reason]").forEach(button => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const box = button.closest("details");
      const [reason, suggestion] = box.querySelectorAll(".own input");
      reason.value = button.dataset.reason;
      suggestion.value = button.dataset.suggestion;
      button.parentElement.querySelector("input").checked = false;
      typed = true;
      reason.focus();
    });
  });
})();
