/* The archive's search: reads the volumes beside this file, folds their text as the terminal's search does, scans it.
   Exact because it is a scan; quick because a volume's text is one string, and because a longer word is looked for only
   where the shorter one was (ADR 0903). What a person wrote reaches the page as text nodes only. */
"use strict";
(() => {
  const PAGE = 20, RANKED = 3000, BREATH_MS = 24, NEAREST = 10;
  // NEAR: share of the best score from which a note comes near. RELATED_SHARE: what another name counts, as in `similar`.
  const NEAR = 0.6, RELATED_SHARE = 0.7;
  const MARKS = { when: "w", person: "p", outcome: "o", tag: "t", kind: "k" };
  const $ = (id) => document.getElementById(id);
  const form = $("search"), fields = form.elements, box = fields.q, hits = $("hits"), more = $("more");
  const say = JSON.parse($("search-words").textContent), language = document.documentElement.lang;
  const names = JSON.parse($("search-names").textContent), ASKING = new Set(names.asking), RELATED = names.related.map((group) => group.split(" "));
  const state = { q: "", team: "", when: "", person: "", outcome: "", tag: "", kind: "", order: "" };

  // Folding as loopnote/store/grams.py does; a space stands before every run of syllables and every plain word.
  const CJK = "가-힣ㄱ-ㆎ一-鿿㐀-䶿ぁ-ゖゝ-ゟァ-ヺー-ヿ", SIGNS = /[^\p{L}\p{N}\n\t ]+/gu;
  const SEAM = new RegExp(`[${CJK}](?=[^${CJK}\\s])|[^${CJK}\\s](?=[${CJK}])`, "g");
  const FOREIGN = new RegExp(`[^\\x00-\\x7f${CJK}]`, "gu"), LONG = new RegExp(`[^${CJK}\\s]{65,}`, "g");
  const SYLLABLE = new RegExp(`^[${CJK}]`), isSyllable = (text) => SYLLABLE.test(text);
  const bare = (letter) => ({ ß: "ss", ς: "σ" })[letter] ?? letter.normalize("NFKD").replace(/\p{M}/gu, "");
  const letters = (text) => text.normalize("NFKC").toLowerCase().replace(SIGNS, " ").replace(FOREIGN, bare);
  const fold = (text) => letters(text).replace(SEAM, "$& ").replace(LONG, (word) => word.slice(0, 64));
  const terms = (text) => (fold(text).match(/\S+/g) ?? []).map((run) => (isSyllable(run) ? run : " " + run));

  /** A text without the syllable or final consonant that is just being typed: 쿺 and 쿠ㅍ give 쿠. */
  function settled(text) {
    const final = (text.charCodeAt(text.length - 1) - 0xac00) % 28;
    return text.slice(0, -1) + (final > 0 ? String.fromCharCode(text.charCodeAt(text.length - 1) - final) : "");
  }

  // Reading: the volume with the newest notes first, four at a time, each folded once.
  const volumes = [], placed = [], places = new Map();
  let index = { volumes: [] }, asked = 0, missing = 0, ready = false, refreshed = 0;

  function read(file, then) {
    const script = document.createElement("script");
    Object.assign(script, { src: file, onload: then, onerror: () => then((missing += 1)) });
    document.head.append(script);
  }
  function readNext() {
    const [name, version] = index.volumes[asked++] ?? [];
    if (name) read(`${name}.js?${version}`, () => setTimeout(readNext));
    ready = volumes.length + missing >= index.volumes.length;
    if (!ready && performance.now() - refreshed < 200) return tell();
    refreshed = performance.now();
    search();
  }
  window.loopnote = {
    index(value) {
      index = value;
      index.volumes.forEach(([name], at) => places.set(name, at));
      for (const [name, options] of Object.entries(index.options)) {
        fields[name].append(...options.map(([value, text]) => new Option(text, value)));
        fields[name].parentNode.hidden = options.length < 2;
      }
      show();
    },
    volume(data) {
      const at = places.get(data.name), folded = fold("\n" + data.text).replace(/[\n\t]/g, "$& "), starts = [];
      for (let start = 0; start >= 0; start = folded.indexOf("\n", start + 1)) starts.push(start);
      // A key sorts by day, then by the volume and the place in it, and leads back to the latter two.
      const keys = data.day.map((day, note) => (day.replaceAll("-", "") * 2 ** 12 + 2 ** 12 - 1 - at) * 2 ** 14 + note);
      starts.push(folded.length);
      volumes.push((placed[at] = { ...data, folded, starts, keys, lines: data.text.split("\n"), known: new Map() }));
    },
  };

  // Answering: for each volume the places of the notes that hold all words and meet all conditions.
  const noteText = ({ folded, starts }, note) => folded.slice(starts[note], starts[note + 1]);

  function scanned({ folded, starts }, term) {
    const found = [];
    let note = 0;
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, starts[note])) {
      while (starts[note + 1] <= at) note += 1;
      found.push(note++);
    }
    return found;
  }
  function notesWith(volume, term) {
    const { known } = volume;
    if (known.has(term)) return known.get(term);
    let wider;
    for (let cut = term.length - 1; cut > 0 && !wider; cut--) wider = known.get(term.slice(0, cut));
    const few = wider && wider.length * 4 < volume.keys.length;
    const found = few ? wider.filter((note) => noteText(volume, note).includes(term)) : scanned(volume, term);
    if (known.size > 300) known.clear();
    known.set(term, found);
    return found;
  }
  function both(one, other) {
    let at = 0;
    return one.filter((note) => {
      while (other[at] < note) at += 1;
      return other[at] === note;
    });
  }
  let turn = 0;

  /** The keys of all notes that answer, in order, and how many hold each word; null when another question came. */
  async function answer(wanted) {
    const mine = ++turn, keys = [], counts = wanted.map(() => 0);
    const marks = Object.keys(MARKS).filter((name) => state[name]).map((name) => `\t${MARKS[name]}${state[name]}\t`);
    let since = performance.now();
    for (const volume of [...volumes]) {
      const lists = wanted.map((term) => notesWith(volume, term));
      lists.forEach((list, at) => (counts[at] += list.length));
      if (!state.team || volume.team === state.team) {
        for (const note of lists.length ? lists.reduce(both) : volume.keys.keys()) {
          if (marks.every((mark) => volume.marks[note].includes(mark))) keys.push(volume.keys[note]);
        }
      }
      if (performance.now() - since > BREATH_MS) {
        await new Promise((go) => setTimeout(go));
        if (mine !== turn) return null;
        since = performance.now();
      }
    }
    const sorted = new Float64Array(keys).sort().reverse();
    if (!state.order && wanted.length) sorted.set(ranked(sorted.subarray(0, RANKED), wanted, counts));
    return { keys: sorted, counts };
  }
  /** The texts by which a word is looked for: its own first, shortened where it stands nowhere as it is (a Korean or
      English ending), then the other names of the thing. */
  function called(word) {
    const bare = word.trim(), own = [word];
    for (let cut = 1; cut < 3 && word.length - cut > (isSyllable(word) ? 1 : 4); cut++) own.push(word.slice(0, -cut));
    const meant = (name) => bare === name || (isSyllable(name) && name.length > 1 && bare.startsWith(name));
    const groups = RELATED.filter((group) => group.some(meant));
    return { own, others: groups.flat().filter((name) => name !== bare).flatMap(terms) };
  }
  /** Where no note holds all words: the notes that hold the most telling of them, under any of their names, nearest
      first. Null when another question came. */
  async function nearest(all) {
    const mine = turn, every = volumes.reduce((sum, { keys }) => sum + keys.length, 0), scores = new Map(), held = [];
    const marks = Object.keys(MARKS).filter((name) => state[name]).map((name) => `\t${MARKS[name]}${state[name]}\t`);
    const fits = (volume, note) => (!state.team || volume.team === state.team) && marks.every((mark) => volume.marks[note].includes(mark));
    const told = all.filter((word) => !ASKING.has(word.trim()));
    for (const word of told) {
      const { own, others } = called(word), hits = new Map();
      const look = (term, share) => {
        volumes.forEach((volume) => notesWith(volume, term).forEach((note) => {
          const key = volume.keys[note];
          if (!hits.has(key) && fits(volume, note)) hits.set(key, share);
        }));
        if (hits.size) held.push(term);
      };
      for (const term of own) if (!hits.size) look(term, 1);
      for (const term of others) look(term, RELATED_SHARE);
      await new Promise((go) => setTimeout(go));
      if (mine !== turn) return null;
      const weight = Math.log((every + 1) / (hits.size + 1));
      hits.forEach((share, key) => scores.set(key, (scores.get(key) ?? 0) + weight * share));
    }
    const near = [...scores].sort((one, other) => other[1] - one[1] || other[0] - one[0]);
    const best = near.length ? NEAR * near[0][1] : 0;
    wanted = held.length ? held : wanted;
    return { keys: near.filter(([, score]) => score >= best).slice(0, NEAREST).map(([key]) => key), counts: all.map(() => 0), near: true };
  }
  function located(key) {
    return [placed[2 ** 12 - 1 - (Math.floor(key / 2 ** 14) % 2 ** 12)], key % 2 ** 14];
  }
  /** Best first, as BM25 weighs them; only the newest RANKED are, as on the terminal. */
  function ranked(keys, wanted, counts) {
    const every = volumes.reduce((sum, { keys }) => sum + keys.length, 0);
    const average = volumes.reduce((sum, { folded }) => sum + folded.length, 0) / every;
    const weights = counts.map((count) => Math.max(1e-6, Math.log((every - count + 0.5) / (count + 0.5))));
    const scored = Array.from(keys, (key) => {
      const text = noteText(...located(key)), norm = 1.2 * (0.25 + (0.75 * text.length) / average);
      let score = 0;
      for (let word = 0; word < wanted.length; word++) {
        let times = 0;
        for (let at = text.indexOf(wanted[word]); at >= 0; at = text.indexOf(wanted[word], at + 1)) times += 1;
        score += (weights[word] * times * 2.2) / (times + norm);
      }
      return [score, key];
    });
    scored.sort((one, other) => other[0] - one[0] || other[1] - one[1]);
    return scored.map(([, key]) => key);
  }

  // Showing. `laid` gives the letters of a text and the places of those that were looked for.
  function laid(text, wanted) {
    const shown = text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [], from = [0], marked = new Set();
    let folded = " ";
    shown.forEach((letter, at) => {
      let own = /^[가-힣a-z0-9]$/.test(letter) ? letter : letters(letter) || " ";
      if (!/ $/.test(folded) && own[0] !== " " && isSyllable(folded.at(-1)) !== isSyllable(own)) own = " " + own;
      folded += own;
      while (from.length < folded.length) from.push(at);
    });
    for (const term of wanted) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
        for (let each = at + (term[0] === " "); each < at + term.length; each++) marked.add(from[each]);
      }
    }
    return { shown, marked };
  }
  function made(tag, name, ...content) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  }
  function pieces({ shown, marked }, start = 0, end = shown.length) {
    const found = [];
    for (let at = start, to = at; at < end; at = to) {
      while (to < end && marked.has(to) === marked.has(at)) to += 1;
      const text = shown.slice(at, to).join("");
      found.push(marked.has(at) ? made("mark", "", text) : text);
    }
    return found;
  }
  /** The cell that holds most of the words, around the first of them; else the longest. */
  function snippet(volume, note, wanted) {
    const cells = volume.lines[note].split("\t"), texts = noteText(volume, note).split("\t");
    const weight = (at) => wanted.filter((term) => texts[at].includes(term)).length * 1e6 + texts[at].length;
    const others = [...cells.keys()].filter((at) => !volume.title[note].includes(cells[at]));
    if (!others.length) return "";
    const best = laid(cells[others.reduce((one, other) => (weight(other) > weight(one) ? other : one))], wanted);
    const length = best.shown.length, first = best.marked.size ? Math.min(...best.marked) : 0;
    const start = first < 30 ? 0 : Math.min(first, best.shown.indexOf(" ", first - 30) + 1 || first), end = Math.min(start + 130, length);
    return made("p", "hit", start ? "…" : "", ...pieces(best, start, end), end < length ? "…" : "");
  }
  function item(key, wanted) {
    const [volume, note] = located(key), link = made("a", "name", ...pieces(laid(volume.title[note], wanted)));
    const facts = made("p", "mut", volume.facts[note]), row = made("li", "", link, facts, snippet(volume, note, wanted));
    link.href = volume.page[note];
    row.lang = volume.language;
    facts.lang = language;
    if (/^https?:\/\//.test(volume.url[note])) {
      facts.append(" · ", Object.assign(made("a", "", say.place), { href: volume.url[note], rel: "noreferrer" }));
    }
    return row;
  }
  let shown = PAGE, found = { keys: [], counts: [] }, wanted = [], telling, composing = false, typed = 0;

  function tell() {
    const all = found.keys.length, number = (count) => count.toLocaleString(language), parts = [];
    const filled = (text, ...facts) => facts.reduce((done, fact) => done.replace("#", number(fact)), text);
    if (found.near) parts.push(filled(say.near, all));
    else if (all) parts.push(shown < all ? filled(say.some, all, shown) : filled(all === 1 ? say.one : say.all, all));
    else if (ready) parts.push(state.q.trim() && !wanted.length ? say.signs : say.none);
    if (!all && ready && wanted.length > 1) parts.push(wanted.map((term, at) => `${term.trim()} ${number(found.counts[at])}`).join(" · "));
    if (missing) parts.push(say.missing);
    if (!ready) parts.push(filled(say.reading, volumes.length, index.volumes.length));
    $("count").textContent = parts.join(" ");
    clearTimeout(telling);
    telling = setTimeout(() => ($("told").textContent = $("count").textContent), 800);
  }
  function draw(to = shown, from = 0) {
    const kept = hits.contains(document.activeElement) && document.activeElement.href;
    if (!from) hits.replaceChildren();
    hits.append(...Array.from(found.keys.slice(from, to), (key) => item(key, wanted)));
    if (kept) [...hits.querySelectorAll("a")].find((link) => link.href === kept)?.focus();
    more.hidden = shown >= found.keys.length;
    tell();
  }
  async function search() {
    const answered = async (words) => ((wanted = terms(words)), words.trim() && !wanted.length ? { keys: [], counts: [] } : answer(wanted));
    hits.ariaBusy = true;
    let fresh = await answered(state.q);
    if (composing && fresh && !fresh.keys.length) fresh = await answered(settled(state.q));
    if (fresh && ready && !composing && !fresh.keys.length && wanted.length > 1) {
      const near = await nearest(wanted);
      fresh = near?.keys.length ? near : near && fresh;
    }
    if (!fresh) return;
    found = fresh;
    hits.ariaBusy = false;
    draw();
  }

  // The address says the question, so that it can be shared and the way back leads to it.
  let writing;
  function ask(apart) {
    for (const name of Object.keys(state)) state[name] = fields[name].value;
    shown = PAGE;
    search();
    clearTimeout(writing);
    if (apart) remember("pushState");
    else writing = setTimeout(remember, 300, "replaceState");
  }
  function remember(how) {
    const fragment = "#" + new URLSearchParams(Object.entries(state).filter(([, value]) => value));
    if (fragment !== (location.hash || "#")) history[how](null, "", fragment);
  }
  function show() {
    const given = new URLSearchParams(location.href.includes("#") ? location.hash.slice(1) : location.search);
    for (const name of Object.keys(state)) {
      const value = given.get(name) ?? "", options = fields[name].options;
      if (options && ![...options].some((each) => each.value === value)) fields[name].append(new Option(value, value));
      fields[name].value = state[name] = value;
      if (value && options) $("narrow").open = true;
    }
    shown = PAGE;
    search();
  }
  addEventListener("popstate", show);
  box.addEventListener("compositionstart", () => (composing = true));
  box.addEventListener("compositionend", () => ask((composing = false)));
  form.addEventListener("input", ({ target }) => {
    ask(target !== box || performance.now() - typed > 1500);
    typed = performance.now();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hits.querySelector("a")?.focus();
  });
  form.addEventListener("reset", () => setTimeout(() => box.focus(ask(true))));
  more.addEventListener("click", () => {
    const before = shown;
    draw((shown += PAGE), before);
    hits.children[before]?.querySelector("a").focus();
  });
  addEventListener("keydown", (event) => {
    const here = document.activeElement, links = [...hits.querySelectorAll(".name"), ...(more.hidden ? [] : [more])];
    const at = links.indexOf(here.closest("li")?.querySelector(".name") ?? here), inside = here === box || at >= 0;
    let target;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !here.matches("input, select, textarea")) target = box;
    else if (event.key === "ArrowDown" && inside) target = links[at + 1];
    else if (event.key === "ArrowUp" && at >= 0) target = links[at - 1] ?? box;
    else if (event.key === "Escape" && inside) target = box;
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (event.key === "Escape") ask(!!(box.value = "") || true);
  });
  show();
  read("index.js", () => [1, 2, 3, 4].forEach(readNext));
})();
