"use strict";
(() => {
  const holder = document.getElementById("argument-data");
  if (!holder) return;
  const { ids, given: found, bodies } = JSON.parse(holder.textContent);
  const parts = bodies.map(([target, attack, ...needs]) => ({ target, attack, needs }));
  const uses = ids.map(() => []);
  parts.forEach((part, k) => part.needs.forEach((i) => uses[i].push(k)));

  // The least set that holds what it starts from, given which attacks carry: each body waits for all that it needs.
  function least(starts, barred, others) {
    const free = barred.map((no) => !no);
    for (const part of parts) if (part.attack && part.needs.every((i) => others[i])) free[part.target] = false;
    const own = ids.map(() => false);
    const waits = parts.map((part) => part.needs.length);
    const todo = [];
    const take = (i) => { if (free[i] && !own[i]) { own[i] = true; todo.push(i); } };
    starts.forEach((yes, i) => yes && take(i));
    while (todo.length) for (const k of uses[todo.pop()]) if (--waits[k] === 0 && !parts[k].attack) take(parts[k].target);
    return own;
  }

  // The grounded labels, by the alternating fixpoint.
  function weigh(given) {
    const sure = given.map((g) => g === "holds");
    const maybe = given.map((g) => g === "holds" || g === "undetermined");
    const barred = given.map((g) => g === "fails");
    let certain = ids.map(() => false), possible = null, before = "";
    for (;;) {
      possible = least(maybe, barred, certain);
      certain = least(sure, barred, possible);
      const now = possible.map(Number).join("");
      if (now === before) break;
      before = now;
    }
    return ids.map((_, i) => (certain[i] ? "stands" : possible[i] ? "undecided" : "falls"));
  }

  const words = { stands: "stands", falls: "falls", undecided: "open" };
  const at = new Map(ids.map((id, i) => [id, i]));
  const changed = new Map();
  const shown = new Map();
  document.querySelectorAll("#argument [data-arg]").forEach((el) => {
    const id = el.dataset.arg;
    if (at.has(id)) shown.set(id, [...(shown.get(id) || []), el]);
  });
  const first = weigh(found);
  let last = first;
  const says = document.getElementById("argument-says");

  function show(label) {
    ids.forEach((id, i) => {
      if (label[i] === last[i]) return;
      for (const el of shown.get(id) || []) {
        const kind = el.closest("svg") ? "map" : "arg";
        el.classList.remove(`${kind}-${last[i]}`);
        el.classList.add(`${kind}-${label[i]}`);
        const state = el.querySelector(".map-state") || el.querySelector(":scope > .arg-line .arg-state");
        if (state) state.textContent = words[label[i]];
      }
    });
    last = label;
    const other = ids.filter((id, i) => label[i] !== first[i] && i < ids.length).length;
    const tops = [...document.querySelectorAll("#argument [data-top]")].map((el) => `${el.dataset.top}: ${words[label[at.get(el.dataset.arg)]]}`);
    document.querySelectorAll("#argument .arg-verdict").forEach((el) => { el.textContent = words[label[at.get(el.dataset.of)]]; });
    says.textContent = changed.size ? `${changed.size} changed by you; ${other} come out otherwise than found. ${tops.join("; ")}.` : "As found.";
    document.getElementById("argument-reset").disabled = !changed.size;
  }

  function again() {
    show(weigh(found.map((g, i) => changed.get(i) || g)));
  }

  document.querySelectorAll("#argument select[data-of]").forEach((box) => {
    box.closest(".arg-change").hidden = false;
    box.addEventListener("change", () => {
      const i = at.get(box.dataset.of);
      if (box.value) changed.set(i, box.value); else changed.delete(i);
      again();
    });
  });
  const reset = document.getElementById("argument-reset");
  reset.addEventListener("click", () => {
    document.querySelectorAll("#argument select[data-of]").forEach((box) => { box.value = ""; });
    changed.clear();
    again();
  });

  const frame = document.getElementById("argument-frame");
  const picture = frame.querySelector("svg");
  const full = picture.viewBox.baseVal.width;
  const stage = document.getElementById("argument-stage");
  const LEGIBLE = 0.62;
  // A map that is too small to read beside its outline takes the whole width, and the outline stands below.
  const fitting = () => Math.min(1, frame.clientWidth / full);
  const best = () => {
    stage.classList.remove("arg-wide");
    if (fitting() < LEGIBLE) stage.classList.add("arg-wide");
    return fitting() < LEGIBLE ? 0.8 : fitting();
  };
  let scale = best();
  const size = (to) => {
    const [x, y] = [(frame.scrollLeft + frame.clientWidth / 2) / scale, (frame.scrollTop + frame.clientHeight / 2) / scale];
    scale = Math.min(3, Math.max(0.08, to));
    picture.style.width = `${full * scale}px`;
    picture.style.maxWidth = "none";
    picture.style.height = "auto";
    frame.scrollLeft = x * scale - frame.clientWidth / 2;
    frame.scrollTop = y * scale - frame.clientHeight / 2;
  };
  const whole = () => Math.min(1, frame.clientWidth / full, Math.max(frame.clientHeight, 0.7 * innerHeight) / picture.viewBox.baseVal.height);
  const tools = document.getElementById("argument-tools");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const zoom = event.target.dataset.zoom;
    if (zoom === "in") size(scale * 1.25);
    if (zoom === "out") size(scale / 1.25);
    if (zoom === "all") size(whole());
    if (zoom === "one") size(1);
    if (zoom === "full" && document.fullscreenEnabled) {
      if (document.fullscreenElement) document.exitFullscreen(); else stage.requestFullscreen();
    }
  });
  document.addEventListener("fullscreenchange", () => {
    tools.querySelector('[data-zoom="full"]').setAttribute("aria-pressed", document.fullscreenElement === stage);
    size(best());
    toTop();
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    size(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  const toTop = () => {
    frame.scrollTop = 0;
    const head = picture.querySelector(".map-top");
    if (head) frame.scrollLeft = head.getBoundingClientRect().left - picture.getBoundingClientRect().left - frame.clientWidth / 2 + 100 * scale;
  };
  size(scale);
  toTop();

  picture.addEventListener("click", (event) => {
    const link = event.target.closest("a.map-link");
    if (!link) return;
    event.preventDefault();
    const entry = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!entry) return;
    document.querySelectorAll("#argument .arg-here").forEach((el) => el.classList.remove("arg-here"));
    entry.classList.add("arg-here");
    const quote = entry.querySelector(":scope > details");
    if (quote) quote.open = true;
    entry.scrollIntoView({ block: "nearest" });
    entry.focus({ preventScroll: true });
  });
  window.evenhandArgument = { weigh, ids, found };
})();
