"use strict";
/* What the reader has chosen, kept in the address, so that a link or a bookmark opens the page as it was.

   An address may hold anything: what is not allowed is left out, and what is as the page opens is not written. */
relevo.state = (() => {
  const fields = new Map(); // Key -> {initial, allowed, value}.
  const listeners = [];

  /* Add something to be chosen, before the page starts: what it is at first, and whether a text may stand for it. */
  const define = (key, initial, allowed) => fields.set(key, { initial, allowed, value: initial });

  const get = (key) => fields.get(key).value;

  /* Returns the keys that are different now. */
  const take = (changes) =>
    Object.entries(changes).flatMap(([key, value]) => {
      const field = fields.get(key);
      if (!field || !field.allowed(value) || field.value === value) return [];
      field.value = value;
      return [key];
    });

  /* Before the page has started there is nothing to change: it starts with what is chosen by then. */
  const tell = (keys) => {
    if (keys.length && relevo.started) for (const listener of listeners) listener(keys);
  };

  const write = () => {
    const kept = [...fields].filter(([, field]) => field.value !== field.initial);
    const hash = new URLSearchParams(kept.map(([key, field]) => [key, field.value])).toString();
    try {
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch {
      // Within another page's frame there is no address of its own; all else works.
    }
  };

  const set = (changes) => {
    const keys = take(changes);
    if (keys.length) write();
    tell(keys);
  };

  /* An address without "=" names a place on the page, not a state. */
  const read = () => {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return;
    const given = new URLSearchParams(hash);
    tell(take(Object.fromEntries([...fields].map(([key, field]) => [key, given.get(key) ?? field.initial]))));
  };

  const { language, formats, usual, choices } = relevo.setup;
  define("lang", language, (value) => Object.hasOwn(usual, value));
  define("format", "", (value) => value === "" || Object.hasOwn(formats, value));
  define("theme", "auto", (value) => ["auto", "light", "dark"].includes(value));
  for (const [key, options] of Object.entries(choices)) define(key, options[0], (value) => options.includes(value));

  window.addEventListener("hashchange", read);
  return { define, get, set, read, listen: (listener) => listeners.push(listener) };
})();

/* The format is the language's usual one until the reader chooses. */
relevo.language = () => relevo.state.get("lang");
relevo.format = () => relevo.state.get("format") || relevo.setup.usual[relevo.language()];
relevo.dark = window.matchMedia("(prefers-color-scheme: dark)");
relevo.theme = () => {
  const chosen = relevo.state.get("theme");
  return chosen !== "auto" ? chosen : relevo.dark.matches ? "dark" : "light";
};
relevo.text = (part) => relevo.written(part, relevo.language(), relevo.format());
