"use strict";
/* Draws charts, whichever the reader's choices ask for, and a picture of each for printing.

   Plotly does not lay charts out anew for paper. So after each drawing a picture of the light version is made, in the
   width of a page; style sheets show it in print instead of the chart. Pictures wait until nothing more is to be drawn
   and the reader pauses. */
relevo.charts = (() => {
  const PAPER = 800; // Width of a printed chart [px]: two charts share a page, and their letters are of 8 points.
  const PAUSE = 300; // How long nothing has to change until pictures are made anew [ms].
  const LONG = 50; // Work without letting the browser do something else [ms].
  const toDraw = new Set();
  const toPrint = new Set();
  const whenDrawn = [];
  let running = null;
  let drawing = false;
  let wake = () => {};
  let changed = -Infinity;
  let breathed = 0;

  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const figures = () => [...document.querySelectorAll("figure[data-chart]")];
  const plotOf = (figure) => figure.querySelector(".plot");

  /* The chart that a figure shows now, as data that scripts may change before they call `redraw`; null if none. */
  const current = (name) => {
    let found = relevo.content.charts[name];
    while (found?.by) {
      const option = relevo.state.get(found.by);
      found = Object.hasOwn(found.of, option) ? found.of[option] : null;
    }
    return found && relevo.sharing.whole(found);
  };

  /* Plotly's own words are those of the page. */
  const config = () => {
    const said = (key) => relevo.text(relevo.setup.words[key]);
    const dictionary = {
      "Download plot as a PNG": said("picture"),
      "Taking snapshot - this may take a few seconds": said("picture coming"),
      "Snapshot succeeded": said("picture done"),
      "Sorry, there was a problem downloading your image!": said("picture failed"),
    };
    return { ...relevo.setup.config, locale: "page", locales: { page: { dictionary, format: {} } } };
  };

  const figureOf = (chart, theme) => {
    const form = relevo.format();
    const [thousands, decimal] = relevo.setup.formats[form];
    const whole = { data: chart.traces, layout: chart.layout };
    const made = relevo.resolve(whole, relevo.language(), theme, form);
    made.layout.separators = decimal + thousands;
    made.layout.height = chart.height;
    made.layout.autosize = true;
    return { ...made, config: { ...config(), toImageButtonOptions: { filename: chart.name, scale: 2 } } };
  };

  const caption = (figure, chart) => {
    figure.querySelector(".chart-title").textContent = relevo.text(chart ? chart.title : relevo.setup.words["no chart"]);
    figure.querySelector(".reading").textContent = chart ? relevo.text(chart.reading) : "";
    figure.classList.toggle("empty", !chart);
  };

  const fillTable = (figure) => {
    const details = figure.querySelector(".numbers");
    const chart = current(figure.dataset.chart);
    if (details.open && chart) relevo.tables.fill(details.querySelector("table"), chart);
  };

  const draw = async (figure) => {
    const chart = current(figure.dataset.chart);
    figure.classList.remove("printable");
    caption(figure, chart);
    if (!chart) return;
    fillTable(figure);
    const plot = plotOf(figure);
    plot.style.height = `${chart.height}px`;
    const { data, layout, config: doing } = figureOf(chart, relevo.theme());
    await Plotly.react(plot, data, layout, doing);
    toPrint.add(figure);
  };

  const picture = async (figure) => {
    const chart = current(figure.dataset.chart);
    if (!chart) return;
    const made = figureOf(chart, "light");
    made.layout.autosize = false;
    made.layout.width = PAPER;
    const url = await Plotly.toImage(made, { format: "svg", width: PAPER, height: chart.height });
    const image = figure.querySelector(".picture");
    image.src = url;
    image.alt = relevo.text(chart.title);
    await image.decode();
    if (!toDraw.has(figure)) figure.classList.add("printable");
  };

  /* A chart that fails must not take the others with it. */
  const tried = async (does, figure) => {
    try {
      await does(figure);
    } catch (error) {
      figure.classList.add("failed");
      console.error(`chart ${figure.dataset.chart}:`, error);
    }
  };

  const breathe = async () => {
    if (performance.now() - breathed < LONG) return;
    await wait(0);
    breathed = performance.now();
  };

  /* Those in view first. */
  const next = () => {
    const inView = (figure) => {
      const box = figure.getBoundingClientRect();
      return box.bottom > 0 && box.top < window.innerHeight;
    };
    const waiting = [...toDraw];
    return waiting.find(inView) ?? waiting[0];
  };

  const work = async () => {
    while (toDraw.size || toPrint.size) {
      await breathe();
      if (toDraw.size) {
        const figure = next();
        toDraw.delete(figure);
        drawing = true;
        await tried(draw, figure);
        drawing = false;
        continue;
      }
      for (const tell of whenDrawn.splice(0)) tell();
      const pause = changed + PAUSE - performance.now();
      if (pause > 0) {
        await Promise.race([wait(pause), new Promise((done) => (wake = done))]);
        continue;
      }
      const [figure] = toPrint;
      toPrint.delete(figure);
      await tried(picture, figure);
    }
  };

  /* Draw figures again, all or those of some charts; returns when charts and pictures are as they should be. */
  const redraw = (names = null) => {
    for (const figure of figures()) if (!names || names.includes(figure.dataset.chart)) toDraw.add(figure);
    changed = relevo.started ? performance.now() : -Infinity; // The first pictures are made at once.
    wake();
    running ??= work().finally(() => {
      running = null;
      for (const tell of whenDrawn.splice(0)) tell();
    });
    return running;
  };

  /* The figures that a choice concerns. */
  const depends = (found, keys) =>
    Boolean(found?.by) && (keys.includes(found.by) || Object.values(found.of).some((each) => depends(each, keys)));
  const redrawFor = (keys) => {
    const all = keys.some((key) => ["lang", "format", "theme"].includes(key));
    const names = Object.keys(relevo.content.charts).filter((name) => depends(relevo.content.charts[name], keys));
    if (all || names.length) redraw(all ? null : names);
  };

  const resize = (within) => {
    for (const figure of within.querySelectorAll("figure[data-chart]")) {
      if (plotOf(figure).data) Plotly.Plots.resize(plotOf(figure));
    }
  };

  const settled = () => running ?? Promise.resolve();
  /* Before the pictures for print are made. */
  const drawn = () => (toDraw.size || drawing ? new Promise((tell) => whenDrawn.push(tell)) : Promise.resolve());

  return { current, redraw, redrawFor, resize, fillTable, settled, drawn };
})();

/* Resolves when all charts and their pictures for print are as the reader's choices ask. */
Object.defineProperty(window, "pageReady", {
  get: async () => {
    await relevo.starting;
    await relevo.charts.settled();
  },
});
