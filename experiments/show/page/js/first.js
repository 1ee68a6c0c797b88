"use strict";
/* In the head: says that scripts run and can inflate data, so that switches and charts are shown and notes hidden. */
if (typeof DecompressionStream === "function") document.documentElement.classList.add("live");
