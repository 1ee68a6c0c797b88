"use strict";
/* Last: inflates data and library, then shows what the address asks for. A page's own scripts have been read by then;
   what they gave to `relevo.before` runs when data are there and nothing is drawn yet. */
relevo.starting = (async () => {
  const inflated = async (id) => {
    const text = atob(document.getElementById(id).textContent);
    const raw = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };
  try {
    relevo.state.read();
    relevo.controls.show();
    relevo.controls.start();
    relevo.content = JSON.parse(await inflated("content"));
    relevo.data = relevo.content.data;
    if (document.getElementById("plotly")) {
      const library = document.createElement("script");
      library.textContent = await inflated("plotly");
      document.head.append(library);
    }
    for (const each of relevo.beforehand) each();
    relevo.controls.show();
    relevo.charts.redraw();
    relevo.started = true;
  } catch (error) {
    document.documentElement.classList.remove("live");
    throw error;
  }
})();
