import { isInverse } from "./cells.ts";
import type { Menu, MenuOption } from "./menu.ts";
import type { View } from "./view.ts";

/** A field within the option has a prompt of its own, and a block for the cursor that blinks: "4. > Type something..." (Qwen Code). */
const ownPrompt = /^[>›]\s/u;

/** Fields one below the other, each behind its name and a full mark: "⊙ First Name : Jon". */
export function isForm({ options }: Menu): boolean {
  return options.length > 1 && options.every(({ isRound, ticked, label }) => isRound && ticked === true && /\p{L}\s?:(?:\s|$)/u.test(label));
}

/**
 * The highlighted option is a text field: it has a prompt of its own, or the cursor stands in its label or right behind it: shown
 * (Copilot: "Suggest changes"), drawn as a block (Claude Code: "Yes, and tell Claude what to do next"), or drawn as a cell in reverse
 * while the terminal's own was left elsewhere (Claude Code 2.1.20: "Type something."). Or it shows in a row of its own below the last
 * option (opencode: "Type your own answer"). A hidden cursor alone may have been left where
 * the program drew last (Copilot, which draws only what changed).
 */
export function isWriting({ options, highlighted }: Menu, { lines, cursor }: View): boolean {
  if (isBelow(options.at(-1), cursor)) return true;
  const option = highlighted === undefined ? undefined : options[highlighted];
  if (option === undefined) return false;
  if (ownPrompt.test(option.label)) return true;
  if (option.pointer === undefined) return false;
  const cells = (lines[option.at]?.runs ?? []).filter((run) => run.from >= option.column && run.to === run.from + 1 && run.style !== "");
  if (option.label.length > 1 && cells.some(({ style }) => isInverse(style))) return true;
  if (option.at !== cursor.line || cursor.column < option.column) return false;
  return cursor.visible || cells.some(({ from }) => from === cursor.column);
}

function isBelow(last: MenuOption | undefined, { line, column, visible }: View["cursor"]): boolean {
  return last !== undefined && visible && line === last.at + 1 && column >= last.column;
}
