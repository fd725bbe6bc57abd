import { element, part } from "./dom.js";
/** @import { CellRun, Colour, Frame } from "../frame.ts" */

/** What the terminal shows, cell for cell; only rows that changed are drawn again. */
export class Screen {
  /** @type {string[]} each row as it was drawn last */
  #drawn = [];
  #cursor = element("span", { className: "cursor", ariaHidden: "true" });

  constructor() {
    const zoom = part("zoom");
    zoom.addEventListener("click", () => {
      const isFull = part("terminal").classList.toggle("full-size");
      zoom.setAttribute("aria-pressed", String(isFull));
    });
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

/** @param {CellRun} run */
function cells(run) {
  const span = element("span", {}, run.text);
  const [fg, bg] = run.inverse ? [run.bg ?? "var(--ground)", run.fg ?? "var(--ink)"] : [run.fg, run.bg];
  if (fg !== undefined) span.style.color = css(fg);
  if (bg !== undefined) span.style.backgroundColor = css(bg);
  for (const attribute of /** @type {const} */ (["bold", "dim", "italic", "underline", "strike"])) if (run[attribute]) span.classList.add(attribute);
  // A glyph from another font may be wider or narrower than its cells; what follows must stay in its column.
  if (run.columns !== undefined || /[^ -~]/.test(run.text)) {
    span.classList.add("cells");
    span.style.width = `${run.columns ?? run.text.length}ch`;
  }
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
