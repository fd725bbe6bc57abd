import { element, marked, part } from "./dom.js";
/** @import { SessionLine } from "../wire.ts" */

/** @param {readonly SessionLine[]} lines */
export function showSessions(lines) {
  part("sessions").hidden = lines.length === 0;
  part("lines").replaceChildren(...lines.map(sessionLine));
  const here = lines.find((line) => line.here);
  part("here").replaceChildren(...(here ? marked(here.name) : []));
}

/** @param {SessionLine} line */
function sessionLine({ name, command, cwd, here, startedAt, endedAt, exitCode, prompts, answered }) {
  const state = endedAt === null ? `runs since ${clockTime(startedAt)}` : `ended ${clockTime(endedAt)}, exit ${exitCode ?? "unknown"}`;
  const made = element(
    "li",
    {},
    element("p", {}, element("b", {}, ...marked(name)), here ? " · this one" : ""),
    element("p", { className: "origin" }, element("code", {}, ...marked(command)), element("code", { className: "folder" }, ...marked(cwd))),
    element("p", { className: "aside" }, `${state} · ${count(prompts, "prompt")}, ${answered} answered from afar`),
  );
  made.dataset["state"] = endedAt === null ? "runs" : "ended";
  return made;
}

/** @param {number} at epoch milliseconds */
function clockTime(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/**
 * @param {number} number
 * @param {string} noun
 */
function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
