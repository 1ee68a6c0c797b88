"use strict";
/* Switches, choices, links within the page, and printing. */
relevo.controls = (() => {
  const root = document.documentElement;
  const all = (selector) => document.querySelectorAll(selector);

  const showLanguage = () => {
    const language = relevo.language();
    root.lang = language;
    for (const each of all(".w")) each.hidden = each.lang !== language;
    for (const each of all("[data-en]")) each.textContent = relevo.written(each.dataset[language], language, relevo.format());
    for (const each of all("[data-set=lang]")) each.setAttribute("aria-pressed", String(each.value === language));
  };

  const showNumbers = () => {
    const form = relevo.format();
    for (const each of all(".n")) {
      const [value, places, sign] = each.dataset.n.split(";");
      each.textContent = relevo.number(Number(value), Number(places), sign === "+", form);
    }
  };

  const showTheme = () => {
    root.dataset.theme = relevo.theme();
  };

  const showChoices = () => {
    for (const each of all("select[data-state]")) {
      const key = each.dataset.state;
      each.value = key === "format" ? relevo.format() : relevo.state.get(key);
    }
  };

  /* Everything that stands in the page itself; charts are drawn apart. */
  const show = (keys = ["lang", "format", "theme"]) => {
    if (keys.includes("lang")) showLanguage();
    if (keys.includes("lang") || keys.includes("format")) showNumbers();
    if (keys.includes("theme")) showTheme();
    showChoices();
  };

  /* A link within the page moves there and leaves the address, which holds the reader's choices. */
  const follow = (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    for (let each = target; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  };

  const unfolded = new Set();
  const unfold = () => {
    for (const each of all("details:not(.numbers, .private, .kept):not([open])")) {
      each.open = true;
      unfolded.add(each);
    }
  };
  const fold = () => {
    for (const each of unfolded) each.open = false;
    unfolded.clear();
  };

  /* A chart within a fold has no width until it is opened. */
  const opened = (event) => {
    const figure = event.target.closest("figure[data-chart]");
    if (event.target.classList.contains("numbers") && figure) relevo.charts.fillTable(figure);
    else if (event.target.open) relevo.charts.resize(event.target);
  };

  const start = () => {
    document.addEventListener("change", (event) => {
      const key = event.target.dataset?.state;
      if (key) relevo.state.set({ [key]: event.target.value });
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-set]");
      if (button) relevo.state.set({ [button.dataset.set]: button.value });
      follow(event);
    });
    document.addEventListener("toggle", opened, true);
    document.getElementById("print")?.addEventListener("click", async () => {
      await window.pageReady;
      window.print();
    });
    window.addEventListener("beforeprint", unfold);
    window.addEventListener("afterprint", fold);
    relevo.dark.addEventListener("change", () => {
      if (relevo.state.get("theme") !== "auto" || !relevo.started) return;
      show(["theme"]);
      relevo.charts.redrawFor(["theme"]);
    });
    relevo.state.listen((keys) => {
      show(keys);
      relevo.charts.redrawFor(keys);
    });
  };

  return { start, show };
})();
