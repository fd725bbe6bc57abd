import { boxForm } from "./box-form.ts";
import { buttonRow } from "./button-row.ts";
import { composerAt, lastBox } from "./composer.ts";
import { headedList } from "./headed-list.ts";
import { moreKeys } from "./hidden-rows.ts";
import { lastMenu, numberedList, type Menu } from "./menu.ts";
import { isForm, isWriting } from "./option-field.ts";
import { counter } from "./option-row.ts";
import { choicesOf } from "./option-keys.ts";
import { withHighlight } from "./highlight.ts";
import { withoutHeader } from "./list-header.ts";
import { withoutHint } from "./hint.ts";
import { firstMatch, type PatternSet, type Places } from "./pattern.ts";
import { clean, dialogTop, questionAbove } from "./question.ts";
import { flatten, turning, type Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import { styledList } from "./styled-list.ts";
import { withTicksBehind } from "./spaced-list.ts";
import { escapeKey, submitKey, tabKey, withSubmitRow } from "./submit-row.ts";
import type { View } from "./view.ts";
import { isCooked, type Waiting } from "./waiting.ts";

/** Words that tell the keys of a menu. */
const footer = /(?:↑|↓|arrow|enter|return|⏎|esc|space|tab).{0,30}(?:navigate|select|confirm|move|submit|cancel|choose|toggle|proceed)|to (?:select|navigate|confirm|move)|\b\d+\/\d+ [─(]/iu;
/** Glyphs that also begin quotes, shell prompts and graphs. */
const common = /^\s*(?:[>→*»▶]|=>|--?>)/u;
/** Words above a menu that ask for one of its rows. */
const asks = /\?|^\W*(?:please\s+)?(?:select|choose|pick)\b.*:$/iu;
/** Rows of help or preview that a program draws below its menu. */
const mostBelow = 14;

/** A menu that a program draws and reads keys for. Undefined when none is live: only what nothing but help stands below. */
export function dialog(view: View, rows: readonly Row[], patterns: PatternSet, places: Places, waiting: Waiting): Sighting | "own" | undefined {
  if (isCooked(waiting) || waiting === "no" || composerAt(view, rows) !== undefined) return undefined;
  const boxed = boxForm(view, rows);
  if (boxed !== undefined) return boxed;
  const listed = lastMenu(rows, view.columns) ?? hintedList(rows, view.columns) ?? styledList(rows, view) ?? (view.isFullScreen ? headedList(rows) : undefined);
  const headed = listed === undefined ? undefined : withoutHeader(listed, rows);
  const bare = headed?.menu ?? listed;
  const menu = bare === undefined ? undefined : withSubmitRow(withTicksBehind(withoutHint(withHighlight(bare, rows), rows), flatten(rows.slice(bare.to))), rows);
  if (menu !== undefined && menu.from <= lastBox(rows, view.columns)) return undefined;
  if (menu === undefined) return named(buttonRow(rows), rows, patterns, places);
  const below = rows.slice(menu.to).filter((row) => !row.isBlank && !row.isRule);
  if (below.length > mostBelow || (endsElsewhere(view, menu.to) && !isSearched(rows, menu.to, view))) return undefined;
  if ((waiting === "unknown" || waiting === "hidden") && isScrolledBy(view, menu.to, below)) return undefined;
  const top = dialogTop(rows, menu.from, view.columns);
  const flat = flatten(rows.slice(top));
  const at: Places = { ...places, flat };
  const known = firstMatch(patterns, at, ({ role, place, type }) => (role === "own" || (role === "ask" && type !== "free_text")) && (place === "flat" || place === "tail"));
  if (known?.pattern.role === "own") return "own";
  const pointed = rows[menu.options[menu.highlighted ?? 0]?.at ?? 0]?.text ?? "";
  const isPlain = common.test(pointed) && menu.options.every((option) => option.number === undefined && option.ticked === undefined);
  const above = questionAbove(rows, top, menu.from);
  const question = /\p{L}/u.test(above) ? above : (headed?.header ?? above);
  if (known === undefined && (below.some(({ text }) => turning.test(text)) || isTestReport(menu, rows))) return undefined;
  const isMarked = /^\s*◆\s/u.test(rows[top]?.line.text ?? "");
  if (known === undefined && isPlain && !isMarked && !footer.test(flat) && !asks.test(question)) return undefined;
  const isInField = known !== undefined && isWriting(menu, view);
  const offered = choicesOf(menu, isInField ? "field" : known?.pattern.takesArrows === true ? "arrows" : "digits");
  // Most agents end such a list by a row or a tab of their own; elsewhere Enter does.
  const submitting = known === undefined || known.pattern.takesArrows ? submitKey(menu, flat) : [];
  const choices = [...offered, ...submitting, ...tabKey(menu, flat), ...moreKeys(menu, rows), ...escapeKey(offered, flat)];
  // Words that were written into a field tick its box (Claude Code): the list goes on from there.
  const writes = (isInField && menu.options[menu.highlighted ?? -1]?.ticked !== true) || isForm(menu);
  return {
    type: writes ? "free_text" : "multiple_choice",
    pattern: known?.pattern.id ?? "generic.menu",
    confidence: known?.pattern.confidence ?? (isPlain ? 0.7 : 0.85),
    question: clean(known?.match.groups?.["question"] ?? question),
    choices: writes ? [] : known !== undefined && known.pattern.choices.length > 0 ? known.pattern.choices : choices,
    default: writes || menu.highlighted === undefined ? undefined : menu.options[menu.highlighted]?.label,
    secret: false,
    idle: false,
    from: top,
    to: view.lines.length,
    shape: "menu",
    body: flatten(rows.slice(top, menu.from)),
  };
}

/** A test runner's list, which points at a file: its rows tell what passed, what failed, and how long it took (Vitest). */
function isTestReport({ options }: Menu, rows: readonly Row[]): boolean {
  const plain = options.filter(({ ticked, number }) => ticked === undefined && number === undefined);
  const took = plain.some(({ at }) => /\s\d+(?:\.\d+)?\s?m?s$/u.test(rows[at]?.text ?? ""));
  return plain.some(({ label }) => /^[×✗✘✖]\s/u.test(label)) || (took && plain.some(({ label }) => /^[✓✔√↓]\s/u.test(label)));
}

/** Numbered rows without a glyph, right above the line that tells their keys ("↑↓ select  enter submit"). */
function hintedList(rows: readonly Row[], columns: number): Menu | undefined {
  const at = rows.findLastIndex((row) => !row.isBlank && !row.isRule);
  return at >= 0 && footer.test(rows[at]?.text ?? "") ? numberedList(rows, at, columns, false) : undefined;
}

/** Side by side: what a pattern knows better about the dialog than its buttons tell. */
function named(sighting: Sighting | undefined, rows: readonly Row[], patterns: PatternSet, places: Places): Sighting | undefined {
  if (sighting === undefined) return undefined;
  const found = firstMatch(patterns, places, ({ role, place, type }) => role === "ask" && type === "multiple_choice" && (place === "flat" || place === "tail"));
  if (found === undefined) return sighting;
  const question = clean(found.match.groups?.["question"] ?? sighting.question);
  const known = { ...sighting, pattern: found.pattern.id, confidence: found.pattern.confidence, question };
  if (found.pattern.choices.length === 0) return known;
  // Tabs, not buttons: what they lead to stands below them.
  return { ...known, choices: found.pattern.choices, default: undefined, to: rows.length, body: flatten(rows.slice(known.from)) };
}

/** Output that ended below the rows, the cursor at the start of the next line: printed, not drawn. */
function isScrolledBy(view: View, below: number, rows: readonly Row[]): boolean {
  const { line, column, visible } = view.cursor;
  return visible && !view.isFullScreen && line >= below && column === 0 && view.lines[line]?.text === "" && !footer.test(rows.at(-1)?.text ?? "");
}

/** Between the rows and the cursor's line stands how many of them match what is written there ("3/12 ─────"). */
function isSearched(rows: readonly Row[], below: number, { cursor }: View): boolean {
  return rows.slice(below, cursor.line).some((row) => counter.test(row.text));
}

/** A line with text before the cursor waits below the menu instead. */
function endsElsewhere(view: View, below: number): boolean {
  const { line, column, visible } = view.cursor;
  if (line < below) return false;
  const before = (view.lines[line]?.text ?? "").slice(0, column);
  return visible && !view.isFullScreen && line === view.lines.length - 1 && /\S.*(?:[?:>$#%]|\?\s*[([][^()[\]]+[)\]])\s*$/.test(before) && !footer.test(before);
}
