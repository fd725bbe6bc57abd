import { element, marked } from "./dom.js";

/**
 * The child's text as the terminal shows it. Lines that do not fit get smaller, then wrap: nothing that is being
 * approved may stand beyond an edge.
 *
 * @param {string} text
 */
export function excerptBlock(text) {
  const lines = text.split("\n");
  const block = element("pre", {}, ...lines.map((line) => element("span", { className: "line" }, ...marked(line))));
  block.style.setProperty("--columns", String(Math.max(...lines.map(({ length }) => length))));
  return element("div", { className: "excerpt" }, block);
}
