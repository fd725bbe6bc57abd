import type { Menu } from "./menu.ts";
import type { View } from "./view.ts";

/**
 * The highlighted option is a text field: the cursor stands in its label, on a cell that the program draws as a block, or right
 * behind what was written (Claude Code: "Type something.", "Yes, and tell Claude what to do next").
 */
export function isWriting({ options, highlighted }: Menu, { lines, cursor }: View): boolean {
  const option = highlighted === undefined ? undefined : options[highlighted];
  const line = lines[cursor.line];
  if (option === undefined || line === undefined || option.at !== cursor.line || option.pointer === undefined || cursor.visible || cursor.column < option.column) return false;
  if (cursor.column === line.text.length) return true;
  return line.runs.some(({ from, to }) => from === cursor.column && to === from + 1);
}
