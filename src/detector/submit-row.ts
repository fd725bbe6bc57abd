import { capitalised } from "../prompt/capitalised.ts";
import type { Choice } from "../prompt/detection.ts";
import { optionRow } from "./option-row.ts";
import type { Menu, MenuOption } from "./menu.ts";
import type { Row } from "./row.ts";

const submits = /^(?:submit|done|next|confirm|continue|(?:enable|install|add|use|apply|submit|confirm|continue with|save|accept) (?:the )?select(?:ed|ion))$/iu;

/** `menu` with the row that ends it, where several may be ticked: it has neither number nor box, and arrows reach it (Claude Code 2.1.330). */
export function withSubmitRow(menu: Menu, rows: readonly Row[]): Menu {
  if (!menu.isMultiple || menu.options.some(({ label }) => submits.test(label))) return menu;
  const found = submitRow(menu, rows);
  if (found === undefined) return menu;
  const options = [...menu.options, found].sort((one, other) => one.at - other.at);
  const pointed = options.findIndex((option) => option.pointer !== undefined);
  // Without a pointer nobody knows how far it is.
  return pointed < 0 ? menu : { ...menu, options, highlighted: pointed, to: Math.max(menu.to, found.at + 1) };
}

function submitRow(menu: Menu, rows: readonly Row[]): MenuOption | undefined {
  for (let at = menu.from + 1; at <= menu.to; at++) {
    const row = rows[at];
    const option = row === undefined || row.isBlank || row.isRule ? undefined : optionRow(row);
    if (option === undefined || option.number !== undefined || !submits.test(option.label)) continue;
    if (option.ticked === undefined) return { ...option, at };
    // "●  Done" left of the boxes: the glyph points (Gemini CLI).
    const { boxColumn } = option;
    if (boxColumn !== undefined && menu.options.every((other) => other.boxColumn !== undefined && other.boxColumn > boxColumn)) return { ...option, at, pointer: boxColumn, ticked: undefined, boxColumn: undefined };
  }
  return undefined;
}

/** What ends a list of boxes that is one of several tabs: the next one, which holds another question, or the review (opencode). */
export function tabKey({ isMultiple }: Menu, help: string): Choice[] {
  return isMultiple && /⇆ tab\b/u.test(help) ? [{ label: "Next tab", keys: "\t", declines: false }] : [];
}

/** "⏎ submit", "Enter: confirm", "enter to submit": what the help calls Enter. */
const named = /(?:enter|return|⏎|↵)>?[:\s]+(?:to\s+)?(submit|confirm|continue|proceed|accept|finish|done|save)\b/iu;

/** Enter, which ends a list of boxes that has no row for that; none where a tick alone answers. `help`: the dialog's words. */
export function submitKey({ isMultiple, options }: Menu, help: string): Choice[] {
  if (!isMultiple || options.some(({ label, ticked }) => ticked === undefined || submits.test(label))) return [];
  const word = named.exec(help)?.[1] ?? "done";
  return [{ label: capitalised(word.toLowerCase()), keys: "\r", declines: false }];
}

/** "Esc to reject all": what the help calls the way out of a list none of whose rows declines. */
const rejects = /\besc(?:ape)? to ((?:reject|deny|decline|skip)(?: all)?)\b/iu;

export function escapeKey(choices: readonly Choice[], help: string): Choice[] {
  const word = rejects.exec(help)?.[1]?.toLowerCase();
  if (word === undefined || choices.some(({ declines }) => declines)) return [];
  return [{ label: capitalised(word), keys: "\x1b", declines: true }];
}
