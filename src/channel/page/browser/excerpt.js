import { element, marked } from "./dom.js";

/**
 * The child's text as the terminal shows it. Lines that do not fit get smaller, then wrap: nothing that is being
 * approved may stand beyond an edge.
 *
 * @param {string} text
 */
export function excerptBlock(text) {
  const block = element("pre", {}, ...marked(text));
  block.style.setProperty("--columns", String(Math.max(...text.split("\n").map((line) => line.length))));
  return element("div", { className: "excerpt" }, block);
}
