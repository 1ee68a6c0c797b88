"use strict";
/* A lesson: predictions are entered and locked, then the result is unsealed. Nothing is stored anywhere. */
relevo.lesson = (() => {
  const byId = (id) => document.getElementById(id);
  const form = byId("form");
  const result = byId("result");
  let locked = null; // The predictions, once they are.
  let message = ""; // What is wrong with them, as a text in both languages.

  const fieldsets = () => [...form.querySelectorAll("fieldset.ask")];
  const inputs = (fieldset) => [...fieldset.querySelectorAll("input")];

  const unsealed = async (id) => {
    const raw = Uint8Array.from(atob(byId(id).textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };

  const filled = (text, values) => {
    const put = (part) => Object.entries(values).reduce((all, [key, value]) => all.replaceAll(`{${key}}`, value), part);
    return relevo.isWords(text) ? { en: put(text.en), es: put(text.es) } : put(text);
  };

  /* A number as texts hold it, so that it follows the reader's format. */
  const token = (value, places) => `⟦${value.toFixed(places)};${places};⟧`;
  const placesOf = (text) => Math.min(3, (text.split(/[.,]/)[1] ?? "").length);
  const placed = (value) => token(value, Math.min(3, placesOf(String(value))));

  const withUnit = (number, unit) => {
    const both = relevo.isWords(unit) ? unit : { en: unit, es: unit };
    return { en: `${number} ${both.en}`.trim(), es: `${number} ${both.es}`.trim() };
  };

  /* What somebody wrote as a number, with a comma or a point: a browser's own field knows only that of its language. */
  const numberOf = (text) => {
    let plain = text.replace(/[\s%]/g, "").replace(/[−–]/g, "-");
    const marks = plain.replace(/[^.,]/g, "");
    const [thousands] = relevo.setup.formats[relevo.format()];
    const grouped = /^[-+]?[1-9]\d{0,2}([.,]\d{3})+$/.test(plain) && new Set(marks).size === 1;
    if (grouped && (marks.length > 1 || marks === thousands)) plain = plain.replace(/[.,]/g, "");
    else if (new Set(marks).size > 1) plain = plain.replaceAll(marks[0], "");
    plain = plain.replace(",", ".");
    return /^[-+]?(\d+([.]\d*)?|[.]\d+)$/.test(plain) ? Number(plain) : NaN;
  };

  /* The entry of a fieldset; null and a message if it is not complete. */
  const entry = (fieldset) => {
    const number = Number(fieldset.dataset.place) + 1;
    const [first] = inputs(fieldset);
    if (first.type === "radio") {
      const chosen = inputs(fieldset).find((each) => each.checked);
      if (!chosen) message = filled(relevo.data.said.missing, { number });
      return chosen ? { value: chosen.value } : null;
    }
    const value = numberOf(first.value);
    if (!first.value.trim()) {
      message = filled(relevo.data.said.missing, { number });
      return null;
    }
    const [low, high] = [Number(first.dataset.low), Number(first.dataset.high)];
    if (!(value >= low && value <= high)) {
      message = filled(relevo.data.said["out of range"], { number, low: placed(low), high: placed(high) });
      return null;
    }
    return { value, places: placesOf(String(value)) };
  };

  const tell = () => {
    byId("message").textContent = message ? relevo.text(message) : "";
    byId("message").classList.toggle("warning", Boolean(message));
  };

  const mine = (place) => {
    const answer = relevo.data.answers[place];
    const { value, places } = locked[place];
    return answer.kind === "number" ? withUnit(token(value, places), answer.unit) : null;
  };

  const judged = (place) => {
    const answer = relevo.data.answers[place];
    const { value, places } = locked[place];
    const { said } = relevo.data;
    if (answer.kind !== "number") return value === answer.right ? said.right : said.wrong;
    if (answer.low === null && answer.high === null) return "–";
    const [low, high] = [answer.low ?? -Infinity, answer.high ?? Infinity];
    if (value >= low && value <= high) return answer.count ? said["within count"] : said.within;
    const off = value < low ? low - value : value - high;
    const amount = withUnit(token(off, Math.max(places, answer.places)), answer.apart);
    const text = off <= answer.near ? said.near : said.far;
    return { en: filled(text.en, { off: amount.en }), es: filled(text.es, { off: amount.es }) };
  };

  /* What depends on the predictions, in the reader's language. */
  const fill = () => {
    if (!locked) return;
    for (const cell of result.querySelectorAll("[data-mine]")) {
      const number = mine(cell.dataset.mine);
      if (number) cell.textContent = relevo.text(number);
      else if (!cell.childElementCount) cell.append(...optionText(cell.dataset.mine));
    }
    for (const cell of result.querySelectorAll("[data-judged]")) cell.textContent = relevo.text(judged(cell.dataset.judged));
  };

  /* The words of the option that was chosen, in both languages, as the form has them. */
  const optionText = (place) => {
    const chosen = inputs(fieldsets()[place]).find((each) => each.checked);
    return [...chosen.closest("label").childNodes].filter((node) => node !== chosen).map((node) => node.cloneNode(true));
  };

  const freeze = (on) => {
    document.documentElement.classList.toggle("locked", on);
    for (const each of fieldsets()) each.disabled = on;
    byId("lock").disabled = on;
    byId("locked").hidden = !on;
    result.hidden = !on;
  };

  const lock = async (event) => {
    event.preventDefault();
    if (locked) return;
    await relevo.starting;
    message = "";
    const entries = [];
    for (const fieldset of fieldsets()) {
      const found = entry(fieldset);
      if (!found) {
        tell();
        (inputs(fieldset).find((each) => each.checked) ?? inputs(fieldset)[0]).focus();
        return;
      }
      entries.push(found);
    }
    locked = entries;
    tell();
    result.innerHTML = await unsealed("sealed"); // The page's own, escaped where it was made.
    freeze(true);
    relevo.controls.show();
    fill();
    relevo.charts.redraw();
    byId("result-title").focus();
  };

  const again = () => {
    locked = null;
    result.replaceChildren();
    freeze(false);
    form.reset();
    message = "";
    tell();
    inputs(fieldsets()[0])[0].focus();
  };

  form.addEventListener("submit", lock);
  byId("again").addEventListener("click", again);
  byId("facilitator").addEventListener("toggle", async () => {
    const guide = byId("guide");
    if (guide.childElementCount || !byId("facilitator").open) return;
    guide.innerHTML = await unsealed("sealed-guide");
    relevo.controls.show();
  });
  relevo.state.listen((keys) => {
    if (keys.includes("lang") || keys.includes("format")) {
      fill();
      tell();
    }
  });
  relevo.before(() => form.reset()); // A browser may bring back what was entered before.
  return { locked: () => locked !== null };
})();
