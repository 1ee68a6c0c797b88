"use strict";
/* The table of numbers behind a chart: made when it is opened, and again whenever what it says changes. */
relevo.tables = (() => {
  const cell = (kind, text, number) => {
    const made = document.createElement(kind);
    made.textContent = relevo.text(text);
    if (number) made.className = "num";
    return made;
  };

  const only = new RegExp(`^${relevo.setup.token}$`);
  const isNumber = (part) => typeof part === "string" && only.test(part);

  const row = (cells) => {
    const made = document.createElement("tr");
    made.append(...cells);
    return made;
  };

  const heading = (column, number) => {
    const made = cell("th", column.title, number);
    made.scope = "col";
    const unit = relevo.text(column.unit);
    if (unit) {
      const said = document.createElement("span");
      said.className = "unit";
      said.textContent = `[${unit}]`;
      made.append(" ", said);
    }
    return made;
  };

  const fill = (table, chart) => {
    const numbers = chart.columns.map((_, place) => chart.rows.some((cells) => isNumber(cells[place])));
    const head = document.createElement("thead");
    head.append(row(chart.columns.map((column, place) => heading(column, numbers[place]))));
    const body = document.createElement("tbody");
    for (const cells of chart.rows) {
      body.append(
        row(
          cells.map((text, place) => {
            const named = place === 0 && !numbers[0];
            const made = cell(named ? "th" : "td", text, numbers[place]);
            if (named) made.scope = "row";
            return made;
          }),
        ),
      );
    }
    table.replaceChildren(head, body);
  };

  return { fill };
})();
