"use strict";
/* A mixture chosen with sliders, among those that were simulated and between them.

   Places of sliders are counted in levels: 0 is the first, 1.5 lies between the second and the third. At a simulated
   mixture the change stands with its interval; between mixtures every number is interpolated linearly along each
   slider, is marked as such, and has no interval. */
relevo.sliders = (() => {
  const at = (id) => document.getElementById(id);
  const inputs = [...document.querySelectorAll("[data-slider]")];
  const first = inputs.map((input) => input.value).join(",");
  let grid = null;

  const isMix = (text) => {
    const places = text.split(",").map(Number);
    const allowed = (place, number) => {
      const { max, step } = inputs[number];
      const steps = place / Number(step);
      return place >= 0 && place <= Number(max) && Math.abs(steps - Math.round(steps)) < 1e-6;
    };
    return places.length === inputs.length && places.every(allowed);
  };
  if (inputs.length) relevo.state.define("mix", first, isMix);

  const chosen = () => relevo.state.get("mix").split(",").map(Number);

  /* Nodes around a place with their weights, those of weight zero left out: one at a simulated mixture. The last
     slider's level runs fastest among the nodes. */
  const corners = (places) => {
    let found = [[0, 1]];
    places.forEach((place, number) => {
      const levels = Number(inputs[number].max) + 1;
      const below = Math.min(Math.floor(place + 1e-9), levels - 1);
      const part = Math.max(0, place - below);
      found = found.flatMap(([node, weight]) => [
        [node * levels + below, weight * (1 - part)],
        ...(part > 1e-9 ? [[node * levels + below + 1, weight * part]] : []),
      ]);
    });
    return found;
  };

  const mean = (values, around) => {
    let sum = 0;
    for (const [node, weight] of around) {
      if (values[node] === null) return null;
      sum += weight * values[node];
    }
    return sum;
  };

  const number = (value, places, signed = false) => relevo.number(value, places, signed, relevo.format());
  const say = (key) => relevo.text(grid.words[key]);

  const level = (factor, place) => {
    if (!factor.values) return relevo.text(factor.texts[Math.round(place)]);
    const below = Math.floor(place + 1e-9);
    const above = Math.min(below + 1, factor.values.length - 1);
    const value = factor.values[below] + Math.max(0, place - below) * (factor.values[above] - factor.values[below]);
    const places = Number.isInteger(Math.round(value * 1e6) / 1e6) ? 0 : Math.max(factor.places, 1);
    return `${number(value, places)} ${factor.unit}`.trim();
  };

  const named = (places) =>
    grid.factors.map((factor, i) => `${relevo.text(factor.name)}: ${level(factor, places[i])}`).join("; ");

  /* The unit stands beside the figure's name; points are said where a change of per cent is. */
  const unit = (metric) => {
    const [value, change] = [relevo.text(metric.unit), relevo.text(metric.unitOfChange)];
    return change && change !== value ? ` ${change}` : "";
  };

  /* A change with its interval where it was simulated; today itself has none: it is what all are compared with. */
  const changed = (metric, around) => {
    const value = mean(metric.mean, around);
    if (value === null) return "–";
    const text = `${number(rounded(value, metric), metric.places, true)}`;
    const half = around.length === 1 ? metric.half[around[0][0]] : null;
    if (around.length > 1) return `≈ ${text}${unit(metric)}`;
    if (around[0][0] === grid.today || half === null) return `${text}${unit(metric)}`;
    const mark = Math.abs(value) <= half ? "" : (value < 0) === (metric.better === "lower") ? "✓" : "✗";
    return `${text} ± ${number(rounded(half, metric), metric.places)}${unit(metric)} ${mark}`.trim();
  };

  const rounded = (value, metric) => Math.round(value / metric.step) * metric.step;

  const fill = (around) => {
    const rows = at("mix-table").tBodies[0].rows;
    grid.metrics.forEach((metric, i) => {
      const value = mean(metric.mean, around);
      const near = around.length > 1 ? "≈ " : "";
      const put = (place, text) => (rows[i].querySelector(`[data-${place}]`).textContent = text);
      put("today", number(rounded(metric.today, metric), metric.places));
      const now = value === null ? "–" : near + number(rounded(metric.today + value, metric), metric.places);
      put("mix", now);
      put("change", changed(metric, around));
    });
  };

  const draw = (around) => {
    if (grid.parts) {
      const chart = relevo.charts.current("parts");
      const now = grid.parts.map((part) => mean(part.mean, around));
      chart.traces[1].x = now;
      chart.rows.forEach((row, i) => (row[2] = now[i] === null ? "–" : `⟦${now[i].toFixed(2)};2;⟧`));
      relevo.charts.redraw(["parts"]);
    }
    if (grid.cloud) {
      const chart = relevo.charts.current("cloud");
      chart.traces[1].x = [mean(grid.cloud.x, around)];
      chart.traces[1].y = [mean(grid.cloud.y, around)];
      relevo.charts.redraw(["cloud"]);
    }
  };

  const show = () => {
    const places = chosen();
    const around = corners(places);
    places.forEach((place, i) => {
      inputs[i].value = String(place);
      const text = level(grid.factors[i], place);
      inputs[i].setAttribute("aria-valuetext", text);
      at(`slider-${i}-value`).textContent = text;
    });
    const said = around.length > 1 ? "interpolated" : around[0][0] === grid.today ? "as today" : "simulated";
    at("mix-said").textContent = named(places);
    at("mix-state").textContent = say(said);
    fill(around);
  };

  /* Many events may come between two pictures of the screen: of charts only the last is drawn. */
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw(corners(chosen()));
    });
  };

  relevo.before(() => {
    grid = relevo.data.grid;
    if (!grid) return;
    const take = () => relevo.state.set({ mix: inputs.map((input) => Number(input.value)).join(",") });
    for (const input of inputs) input.addEventListener("input", take);
    at("mix-reset").addEventListener("click", () => relevo.state.set({ mix: first }));
    relevo.state.listen((keys) => {
      if (["mix", "lang", "format"].some((key) => keys.includes(key))) show();
      if (keys.includes("mix")) soon();
    });
    show();
    if (relevo.state.get("mix") !== first) soon();
  });

  return { corners, mean };
})();
