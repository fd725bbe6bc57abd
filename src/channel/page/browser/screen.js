import { cells } from "./cells.js";
import { element, part } from "./dom.js";
/** @import { CellRun, Frame } from "../frame.ts" */

/** What the terminal shows, cell for cell; only rows that changed are drawn again. */
export class Screen {
  /** @type {string[]} each row as it was drawn last */
  #drawn = [];
  #cursor = element("span", { className: "cursor", ariaHidden: "true" });
  /** The row where the program is: the cursor's, or else the last one. */
  #newest = 0;
  // Whoever scrolls back to read is left alone until they come down again.
  #follows = true;

  constructor() {
    const zoom = part("zoom");
    zoom.addEventListener("click", () => {
      const isFull = part("terminal").classList.toggle("full-size");
      zoom.setAttribute("aria-pressed", String(isFull));
      this.#follow();
    });
    // A phone that is turned, or its keyboard, leaves less room.
    new ResizeObserver(() => this.#follow()).observe(part("terminal"));
    part("terminal").addEventListener("scroll", () => (this.#follows = Object.values(this.#beyond()).every((pixels) => pixels <= 1)));
  }

  /** @param {Frame} frame */
  show({ columns, rows, cursor }) {
    part("screen").hidden = false;
    const terminal = part("terminal");
    terminal.style.setProperty("--columns", String(columns));
    this.#cursor.remove();
    while (terminal.children.length > rows.length) terminal.lastElementChild?.remove();
    this.#drawn.length = terminal.children.length;
    for (const [index, runs] of rows.entries()) this.#draw(terminal, index, runs);
    if (cursor) this.#place(terminal, cursor);
    const last = Math.max(rows.findLastIndex((runs) => runs.length > 0), cursor?.row ?? 0);
    for (const [index, row] of [...terminal.children].entries()) row.classList.toggle("blank", index > last);
    this.#newest = cursor?.row ?? last;
    this.#follow();
  }

  #follow() {
    if (!this.#follows) return;
    const { above, below } = this.#beyond();
    part("terminal").scrollTop += Math.max(0, below) - Math.max(0, above);
  }

  /** How many pixels of the newest row, or of what lies between, are out of sight on either side; negative: none. */
  #beyond() {
    const terminal = part("terminal");
    const [row, sight] = [terminal.children[this.#newest]?.getBoundingClientRect(), terminal.getBoundingClientRect()];
    return row ? { above: sight.top - row.top, below: row.bottom - sight.bottom } : { above: 0, below: 0 };
  }

  /**
   * @param {HTMLElement} terminal
   * @param {number} index
   * @param {readonly CellRun[]} runs
   */
  #draw(terminal, index, runs) {
    const drawing = JSON.stringify(runs);
    if (this.#drawn[index] === drawing) return;
    const row = element("div", { className: "row" }, ...runs.map(cells));
    const old = terminal.children[index];
    if (old) old.replaceWith(row);
    else terminal.append(row);
    this.#drawn[index] = drawing;
  }

  /**
   * @param {HTMLElement} terminal
   * @param {{ row: number, column: number }} cursor
   */
  #place(terminal, { row, column }) {
    this.#cursor.style.setProperty("--column", String(column));
    terminal.children[row]?.append(this.#cursor);
  }
}
