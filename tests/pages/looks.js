/* Run in a page by looks.py: what of its charts cannot be read. Each function returns complaints, as texts. */
() => {
  const round = (x) => Math.round(10 * x) / 10;
  const shown = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.display === "none" || style.visibility === "hidden" || Number(style.opacity) === 0) return false;
    }
    return true;
  };
  const plots = () => [...document.querySelectorAll(".plot.js-plotly-plot")].filter((plot) => plot.getClientRects().length);
  const nameOf = (plot) => plot.closest("figure")?.dataset.chart ?? "plot";
  const texts = (plot) =>
    [...plot.querySelectorAll("svg text")].filter(
      (text) => text.textContent.trim() && !text.closest(".hoverlayer, .modebar") && shown(text),
    );
  const said = (text) => `'${text.textContent.slice(0, 40)}'`;

  /* Overlaps ------------------------------------------------------------------------------------------- */

  const SLACK = 1.5; // Boxes of letters are higher than the letters [px].
  /* A text's box as it is drawn: its middle, the directions of its line and across, and half its size along both.
     Slanted names stand side by side where upright boxes around them would overlap. */
  const turned = (text) => {
    const [box, matrix] = [text.getBBox(), text.getScreenCTM()];
    const at = (x, y) => new DOMPoint(x, y).matrixTransform(matrix);
    const middle = at(box.x + box.width / 2, box.y + box.height / 2);
    const half = [at(box.x + box.width, box.y + box.height / 2), at(box.x + box.width / 2, box.y + box.height)].map(
      (end) => [end.x - middle.x, end.y - middle.y],
    );
    const sizes = half.map(([x, y]) => Math.hypot(x, y));
    return { middle, half, sides: half.map(([x, y], i) => [x / sizes[i], y / sizes[i]]) };
  };
  const along = ([x, y], half) => half.reduce((sum, [a, b]) => sum + Math.abs(a * x + b * y), 0);
  /* Two boxes are apart if they are along any side of either. */
  const touch = (one, other) =>
    [one, other].every((box) =>
      box.sides.every((side, across) => {
        const between = Math.abs((one.middle.x - other.middle.x) * side[0] + (one.middle.y - other.middle.y) * side[1]);
        return along(side, one.half) + along(side, other.half) - between > (across ? 2 : 1) * SLACK;
      }),
    );
  const overlapsIn = (plot) => {
    const found = [];
    const frame = plot.getBoundingClientRect();
    const all = texts(plot).map((text) => ({ text, box: text.getBoundingClientRect(), drawn: turned(text) }));
    for (const { text, box } of all) {
      const outside = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
      if (outside > SLACK) found.push(`${nameOf(plot)}: ${said(text)} is ${round(outside)} px outside`);
      const size = parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM() ? Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b) : 1);
      if (size < 9) found.push(`${nameOf(plot)}: ${said(text)} is ${round(size)} px high`);
    }
    all.forEach((one, place) => {
      for (const other of all.slice(place + 1)) {
        if (touch(one.drawn, other.drawn)) found.push(`${nameOf(plot)}: ${said(one.text)} overlaps ${said(other.text)}`);
      }
    });
    return found;
  };

  /* Contrasts ------------------------------------------------------------------------------------------ */

  /* A computed colour as [red, green, blue, opacity], 0 to 1. */
  const colour = (css) => {
    const numbers = (css.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    if (css.startsWith("rgb")) return [numbers[0] / 255, numbers[1] / 255, numbers[2] / 255, numbers[3] ?? 1];
    if (css.startsWith("color(srgb")) return [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1];
    return [0, 0, 0, 0]; // "none"
  };
  const over = (top, ground) => ground.map((part, i) => (i === 3 ? 1 : top[3] * top[i] + (1 - top[3]) * part));
  const faded = (element, paint, own) => {
    let opacity = Number(own);
    for (let each = element; each && !each.classList.contains("js-plotly-plot"); each = each.parentElement) {
      opacity *= Number(getComputedStyle(each).opacity);
    }
    return [paint[0], paint[1], paint[2], paint[3] * opacity];
  };
  const luminance = (c) => {
    const [r, g, b] = c.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  /* What an element is filled with: a pattern has two colours. What has no area is not filled, though it may say so. */
  const fills = (element) => {
    const style = getComputedStyle(element);
    if (element.matches(LINES)) return [];
    const pattern = style.fill.match(/url\("?#([^")]+)/)?.[1];
    const parts = pattern ? [...document.getElementById(pattern).querySelectorAll("*")] : [element];
    const painted = parts.flatMap((each) => {
      const its = getComputedStyle(each);
      const filled = !pattern || each.hasAttribute("fill") ? [faded(element, colour(its.fill), its.fillOpacity)] : [];
      const drawn = pattern && parseFloat(its.strokeWidth) > 0 ? [faded(element, colour(its.stroke), its.strokeOpacity)] : [];
      return [...filled, ...drawn];
    });
    return painted.filter((paint) => paint[3] > 0);
  };
  /* The same and its outline: a bar of two colours, or a pale one, is seen by its outline. */
  const paints = (element) => {
    const style = getComputedStyle(element);
    const outline = parseFloat(style.strokeWidth) > 0 ? [faded(element, colour(style.stroke), style.strokeOpacity)] : [];
    return [...fills(element), ...outline.filter((paint) => paint[3] > 0)];
  };

  const LINES = ".js-line, .errorbar path, .legendlines path, path.zl, path.xlines-above, path.ylines-above, path.ticks";
  const GROUND = "rect.bg, .js-fill, .hm image, .shapelayer path, .annotation rect, .legend rect.bg";
  const BARS = ".barlayer path, .boxlayer path, .violinlayer path";
  const pixels = new Map();
  const load = async (plot) => {
    for (const image of plot.querySelectorAll("image")) {
      const picture = new Image();
      picture.src = image.href.baseVal;
      await picture.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.drawImage(picture, 0, 0);
      pixels.set(image, context);
    }
  };
  const pixel = (image, x, y) => {
    const box = image.getBoundingClientRect();
    const context = pixels.get(image);
    const at = (part, whole) => Math.min(Math.floor(part * whole), whole - 1);
    const raw = context.getImageData(at((x - box.left) / box.width, context.canvas.width), at((y - box.top) / box.height, context.canvas.height), 1, 1).data;
    return [raw[0] / 255, raw[1] / 255, raw[2] / 255, raw[3] / 255];
  };

  /* What lies under a point of the screen, behind an element. */
  const backdrop = (plot, element, x, y, kinds) => {
    let ground = [1, 1, 1, 1];
    for (let each = plot; each; each = each.parentElement) {
      const its = colour(getComputedStyle(each).backgroundColor);
      if (its[3] === 1) {
        ground = its;
        break;
      }
    }
    for (const each of plot.querySelectorAll(`svg.main-svg, ${kinds}`)) {
      if (each === element || each.contains(element) && each.tagName !== "svg") continue;
      if (!(each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) && !each.contains(element)) continue;
      const box = each.getBoundingClientRect();
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
      if (each.tagName === "svg") {
        ground = over(colour(getComputedStyle(each).backgroundColor), ground);
      } else if (each.tagName === "image") {
        ground = over(pixel(each, x, y), ground);
      } else {
        const inside = new DOMPoint(x, y).matrixTransform(each.getScreenCTM().inverse());
        if (each.isPointInFill(inside)) for (const paint of fills(each).slice(0, 1)) ground = over(paint, ground);
      }
    }
    return ground;
  };
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  };
  /* A point on a line: the middle of its box may lie beside it. */
  const onLine = (path, part = 0.5) => {
    const point = path.getPointAtLength(path.getTotalLength() * part).matrixTransform(path.getScreenCTM());
    return [point.x, point.y];
  };
  /* Where a mark has to be seen: an interval on both sides of what it is of, which may be a bar's end. */
  const places = (mark) => {
    if (mark.closest(".errorbar")) return [0.3, 0.7].map((part) => onLine(mark, part));
    return [mark.matches(LINES) || getComputedStyle(mark).fill === "none" ? onLine(mark) : middle(mark)];
  };

  const MARKS =
    `${LINES}, .scatterlayer path.point, .barlayer .point path, .boxlayer path, .shapelayer path, .legendpoints path, ` +
    ".annotation-arrow-g path";
  const contrastsIn = async (plot) => {
    await load(plot);
    const found = new Set();
    for (const text of texts(plot)) {
      const ground = backdrop(plot, text, ...middle(text), `${GROUND}, ${BARS}`);
      const ink = paints(text)[0] ?? [0, 0, 0, 0];
      const ratio = contrast(over(ink, ground), ground);
      if (ratio < 4.5) found.add(`${nameOf(plot)}: text ${said(text)} has a contrast of ${round(ratio)}`);
    }
    for (const mark of plot.querySelectorAll(MARKS)) {
      const inks = paints(mark);
      const box = mark.getBoundingClientRect();
      // A shape that only tints a region is ground, like the band of an interval.
      const tint = mark.closest(".shapelayer") && getComputedStyle(mark).strokeWidth === "0px";
      if (!inks.length || tint || !shown(mark) || (!box.width && !box.height)) continue;
      const grounds = mark.closest(".errorbar") ? `${GROUND}, ${BARS}` : GROUND;
      const ratios = places(mark).map((place) => {
        const ground = backdrop(plot, mark, ...place, grounds);
        return Math.max(...inks.map((ink) => contrast(over(ink, ground), ground)));
      });
      const ratio = Math.min(...ratios);
      if (ratio < 3) found.add(`${nameOf(plot)}: ${mark.getAttribute("class") ?? mark.parentElement.getAttribute("class")} has a contrast of ${round(ratio)}`);
    }
    return [...found];
  };

  /* The page ------------------------------------------------------------------------------------------- */

  const sideways = () => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (over <= 0) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !each.closest(".scroll, svg, .skip"),
    );
    return [`the page scrolls sideways by ${over} px: ${wide.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`)}`];
  };
  const covered = () => {
    const parts = [...document.querySelectorAll("h1, h2, h3, h4, p, figure, table, ul, .card, details")].filter(
      (each) => each.getClientRects().length && shown(each) && !each.closest(".unseen, .skip"),
    );
    const found = [];
    for (let place = 1; place < parts.length; place++) {
      const [one, other] = [parts[place - 1], parts[place]];
      if (one.contains(other) || one.parentElement !== other.parentElement) continue;
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (high > 1 && wide > 1) found.push(`${one.tagName} lies over ${other.tagName}: '${other.textContent.trim().slice(0, 40)}'`);
    }
    return found;
  };

  window.looks = {
    overlaps: () => plots().flatMap(overlapsIn),
    contrasts: async () => (await Promise.all(plots().map(contrastsIn))).flat(),
    layout: () => [...sideways(), ...covered()],
  };
}
