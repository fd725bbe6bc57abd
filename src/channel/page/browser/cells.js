import { element } from "./dom.js";
/** @import { CellRun, Colour } from "../frame.ts" */

// What terminals give two columns (East Asian wide, emoji); for a run whose columns do not add up so, the run as a whole keeps its place.
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6\p{Emoji_Presentation}]/u;
// Runs of what a monospace font surely holds, of other narrow characters, and wide ones one by one with what is joined to them.
const pieces = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A run of cells as it looks in the terminal. A glyph from another font may be wider or narrower than its cells; what
 * follows must stay in its column.
 *
 * @param {CellRun} run
 */
export function cells(run) {
  const span = element("span", {}, ...placed(run));
  const [fg, bg] = run.inverse ? [run.bg ?? "var(--ground)", run.fg ?? "var(--ink)"] : [run.fg, run.bg];
  if (fg !== undefined) span.style.color = css(fg);
  if (bg !== undefined) span.style.backgroundColor = css(bg);
  for (const attribute of /** @type {const} */ (["bold", "dim", "italic", "underline", "strike"])) if (run[attribute]) span.classList.add(attribute);
  return span;
}

/**
 * @param {CellRun} run
 * @returns {(Node | string)[]}
 */
function placed({ text, columns = text.length }) {
  if (!/[^ -~]/.test(text)) return [text];
  const groups = grouped(text);
  const sum = groups.reduce((total, group) => total + group.columns, 0);
  if (sum !== columns) return [fixed(text, columns)];
  return groups.map((group) => (group.isPlain ? group.text : fixed(group.text, group.columns)));
}

/** @param {string} text */
function grouped(text) {
  /** @type {{ text: string, columns: number, isPlain: boolean, isWide: boolean }[]} */
  const groups = [];
  for (const { segment } of pieces.segment(text)) {
    const isPlain = /^[ -~]$/.test(segment);
    const isWide = wide.test(segment);
    const columns = isWide ? 2 : 1;
    const last = groups.at(-1);
    if (last && !isWide && !last.isWide && last.isPlain === isPlain) {
      last.text += segment;
      last.columns += columns;
    } else groups.push({ text: segment, columns, isPlain, isWide });
  }
  return groups;
}

/**
 * @param {string} text
 * @param {number} columns
 */
function fixed(text, columns) {
  const span = element("span", { className: "cells" }, text);
  span.style.width = `${columns}ch`;
  return span;
}

/** @param {Colour} colour */
function css(colour) {
  if (typeof colour === "string") return colour;
  if (colour < 16) return `var(--colour-${colour})`;
  if (colour >= 232) return grey(8 + (colour - 232) * 10);
  // xterm's 6×6×6 cube
  const [red, green, blue] = [36, 6, 1].map((step) => cubeLevel(Math.floor((colour - 16) / step) % 6));
  return `rgb(${red} ${green} ${blue})`;
}

/** @param {number} level */
function grey(level) {
  return `rgb(${level} ${level} ${level})`;
}

/** @param {number} step 0 to 5 */
function cubeLevel(step) {
  return step === 0 ? 0 : 55 + step * 40;
}
