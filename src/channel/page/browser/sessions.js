import { clockTime } from "./clock-time.js";
import { element, marked, part } from "./dom.js";
import { origin } from "./origin.js";
/** @import { SessionLine } from "../wire.ts" */

/** @type {readonly SessionLine[]} */
let shown = [];

/** @param {readonly SessionLine[]} lines */
export function showSessions(lines) {
  shown = lines;
  part("sessions").hidden = lines.length === 0;
  part("lines").replaceChildren(...lines.map(sessionLine));
  const here = lines.find((line) => line.here);
  part("here").replaceChildren(...(here ? marked(here.name) : []));
}

/** The session that served this page is over: nobody is left to say so in the list. */
export function endSession() {
  showSessions(shown.map((line) => (line.here && line.endedAt === null ? { ...line, endedAt: Date.now() } : line)));
}

/** @param {SessionLine} line */
function sessionLine({ name, command, cwd, here, startedAt, endedAt, exitCode, prompts, answered }) {
  const state = endedAt === null ? `runs since ${clockTime(startedAt)}` : `ended ${clockTime(endedAt)}${exitCode === null ? "" : `, exit ${exitCode}`}`;
  const made = element(
    "li",
    {},
    origin({ name, command, cwd }),
    element("p", { className: "aside" }, `${here ? "this one · " : ""}${state} · ${count(prompts, "prompt")}, ${answered} answered from afar`),
  );
  made.dataset["state"] = endedAt === null ? "runs" : "ended";
  return made;
}

/**
 * @param {number} number
 * @param {string} noun
 */
function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
