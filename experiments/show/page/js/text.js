"use strict";
/* Texts, numbers and colours, by the same rules as `resolve` in charts/theme.py; a test compares the two.

   A text in both languages is an object {en, es}; a number within a text is a token, whose format the reader chooses;
   a colour is its role ("@policy", "@policy:0.2"). */
const relevo = { setup: JSON.parse(document.getElementById("setup").textContent), beforehand: [] };

/* For a page's own scripts: called when data are there and before charts are drawn. */
relevo.before = (does) => relevo.beforehand.push(does);

relevo.number = (value, places, signed, form) => {
  const [thousands, decimal] = relevo.setup.formats[form];
  const [whole, part] = Math.abs(value).toFixed(places).split(".");
  const none = /^[0.]*$/.test(whole + (part ?? "")); // Never "-0.0", nor "+0".
  const sign = none ? "" : value < 0 ? "-" : signed ? "+" : "";
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (part ? decimal + part : "");
};

relevo.isWords = (part) =>
  typeof part === "object" && part !== null && "en" in part && "es" in part && Object.keys(part).length === 2;

/* A text as people read it: for `textContent`, never for markup. */
relevo.written = (part, language, form) => {
  const text = relevo.isWords(part) ? part[language] : part;
  const token = new RegExp(relevo.setup.token, "g");
  return text.replace(token, (_, value, places, sign) => relevo.number(Number(value), Number(places), sign === "+", form));
};

relevo.colour = (role, theme) => {
  const [name, strength] = role.slice(1).split(/:(.*)/s);
  const colour = relevo.setup.roles[name][theme === "dark" ? 1 : 0];
  if (!strength) return colour;
  const part = (from) => parseInt(colour.slice(from, from + 2), 16);
  return `rgba(${part(1)},${part(3)},${part(5)},${strength})`;
};

relevo.isColour = (text) => text.startsWith("@") && Object.hasOwn(relevo.setup.roles, text.slice(1).split(":")[0]);

/* Plotly reads some markup in texts, so every text is escaped; a line break becomes one. */
relevo.escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br>");

relevo.resolve = (part, language, theme, form) => {
  if (typeof part === "string") {
    return relevo.isColour(part) ? relevo.colour(part, theme) : relevo.escaped(relevo.written(part, language, form));
  }
  if (Array.isArray(part)) return part.map((value) => relevo.resolve(value, language, theme, form));
  if (relevo.isWords(part)) return relevo.resolve(part[language], language, theme, form);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, relevo.resolve(value, language, theme, form)]),
  );
};
