import type { Menu } from "./menu.ts";
import type { View } from "./view.ts";

/** A field within the option has a prompt of its own, and a block for the cursor that blinks: "4. > Type something..." (Qwen Code). */
const ownPrompt = /^[>›]\s/u;

/**
 * The highlighted option is a text field: it has a prompt of its own, or the cursor stands in its label or right behind it, shown (Copilot: "Suggest changes") or on a
 * cell that the program draws as a block (Claude Code: "Type something.", "Yes, and tell Claude what to do next"). A hidden cursor
 * alone may have been left where the program drew last (Copilot, which draws only what changed).
 */
export function isWriting({ options, highlighted }: Menu, { lines, cursor }: View): boolean {
  const option = highlighted === undefined ? undefined : options[highlighted];
  if (option !== undefined && ownPrompt.test(option.label)) return true;
  const line = lines[cursor.line];
  if (option === undefined || line === undefined || option.at !== cursor.line || option.pointer === undefined || cursor.column < option.column) return false;
  if (cursor.visible) return true;
  return line.runs.some(({ from, to, style }) => from === cursor.column && to === from + 1 && style !== "");
}
