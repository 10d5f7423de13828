"use strict";
// Counts a comparison again under some of its options, exactly as evenhand.compare does: whole numbers and fractions throughout.
window.evenhandCount = (() => {
  const HOLDS = 1, NOT_JUDGED = 3;

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  // One number alone stands for as many of it as are asked for.
  function numbers({ width, data }, count) {
    const raw = bytes(data), view = new DataView(raw.buffer), out = new Float64Array(raw.length / width);
    for (let i = 0; i < out.length; i++) {
      out[i] = width === 1 ? raw[i] : width === 2 ? view.getUint16(2 * i, true) : view.getUint32(4 * i, true);
    }
    return count > 1 && out.length === 1 ? new Float64Array(count).fill(out[0]) : out;
  }
  // Outcomes, unit by unit, two bits each, every unit on bytes of its own.
  function outcomes({ data }, units, combinations) {
    const raw = bytes(data), row = Math.ceil(combinations / 4), out = [];
    for (let u = 0; u < units; u++) {
      const own = new Uint8Array(combinations);
      for (let c = 0; c < combinations; c++) own[c] = (raw[u * row + (c >> 2)] >> (2 * (c & 3))) & 3;
      out.push(own);
    }
    return out;
  }
  const opened = new WeakMap();
  function open(record) {
    if (!opened.has(record)) {
      const C = record.combinations, others = record.others, own = outcomes(record.outcomes, 1, C)[0];
      const all = others && {
        outcomes: outcomes(others.outcomes, others.rivals.length, C), rows: numbers(others.rows, C),
        twice: numbers(others.twice), of: numbers(others.of), units: others.rivals.length,
      };
      const found = { own, others: all, leaf: record.leaf && numbers(record.leaf), near: record.near && numbers(record.near) };
      if (record.percentiles) {
        found.twice = numbers(record.percentiles, C);
        found.among = numbers(record.among, C);
      } else {
        const full = all.of.length > all.twice.length / all.units;
        found.twice = Float64Array.from(own, (outcome, c) => (outcome === NOT_JUDGED ? 0 : all.twice[all.rows[c] * all.units]));
        found.among = Float64Array.from(own, (_, c) => Math.max(1, all.of[full ? all.rows[c] * all.units : all.rows[c]]));
      }
      opened.set(record, found);
    }
    return opened.get(record);
  }

  const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a; };
  const lcm = (a, b) => (a / gcd(a, b)) * b;
  // For each option, one over its weight: equal among clusters, in them among different options, then among equal ones.
  function shares(options, clusters, same) {
    const inside = new Map();
    for (const o of options) {
      if (!inside.has(clusters[o])) inside.set(clusters[o], new Map());
      const cluster = inside.get(clusters[o]);
      cluster.set(same[o], (cluster.get(same[o]) || 0) + 1);
    }
    return new Map(options.map((o) => {
      const cluster = inside.get(clusters[o]);
      return [o, inside.size * cluster.size * cluster.get(same[o])];
    }));
  }
  function tables(record, allowed) {
    return record.choices.map((choice, i) => {
      if (!choice.read) return null;
      const same = choice.options.map((o) => o.same), near = choice.options.map((o) => o.near);
      const all = i === record.rule ? record.rules.map((row) => shares(allowed[i], row, row))
        : [shares(allowed[i], i === record.window ? near : same, same)];
      const common = all.reduce((sofar, one) => [...one.values()].reduce(lcm, sofar), 1);
      return all.map((one) => { const out = []; one.forEach((size, o) => { out[o] = common / size; }); return out; });
    });
  }
  // The weight of every different combination under these options; 0 where it is not among them. And the options by combination.
  function weigh(record, allowed, seen) {
    const { leaf, near } = open(record), weights = new Float64Array(record.combinations), here = new Uint8Array(record.combinations);
    const sizes = record.choices.map((choice) => (choice.read ? choice.options.length : 1)), table = tables(record, allowed);
    const digits = sizes.map(() => 0), at0 = record.window;
    const stride = sizes.slice(at0 + 1).reduce((all, size) => all * size, 1), options = at0 < 0 ? [] : record.choices[at0].options;
    // Nearly the same are those that differ only in windows that are.
    const alike = (at) => (at0 < 0 ? at : at + (options[digits[at0]].near - digits[at0]) * stride);
    (function down(i, at) {
      if (i === sizes.length) {
        let weight = 1;
        record.choices.forEach((choice, k) => {
          if (!choice.read) return;
          const rows = table[k];
          weight *= (rows.length > 1 ? rows[k === record.rule && record.window >= 0 ? digits[record.window] : 0] : rows[0])[digits[k]];
        });
        const c = leaf ? leaf[at] : at;
        weights[c] += weight;
        here[c] = 1;
        seen(digits, c, near ? near[c] : alike(at));
        return;
      }
      for (const o of record.choices[i].read ? allowed[i] : [0]) { digits[i] = o; down(i + 1, at * sizes[i] + o); }
    })(0, 0);
    return { weights, here };
  }

  const BANDS = ["every", "nearly-every", "most", "depends", "otherwise-in-most", "otherwise-in-nearly-every", "otherwise-in-every"];
  function band(n, d) {
    if (n === d) return 0;
    if (n === 0) return 6;
    const [N, D] = [100n * BigInt(n), BigInt(d)];
    return N >= 95n * D ? 1 : N >= 70n * D ? 2 : N > 30n * D ? 3 : N > 5n * D ? 4 : 5;
  }
  // Half to even, as the engine rounds; ties are told in multiples that are exact here.
  function rounded(x, places) {
    const scale = 10 ** places, twice = x * scale * 2;
    if (Number.isInteger(twice) && Math.abs(twice % 2) === 1) {
      const low = Math.floor(x * scale);
      return (low % 2 === 0 ? low : low + 1) / scale;
    }
    return Number(x.toFixed(places));
  }
  function percent(share) {
    const whole = rounded(100 * share, 0);
    if (whole === 100 && share < 1) return "over 99\u00a0%";
    if (whole === 0 && share > 0) return "under 1\u00a0%";
    if (![5, 30, 70, 95].includes(whole) || Math.abs(100 * share - whole) < 1e-9) return `${whole}\u00a0%`;
    const finer = rounded(100 * share, 1);
    if (finer === whole) return `${100 * share < whole ? "under" : "over"} ${whole}\u00a0%`;
    return `${finer}\u00a0%`;
  }
  function verdict(n, d, distinct, choices, words) {
    if (distinct < 12 || choices < 2) {
      if (n === d) return "comes out as stated; not tried otherwise";
      if (n === 0) return "comes out otherwise; not tried otherwise";
      return `${words[band(n, d)]}, but few ways could be tried`;
    }
    return words[band(n, d)];
  }

  // How many others fit the claim at least as well? By share over what was judged for both, then by the mean place; ties count against it.
  function place(record, weights) {
    const { own, others } = open(record), C = record.combinations;
    let mine = 0;
    for (let c = 0; c < C; c++) if (own[c] !== NOT_JUDGED) mine += weights[c];
    let better = 0, of = 1;
    const level = [];
    for (let u = 1; u < others.units; u++) {
      if (record.others.rivals[u] !== "1") continue;
      const theirs = others.outcomes[u];
      let both = 0, iHold = 0, theyHold = 0;
      for (let c = 0; c < C; c++) {
        if (own[c] === NOT_JUDGED || theirs[c] === NOT_JUDGED) continue;
        both += weights[c];
        if (own[c] === HOLDS) iHold += weights[c];
        if (theirs[c] === HOLDS) theyHold += weights[c];
      }
      if (2 * both < mine) continue;
      of += 1;
      if (theyHold > iHold) better += 1; else if (theyHold === iHold) level.push(u);
    }
    let ties = 0;
    for (const u of level) {
      const order = byRank(record, weights, u);
      if (order > 0) better += 1; else if (order === 0) ties += 1;
    }
    return { rank: better + 1, of, ties, at_least: better + ties };
  }
  function byRank(record, weights, u) {
    const { own, others } = open(record), gaps = new Map();
    const add = (n, amount) => gaps.set(n, (gaps.get(n) || 0n) + amount);
    const full = others.of.length > others.twice.length / others.units;
    for (let c = 0; c < record.combinations; c++) {
      if (!weights[c] || own[c] === NOT_JUDGED || others.outcomes[u][c] === NOT_JUDGED) continue;
      const row = others.rows[c] * others.units, w = BigInt(weights[c]);
      const n = (k) => (full ? others.of[row + k] : others.of[others.rows[c]]);
      add(n(u), w * BigInt(others.twice[row + u] - 1));
      add(n(0), -w * BigInt(others.twice[row] - 1));
    }
    let top = 0n, below = 1n;
    gaps.forEach((gap, n) => { if (n) { top = top * BigInt(n) + gap * below; below *= BigInt(n); } });
    return top > 0n ? 1 : top < 0n ? -1 : 0;
  }
  // What every unit's share is, how many reach this band, and what the middle one comes to.
  function everybody(record, weights, reached) {
    const { others } = open(record), found = [];
    let inBand = 0;
    const all = others.outcomes.map((theirs) => {
      let judged = 0, held = 0;
      for (let c = 0; c < record.combinations; c++) {
        if (theirs[c] !== NOT_JUDGED) judged += weights[c];
        if (theirs[c] === HOLDS) held += weights[c];
      }
      if (!judged) return null;
      found.push([held, judged]);
      inBand += band(held, judged) <= reached;
      return held / judged;
    });
    found.sort((a, b) => { const d = BigInt(a[0]) * BigInt(b[1]) - BigInt(b[0]) * BigInt(a[1]); return d < 0n ? -1 : d > 0n ? 1 : 0; });
    const [low, high] = [found[(found.length - 1) >> 1], found[found.length >> 1]];
    return { units: all, in_band: inBand / found.length, typical: (low[0] / low[1] + high[0] / high[1]) / 2 };
  }
  // All results in order: place, outcome and number of each, at most 2,000 of them evenly spaced.
  function curve(record, here) {
    const { own, twice, among } = open(record), rows = [];
    for (let c = 0; c < record.combinations; c++) {
      if (here[c] && twice[c] > 0) rows.push([Math.fround((twice[c] - 1) / (2 * among[c])), own[c], c]);
    }
    rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    const most = 2000, step = (rows.length - 1) / (most - 1);
    const picked = rows.length <= most ? rows
      : Array.from({ length: most }, (_, i) => rows[i === most - 1 ? rows.length - 1 : Math.trunc(i * step)]);
    return { points: picked.map(([p, o, c]) => [rounded(p, 4), o, c]), of: rows.length };
  }

  // taken: for each choice the numbers of the options that are left in, ascending. words: the words of the bands.
  function count(record, taken, words) {
    const { own } = open(record), classes = record.choices.map(() => new Set()), distinct = new Set();
    const { weights, here } = weigh(record, taken, (digits, c, near) => {
      if (own[c] === NOT_JUDGED) return;
      distinct.add(near);
      record.choices.forEach((choice, i) => { if (choice.read) classes[i].add(choice.options[digits[i]].near); });
    });
    let judged = 0, combinations = 0, whole = 0, weighed = 0, held = 0;
    for (let c = 0; c < record.combinations; c++) {
      if (!here[c]) continue;
      combinations += 1;
      whole += weights[c];
      if (own[c] === NOT_JUDGED) continue;
      judged += 1;
      weighed += weights[c];
      if (own[c] === HOLDS) held += weights[c];
    }
    const choices = classes.filter((one) => one.size > 1).length;
    const out = { judged, combinations, distinct: distinct.size, choices, share: null, min: held / whole, max: (held + whole - weighed) / whole };
    if (!weighed) return out;
    const enough = distinct.size >= 12 && choices >= 2;
    return {
      ...out, share: held / weighed, band: enough ? BANDS[band(held, weighed)] : null, curve: curve(record, here),
      verdict: verdict(held, weighed, distinct.size, choices, words), place: record.others ? place(record, weights) : null,
      all: record.others ? everybody(record, weights, band(held, weighed)) : null,
    };
  }
  return { count, percent, rounded };
})();
