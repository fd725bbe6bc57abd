import type { Menu } from "./menu.ts";

/** Space picks, Enter ends. */
const help = /\bspace to (?:select|toggle)\b.*\benter to (?:confirm|submit|continue)\b/iu;
const ticked = /\s+[✔✓]$/u;

/** "demo ✔" above "Space to select · Enter to confirm": boxes that show only where they are ticked (Claude Code 2.1.58). `below`: the words under the list. */
export function withTicksBehind(menu: Menu, below: string): Menu {
  if (!help.test(below) || menu.options.some((option) => option.ticked !== undefined || option.number !== undefined)) return menu;
  return { ...menu, isMultiple: true, options: menu.options.map((option) => ({ ...option, ticked: ticked.test(option.label), label: option.label.replace(ticked, "") })) };
}
