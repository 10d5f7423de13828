// What a reader does with it: ticks options off and on; the card follows, and the address holds the state.
(() => {
  const holder = document.getElementById("recount-data");
  if (!holder) return;
  const { words, claims } = JSON.parse(holder.textContent);
  const { count, percent, rounded } = window.evenhandCount;
  const whole = (n) => n.toLocaleString("en-US");
  const SVG = "http://www.w3.org/2000/svg";
  const last = {};

  function svg(name, attributes, ...inside) {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    inside.forEach((part) => made.append(part));
    return made;
  }
  const line = (points) => `M${points.map(([x, y]) => `${rounded(x, 1)},${rounded(y, 1)}`).join("L")}`;
  const text = (x, y, says, more = {}) => svg("text", { x, y, "font-size": 11, fill: "var(--chart-ink)", ...more }, says);

  // The same picture as "all results in order": a line of places, and a row for each way that a claim can come out.
  function drawCurve({ points, of }, told) {
    const [left, wide, high] = [62, 226, 128], n = points.length || 1;
    const x = (i) => left + (wide * i) / n, y = (place) => 10 + high * (1 - place);
    const rails = [[1, "as stated"], [0, "otherwise"], [2, "tied"]].filter(([o]) => points.some((p) => p[1] === o));
    const tall = 150 + 17 * rails.length + 44;
    const out = svg("svg", { class: "chart again", viewBox: `0 0 296 ${tall}`, role: "img", "aria-label": `All results in order, counted again: ${told}` });
    [[0, "last"], [0.5, "middle"], [1, "first"]].forEach(([p, says]) => out.append(text(left - 6, y(p) + 4, says, { "text-anchor": "end", fill: "var(--chart-soft)" })));
    out.append(svg("path", { d: line([[left, y(0.5)], [left + wide, y(0.5)]]), stroke: "var(--chart-soft)", "stroke-dasharray": "3 3", fill: "none" }));
    out.append(svg("path", { d: line(points.flatMap(([p], i) => [[x(i), y(p)], [x(i + 1), y(p)]])), class: "again-line", stroke: "var(--chart-accent)", "stroke-width": 1.8, fill: "none" }));
    rails.forEach(([outcome, says], row) => {
      const at = 158 + 17 * row;
      const d = points.map((p, i) => (p[1] === outcome ? line([[x(i), at], [x(i + 1), at]]) : "")).join("");
      out.append(svg("path", { d, "data-outcome": outcome, stroke: `var(--chart-${outcome === 1 ? "accent" : "soft"})`, "stroke-width": 7, fill: "none" }));
      out.append(text(left - 6, at + 4, says, { "text-anchor": "end" }));
    });
    out.append(text(0, tall - 24, `${told}.`, { fill: "var(--chart-soft)" }));
    out.append(text(0, tall - 8, `Drawn: ${whole(points.length)} of ${whole(of)} results, with choices left out by a reader`, { fill: "var(--chart-soft)", "font-size": 10.5 }));
    return out;
  }
  // A dot for every unit at its share under the same ways; the subject's is large.
  function drawUnits(units, names) {
    const dots = units.map((share, k) => ({ share, k })).filter(({ share }) => share !== null).sort((a, b) => a.share - b.share);
    const heights = new Map(), inner = 272;
    const spots = dots.map(({ share, k }) => {
      const column = Math.round((share * inner) / 5), row = heights.get(column) || 0;
      heights.set(column, row + 1);
      return { k, x: 12 + column * 5, row };
    });
    const tall = Math.max(...heights.values()) * 5 + 34, out = svg("svg", { class: "chart again-units", viewBox: `0 0 296 ${tall}`, role: "img", "aria-label": "Every unit's share under these ways" });
    const base = tall - 22;
    for (const { k, x, row } of spots) {
      const dot = svg("circle", { cx: x, cy: base - 4 - 5 * row, r: k ? 2 : 4.5, fill: k ? "var(--chart-soft)" : "var(--chart-accent)" });
      if (names[k]) dot.append(svg("title", {}, names[k]));
      if (k) out.append(dot); else out.append(dot, svg("path", { d: line([[x, base - 8 - 5 * row], [x, 4]]), stroke: "var(--chart-accent)" }));
    }
    out.append(svg("path", { d: line([[12, base], [284, base]]), stroke: "var(--chart-line)" }));
    [[12, "0 %", "start"], [148, "50 %", "middle"], [284, "100 %", "end"]].forEach(([x, says, anchor]) => out.append(text(x, tall - 7, says, { "text-anchor": anchor, fill: "var(--chart-soft)" })));
    return out;
  }

  function panel(record) {
    const card = document.getElementById(record.card), box = card.querySelector(".switch");
    const boxes = [...box.querySelectorAll("input[type=checkbox]")];
    const parts = Object.fromEntries([...card.querySelectorAll("[data-now]")].map((el) => [el.dataset.now, el]));
    const found = Object.fromEntries(Object.entries(parts).map(([name, el]) => [name, el.innerHTML]));
    const audited = boxes.map((one) => one.defaultChecked), look = card.className;
    const share = parts.share ? parts.share.textContent : "", place = parts.place ? parts.place.textContent : "";
    const reader = card.querySelector("[data-reader]"), says = card.querySelector("[data-reader-says]");
    const charts = card.querySelector('[data-chart="curve"]'), units = box.querySelector(".switch-units");
    box.hidden = false;

    const taken = () => record.choices.map((choice) => choice.options.map((_, o) => o).filter((o) => {
      const own = boxes.find((one) => one.dataset.choice === choice.id && one.value === choice.options[o].id);
      return own ? own.checked : choice.options[o].kept;
    }));
    const toggled = () => boxes.filter((one, k) => one.checked !== audited[k]);
    const named = (one) => one.closest("label").querySelector(".switch-name").textContent;

    function put(name, says) {
      if (parts[name]) parts[name].textContent = says;
    }
    function restore() {
      Object.entries(parts).forEach(([name, el]) => { el.innerHTML = found[name]; });
      card.className = look;
      reader.hidden = true;
      units.replaceChildren();
      units.parentElement.hidden = true;
      if (charts) { charts.querySelectorAll(".again").forEach((el) => el.remove()); charts.classList.remove("redrawn"); }
    }
    function show(state) {
      const got = count(record, state, words);
      last[record.claim] = got;
      const changed = toggled();
      const out = changed.filter((one) => !one.checked).map(named), back = changed.filter((one) => one.checked).map(named);
      const told = got.share === null ? "nothing could be judged" : `${percent(got.share)} of ${whole(got.judged)} ${got.judged === 1 ? "way" : "ways"}`;
      card.className = `card switched look-${got.band || "plain"}`;
      put("share", got.share === null ? "none" : percent(got.share));
      put("verdict", got.share === null ? "Under these choices nothing could be judged." : `The claim ${got.verdict}.`);
      put("place", got.place ? `${whole(got.place.at_least)} of ${whole(got.place.of - 1)}` : "not counted again");
      if (parts.bar) parts.bar.querySelectorAll("rect")[1].setAttribute("width", (400 * (got.share || 0)).toFixed(1));
      put("usual", got.all && got.band ? `${percent(got.all.in_band)} of ${record.group ? "random groups of the same size" : "all units"} reach this band; the typical one comes to ${percent(got.all.typical)}.` : "Not counted again under these choices.");
      put("range", `Had all of it gone against the claim: ${percent(got.min)}; had all of it gone for the claim: ${percent(got.max)}.`);
      reader.hidden = false;
      says.textContent = `${out.length ? `You, the reader, left out: ${out.join("; ")}. ` : ""}${back.length ? `You took back in what the casefile leaves out: ${back.join("; ")}. ` : ""}`
        + `Counted again here: ${told}. The audit itself, with nothing changed: ${share}${place ? `, and ${place} fit the claim at least as well` : ""}.`;
      units.replaceChildren(...(got.all ? [drawUnits(got.all.units, record.others.names)] : []));
      units.parentElement.hidden = !got.all;
      if (charts) {
        charts.querySelectorAll(".again").forEach((el) => el.remove());
        charts.classList.add("redrawn");
        if (got.curve) charts.querySelector(".drawn").append(drawCurve(got.curve, told));
      }
    }
    function again(quiet) {
      const changed = toggled(), state = taken();
      record.choices.forEach((choice) => {
        const own = boxes.filter((one) => one.dataset.choice === choice.id), ticked = own.filter((one) => one.checked);
        own.forEach((one) => { one.disabled = ticked.length === 1 && one.checked; });
      });
      card.querySelectorAll("[data-restore]").forEach((button) => { button.disabled = !changed.length; });
      if (changed.length) show(state); else { restore(); last[record.claim] = count(record, state, words); }
      const address = fragment(record.card);
      card.querySelectorAll("[data-link]").forEach((link) => { link.href = address; });
      if (!quiet) history.replaceState(null, "", address);
    }
    boxes.forEach((one) => one.addEventListener("change", () => again(false)));
    card.querySelectorAll("[data-restore]").forEach((button) => button.addEventListener("click", () => {
      boxes.forEach((one, k) => { one.checked = audited[k]; one.disabled = false; });
      again(false);
      box.querySelector("summary").focus();
    }));
    return {
      record, box, boxes, again, toggled, set(keys) {
        const known = new Set();
        boxes.forEach((one, k) => {
          const key = `${one.dataset.choice}/${one.value}`;
          one.checked = keys.has(key) ? !audited[k] : audited[k];
          if (keys.has(key)) known.add(key);
        });
        const empty = record.choices.some((choice) => { const own = boxes.filter((one) => one.dataset.choice === choice.id); return own.length && !own.some((one) => one.checked); });
        if (empty) boxes.forEach((one, k) => { one.checked = audited[k]; });
        again(true);
        if (toggled().length) box.open = true;
        return !empty && known.size === keys.size;
      },
    };
  }

  const panels = claims.map(panel);
  // "#claim-3;c3/standard/growth": where to go, then every option that stands otherwise than in the audit.
  function fragment(card) {
    const keys = panels.flatMap((one) => one.toggled().map((box) => [one.record.claim, box.dataset.choice, box.value].map(encodeURIComponent).join("/")));
    return `#${[card, ...keys].join(";")}`;
  }
  function follow() {
    const [card, ...keys] = location.hash.slice(1).split(";");
    if (!keys.length && !panels.some((one) => one.toggled().length)) return;
    let known = true;
    const wanted = new Map(panels.map((one) => [one.record.claim, new Set()]));
    keys.forEach((key) => {
      const [claim, choice, option] = key.split("/").map((part) => { try { return decodeURIComponent(part); } catch { return part; } });
      if (wanted.has(claim)) wanted.get(claim).add(`${choice}/${option}`); else known = false;
    });
    panels.forEach((one) => { known = one.set(wanted.get(one.record.claim)) && known; });
    document.getElementById("recount-stale").hidden = known;
    if (keys.length && document.getElementById(card)) document.getElementById(card).scrollIntoView();
  }
  window.addEventListener("hashchange", () => { if (location.hash.includes(";")) follow(); });
  follow();
  window.evenhandRecount = { count, claims, words, last, percent };
})();
