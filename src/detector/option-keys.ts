import type { Choice } from "../prompt/detection.ts";
import { arrowsFor } from "./arrows.ts";
import { declines } from "./declining.ts";
import type { Menu, MenuOption } from "./menu.ts";

/**
 * How a menu is answered: a line is read, so that numbers need Enter; a number acts at once; only arrows and Enter choose; or the same
 * because the highlighted option is a field, into which all else would be written.
 */
export type Answering = "line" | "digits" | "arrows" | "field";

/** What is typed for each option, from the row that is highlighted now. */
export function choicesOf(menu: Menu, answering: Answering): Choice[] {
  return menu.options.map((option, index) => ({ label: option.label, keys: keysFor(menu, option, index, answering), declines: declines(option.label) }));
}

/** "No, and tell Copilot what to do differently (Esc to stop)": its digit opens a text field, Esc declines at once. */
const stopsByEscape = /\b(?:tell|say|type|write|suggest|differently|instead|feedback)\b.*\(esc(?:ape)? to (?:stop|cancel|reject|deny|decline|abort|dismiss)\)\s*$/iu;

/** A field among boxes: its digit would tick it empty (Claude Code). */
const invites = /^type (?:something|here|your)\b/iu;

function keysFor(menu: Menu, { number, label, ticked }: MenuOption, index: number, answering: Answering): string {
  if (answering !== "line" && stopsByEscape.test(label)) return "\x1b";
  if (number !== undefined && answering === "line") return `${number}\r`;
  const isField = menu.isMultiple && ticked !== undefined && invites.test(label);
  // A second digit would reach the next dialog where the first one acts.
  if (number !== undefined && number.length === 1 && answering === "digits" && !isField) return number;
  const steps = index - (menu.highlighted ?? 0);
  const ticks = menu.isMultiple && ticked !== undefined && !(answering === "field" && steps === 0);
  return `${arrowsFor(steps)}${ticks ? " " : "\r"}`;
}
