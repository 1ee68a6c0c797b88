"use strict";
/* Charts as Python packed them (sharing.py), made whole when they are first shown: {"$": n} stands for a part that many
   charts have, {form, values} for a column of numbers. Each chart gets parts of its own, so that scripts may change them. */
relevo.sharing = (() => {
  const made = new Map();

  const inflate = (part) => {
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return part.map(inflate);
    if (typeof part.$ === "number") return inflate(relevo.content.parts[part.$]);
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inflate(value)]));
  };

  const cells = (column) =>
    Array.isArray(column)
      ? column
      : column.values.split(" ").map((value) => (value === "–" ? value : column.form.replace("*", () => value)));

  /* The same object for the same chart, every time. */
  const whole = (packed) => {
    if (!made.has(packed)) {
      const chart = inflate(packed);
      const columns = chart.rows.map(cells);
      chart.rows = (columns[0] ?? []).map((_, place) => columns.map((column) => column[place]));
      made.set(packed, chart);
    }
    return made.get(packed);
  };

  return { whole };
})();
