"use strict";
/* Long tables of the report, which are packed with the data: filled in at once, and again in another language or format. */
{
  const fill = () => {
    for (const table of document.querySelectorAll("table[data-table]")) {
      relevo.tables.fill(table, relevo.data.tables[table.dataset.table]);
    }
  };
  relevo.before(fill);
  relevo.state.listen((keys) => {
    if (keys.some((key) => key === "lang" || key === "format")) fill();
  });
}
