import { element, marked } from "./dom.js";
/** @import { SessionLabel } from "../wire.ts" */

// A command this long takes more room than the question; it is folded until someone asks for it.
const mostCharacters = 160;

/**
 * Where a prompt comes from.
 *
 * @param {SessionLabel} session
 */
export function origin({ name, command, cwd }) {
  const folder = element("code", {}, ...marked(cwd));
  const title = element("b", {}, ...marked(name));
  const whole = element("code", {}, ...marked(command));
  if (command.length <= mostCharacters) return element("div", { className: "origin" }, title, whole, folder);
  const folded = element("details", {}, element("summary", {}, element("code", {}, ...marked(`${command.slice(0, mostCharacters / 2)} …`))), whole);
  return element("div", { className: "origin" }, title, folded, folder);
}
