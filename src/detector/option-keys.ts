import type { Choice } from "../prompt/detection.ts";
import { arrowsFor } from "./arrows.ts";
import { declines } from "./declining.ts";
import type { Menu, MenuOption } from "./menu.ts";

/**
 * How a menu is answered: a line is read, so that numbers need Enter; a number acts at once; only arrows and Enter choose; or the same
 * because the highlighted option is a field, into which all else would be written.
 */
export type Answering = "line" | "digits" | "arrows" | "field";

/**
 * What is typed for each option, from the row that is highlighted now. A field among boxes is no choice where no pointer could go to it:
 * its digit opens it, and then every digit is written into it (opencode).
 */
export function choicesOf(menu: Menu, answering: Answering): Choice[] {
  const isPointed = menu.options.some(({ pointer }) => pointer !== undefined);
  return menu.options.flatMap((option, index) => (isField(menu, option) && !isPointed ? [] : [{ label: option.label, keys: keysFor(menu, option, index, answering), declines: declines(option.label) }]));
}

/** "No, and tell Copilot what to do differently (Esc to stop)": its digit opens a text field, Esc declines at once. */
const stopsByEscape = /\b(?:tell|say|type|write|suggest|differently|instead|feedback)\b.*\(esc(?:ape)? to (?:stop|cancel|reject|deny|decline|abort|dismiss)\)\s*$/iu;

const invites = /^type (?:something|here|your)\b/iu;

function isField({ isMultiple }: Menu, { label, ticked }: MenuOption): boolean {
  return isMultiple && ticked !== undefined && invites.test(label);
}

function keysFor(menu: Menu, option: MenuOption, index: number, answering: Answering): string {
  const { number, label, ticked } = option;
  if (answering !== "line" && stopsByEscape.test(label)) return "\x1b";
  if (number !== undefined && answering === "line") return `${number}\r`;
  // A second digit would reach the next dialog where the first one acts; that of a field would tick it empty (Claude Code).
  if (number !== undefined && number.length === 1 && answering === "digits" && !isField(menu, option)) return number;
  const steps = index - (menu.highlighted ?? 0);
  const ticks = menu.isMultiple && ticked !== undefined && !(answering === "field" && steps === 0);
  return `${arrowsFor(steps)}${ticks ? " " : "\r"}`;
}
