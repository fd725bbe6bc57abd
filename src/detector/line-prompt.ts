import type { Choice, PromptType } from "../prompt/detection.ts";
import { answered, askedText, drawnLine, newFrom } from "./asked.ts";
import { choicesOfKeys, explainedKeys, halfMarkedLines, listedKeys, markedKeys, markedLines, namesIn, offeredWords, type KeyList } from "./key-list.ts";
import { numberedBelow, numberedGrid, numberedList, type Menu } from "./menu.ts";
import { choicesOf } from "./option-keys.ts";
import { firstMatch, type Pattern, type PatternSet, type Places } from "./pattern.ts";
import { prefilled } from "./prefilled.ts";
import { proseList } from "./prose-list.ts";
import { askingPart, clean, lastQuestion, questionAbove } from "./question.ts";
import { repeatedList } from "./repeated-list.ts";
import { turning, type Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import { toggleChoices } from "./toggle.ts";
import type { View } from "./view.ts";
import { isCooked, isListening, type Waiting } from "./waiting.ts";

/** A prompt in the line of the cursor, or in the last words above it when the program reads after a newline. */
export function linePrompt(screen: View, rows: readonly Row[], patterns: PatternSet, places: Places, waiting: Waiting): Sighting | undefined {
  const view = withCursorAtQuestion(screen);
  const asked = askedText(view, waiting);
  if (asked === undefined || turning.test(asked.text)) return undefined;
  // A pager's colon; where lines are read, it is an editor's (ex), and it begins a command of who polls for keys (ranger).
  if (asked.text === ":" && (isCooked(waiting) || isListening(waiting))) return undefined;
  const words = halfWidth(asked.text).replace(remark, "");
  const at: Places = { ...places, line: words };
  const enter = takesEnter(view, waiting) ? "\r" : "";
  const base = { from: asked.from, to: view.cursor.line + 1, idle: false, secret: waiting === "secret", shape: "line" as const, body: "" };
  const found = firstMatch(patterns, at, (pattern) => isForLine(pattern, waiting));
  if (waiting === "secret")
    return { ...base, type: "free_text", pattern: found?.pattern.secret === true ? found.pattern.id : "generic.echo-off", confidence: 0.95, question: clean(asked.text), choices: [], default: undefined };

  const isBelow = (view.lines[drawnLine(view)]?.text ?? "").trim() === "";
  // "shipped <y>" below "Ship it? [y/n] y" tells of the answer.
  if (isBelow && found?.pattern.type !== "confirm_enter" && answered.test(lineAbove(view, asked.from)) && !/[?:)\]]$/.test(asked.text)) return undefined;
  const above = { text: bareKeys.test(words) ? headingAbove(view, asked.from) : lineAbove(view, asked.from), lines: view.lines.slice(Math.max(0, asked.from - mostKeys), asked.from).map(({ text }) => text) };
  const lettered = found !== undefined && found.pattern.choices.length > 0 ? undefined : keyListOf(words, above, { enter, isRaw: isListening(waiting) }, found);
  const isAnsweredByLetter = waiting === "selects" && lettered !== undefined;
  // After an empty line only what tells how it is answered counts: output ends with questions, too.
  if (isBelow && (isListening(waiting) || waiting === "hidden") && !isAnsweredByLetter && !(found !== undefined && found.pattern.confidence >= 0.85 && found.pattern.type !== "free_text" && found.pattern.role === "ask") && !(found !== undefined && /^\?\s/.test(asked.text)))
    return undefined;
  // Words in the lines above that only hold such a key among others: "Ctrl+C to exit (type h() ENTER for help)".
  if (isBelow && found?.pattern.type === "confirm_enter" && !found.pattern.regex.test(lastSentence(view))) return undefined;
  // The last of several lines that tell keys is help: "Press q to quit", "Press Enter to trigger a test run".
  if (found?.pattern.type === "confirm_enter" && /^\W*press \S+ to\b/i.test(lineAbove(view, asked.from))) return undefined;
  const solicits = /[:?>)\]]\s*$/.test(words);
  const line = view.lines[view.cursor.line];
  const list = numberedGrid(rows, view.cursor.line) ?? numberedList(rows, view.cursor.line, view.columns, solicits) ?? numberedBelow(rows, view.cursor.line, view.columns) ?? repeatedList(rows, view.cursor.line, (line?.text ?? "").slice(0, view.cursor.column).trimEnd(), view.columns);
  const isLabel = isCooked(waiting) && label.test(asked.text);
  const told = isLabel ? toldAbove(view, list?.from ?? asked.from) : undefined;
  // "> " below a list that was introduced by a question.
  const isMarked = isLabel || (list !== undefined && filledAbove(rows, view.cursor.line) === rows[list.to - 1]?.text && isMarkBelow(list, rows, words, waiting));
  if (list !== undefined && (isMarked || found?.pattern.role !== "idle") && found?.pattern.type !== "yes_no" && found?.pattern.type !== "confirm_enter" && !found?.pattern.secret)
    return { ...base, ...listed(list, view, rows, asked.text, enter), ...(told === undefined ? {} : { question: told }), from: Math.min(asked.from, Math.max(0, list.from - 3)), to: Math.max(base.to, list.to) };
  // "y/n>" below what the two stand for: the question is above them.
  const heading = list !== undefined && found?.pattern.type === "yes_no" && !/\p{L}{4}/u.test(asked.text) ? listQuestion(asked.text, rows, newFrom(view, list.from), list.from) : undefined;
  const preset = heading === undefined ? undefined : list?.options.find(({ label }) => /\(default\)/i.test(label))?.number;
  const toggled = line === undefined || isCooked(waiting) ? undefined : toggleChoices(line);
  if (toggled !== undefined) return { ...base, ...toggled, type: /\byes\b/i.test(line?.text ?? "") ? "yes_no" : "multiple_choice", pattern: "generic.toggle", confidence: 0.85, question: clean(asked.text), shape: "menu" };
  if (lettered !== undefined) return { ...base, ...lettered, shape: enter === "" ? "key" : "line" };
  const prose = found?.pattern.role === "idle" ? undefined : proseList(view, asked.from, enter);
  if (prose !== undefined) return { ...base, type: "multiple_choice", pattern: "generic.prose-list", confidence: 0.85, question: clean(prose.question ?? asked.text), choices: prose.choices, default: undefined, from: prose.from };
  if (found === undefined) return filledIn(view, patterns, places, waiting, base);
  const { pattern, match } = found;
  if (told !== undefined && pattern.role === "idle") return { ...base, type: "free_text", pattern: "generic.label", confidence: 0.8, question: told, choices: [], default: undefined };
  return {
    ...base,
    type: pattern.type,
    pattern: pattern.id,
    confidence: pattern.confidence,
    question: heading ?? clean(match.groups?.["question"] ?? (pattern.type === "yes_no" && pattern.choices.length === 0 ? questionOf(asked.text, match, view, asked.from) : asked.text)),
    choices: choicesFor(pattern, match, enter),
    default: preset === undefined ? defaultOf(match) : /^y/i.test(preset) ? "Yes" : "No",
    secret: pattern.secret || isRepeated(asked.text, view, asked.from),
    idle: pattern.role === "idle",
    shape: enter === "" ? "key" : "line",
  };
}

/** `view` with a cursor that hides below a drawn question at that question's end (Enquirer in listr2). */
function withCursorAtQuestion(view: View): View {
  const line = drawnLine(view);
  return line === view.cursor.line ? view : { ...view, cursor: { line, column: view.lines[line]?.text.length ?? 0, visible: false } };
}

/** A question whose answer stands in the line already; a line that is being written at an interpreter's prompt ("In [1]: x") is none. */
function filledIn(view: View, patterns: PatternSet, places: Places, waiting: Waiting, base: Pick<Sighting, "from" | "to" | "idle" | "secret" | "shape" | "body">): Sighting | undefined {
  const filled = prefilled(view, waiting);
  if (filled === undefined || firstMatch(patterns, { ...places, line: filled.label }, ({ role, place }) => role === "idle" && place === "line") !== undefined) return undefined;
  return { ...base, type: "free_text", pattern: "generic.prefilled", confidence: 0.75, question: clean(filled.label), choices: [], default: filled.value };
}

/** A number that stands in the line already, as debconf's readline puts it there. */
const written = /^(.*[:?>])\s+(\d{1,3}|\p{L})$/u;

function listed(list: Menu, view: View, rows: readonly Row[], asked: string, enter: string): Pick<Sighting, "type" | "pattern" | "confidence" | "question" | "choices" | "default"> {
  const own = (view.lines[view.cursor.line]?.text ?? "").slice(0, view.cursor.column);
  const [, words = own, number] = written.exec(own.trimEnd()) ?? [];
  const preset = list.options.find((option) => option.number === number);
  const plain = choicesOf(list, enter === "" ? "digits" : "line");
  // What stands in the line is taken back before another number is typed.
  const choices = preset === undefined || number === undefined ? plain : plain.map((choice, index) => ({ ...choice, keys: list.options[index] === preset ? "\r" : `${"\x7f".repeat(number.length)}${choice.keys}` }));
  return {
    type: "multiple_choice",
    pattern: "generic.numbered",
    confidence: 0.85,
    question: list.from > view.cursor.line ? clean(asked) : listQuestion(preset === undefined ? own : words, rows, newFrom(view, list.from), list.from),
    choices,
    default: preset?.label,
  };
}

/** A mark below a list reads which one of it: a bare ">" below numbers that begin, or any below a list that words introduce. */
function isMarkBelow(list: Menu, rows: readonly Row[], mark: string, waiting: Waiting): boolean {
  if (waiting === "line" && mark === ">" && /^[01a]$/i.test(list.options[0]?.number ?? "")) return true;
  return (isCooked(waiting) || waiting === "selects") && /(?:[?:]|\.{3})$/.test(filledAbove(rows, list.from));
}

/** "name>": a program's own prompt, or the name of what the lines above it want to be told (rclone). */
const label = /^[A-Za-z]\w{0,30}>$/;

/** The lines right above, when they tell what is to be typed: "Enter name for new remote." */
function toldAbove(view: View, at: number): string | undefined {
  let first = at;
  while (first > 0 && at - first < 4 && (view.lines[first - 1]?.text.trim() ?? "") !== "" && !/^\S+>\s/.test(view.lines[first - 1]?.text ?? "")) first--;
  const words = view.lines.slice(first, at).map(({ text }) => text.trim());
  return words.some((text) => /^(?:please\s+)?(?:enter|choose|select|type|specify|provide|pick)\b.*[.:]$/i.test(text)) ? clean(words.join(" ")) : undefined;
}

/** "Retype to verify:" below a secret of which only stars show. */
function isRepeated(asked: string, view: View, from: number): boolean {
  return /\b(?:retype|re-?enter|repeat|again|confirm|verify)\b/i.test(asked) && /[:?]\s*[*•●]{3,}$/u.test(lineAbove(view, from));
}

/** "[Y/n/?] (NEW)": what is said of the question, behind its answers. */
const remark = /(?<=[\])])\s+\((?!YES\b)\p{Lu}{3,}\)$/u;

/** Chinese and Japanese write their marks as wide as their letters. */
function halfWidth(text: string): string {
  return text.replace(/[！（）：？［］｛｝／]/gu, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
}

function isForLine(pattern: Pattern, waiting: Waiting): boolean {
  // What a few lines say together names its answers.
  if (pattern.place === "tail") return pattern.role === "ask" && pattern.choices.length > 0 && isCooked(waiting);
  if (pattern.place !== "line" || (pattern.role !== "ask" && pattern.role !== "idle")) return false;
  return !(pattern.secret && (waiting === "line" || waiting === "lines"));
}

/** One key answers where keys are read singly, and in the status line of a multiplexer. */
function takesEnter(view: View, waiting: Waiting): boolean {
  if (waiting === "key") return false;
  // Readline brackets what is pasted while it reads a line (gdb, fdisk).
  if (waiting === "polls" && (view.isFullScreen || !view.bracketsPaste)) return false;
  if (view.isFullScreen && isListening(waiting)) return false;
  if (/\s‣(?:\s|$)|,\s?esc\)|\s›\s+\([yn]\/[yn]\)|\([yn]\/[yn]\)\s+›/iu.test(view.lines[view.cursor.line]?.text ?? "")) return false;
  return !(waiting === "hidden" && view.isFullScreen && view.cursor.line === view.lines.length - 1 && view.lines.length > 2);
}

/** Lines above a question that may each tell of one key. */
const mostKeys = 9;

function keyListOf(text: string, above: { readonly text: string; readonly lines: readonly string[] }, { enter, isRaw }: { readonly enter: string; readonly isRaw: boolean }, found: { readonly pattern: Pattern; readonly match: RegExpExecArray } | undefined): Pick<Sighting, "type" | "pattern" | "confidence" | "question" | "choices" | "default"> | undefined {
  const names = found === undefined ? {} : namesIn(found.pattern.names, found.match);
  // "You can use (c)hanged version or (d)elete." stands above "What do you want to do?".
  const explained = found?.pattern.type === "free_text" && text.endsWith("?") ? (markedKeys(above.text) ?? markedLines(above.lines)) : undefined;
  // "a)bort, c)ontinue, e)dit" stands above "Action: (continue)", or goes on behind lines of its kind.
  const half = found?.pattern.type === "free_text" ? (halfMarkedLines([...above.lines, text]) ?? halfMarkedLines(above.lines)) : undefined;
  const list: KeyList | undefined = markedKeys(text) ?? listedKeys(text, names) ?? offeredWords(text) ?? explainedKeys(text) ?? explained ?? half;
  if (list === undefined || list.keys.length < 2) return undefined;
  const keys = list.keys.map(({ key }) => key);
  const others = keys.filter((key) => !/^(?:y|n|yes|no|esc|c|cancel|\?|h)$/.test(key));
  const type = list.isYesNo === true ? "yes_no" : others.length === 0 && keys.some((key) => key.startsWith("y")) && keys.some((key) => key.startsWith("n")) ? "yes_no" : "multiple_choice";
  // A program that tells some of its many keys so reads one (darcs): an Enter would answer its next question.
  const choices = choicesOfKeys(list, isRaw && list.isOpen === true ? "" : enter, names);
  // Named by a pattern, the default is, too.
  const given = list.default ?? (list === half ? found?.match.groups?.["default"] : undefined);
  const preset = list.keys.findIndex(({ label }) => label === given);
  return { type, pattern: "generic.key-list", confidence: 0.9, question: clean(explained === list ? text : list === half ? list.question || text : keyQuestion(list.question, text, above.text, type)), choices, default: choices[preset]?.label ?? given };
}

/** Nothing but keys: "? (Y)es / (N)o". */
const bareKeys = /^\W*[([]\p{L}[)\]]/u;

/** What a list of keys asks: the words before it, when they ask; else all of it; else, when it holds nothing but keys, the line above. */
function keyQuestion(before: string, text: string, above: string, type: PromptType): string {
  const isWorded = /\p{L}+\P{L}+\p{L}/u.test(before);
  if (!isWorded && bareKeys.test(text) && !/[?!:]$/.test(above) && /\p{L}{2}.*\s\p{L}{2}/u.test(above)) return `${above} ${text}`;
  if ((/\?(?:\s*\(\d+\/\d+\))?$/.test(before) && /\p{L}{2}/u.test(before)) || (type === "yes_no" && isWorded)) return withHint(askingPart(before), text);
  return !isWorded && (/[?!]$/.test(above) || (bareKeys.test(text) && above.endsWith(":"))) ? above : text.replace(/^[?!:>\s]+/u, "");
}

/** The first line of the paragraph above, when it asks ("Would you like to replace the existing file:", then both files' sizes); else one with a question mark; else the last. */
function headingAbove(view: View, at: number): string {
  // What was answered above is another question.
  const floor = newFrom(view, at);
  let first = at;
  while (first > floor && at - first < 12 && (view.lines[first - 1]?.text.trim() ?? "") !== "") first--;
  const heading = view.lines[first]?.text ?? "";
  return first < at && /^\S.*[?:]$/u.test(heading) ? heading : (askedIn(view, first, at) ?? lineAbove(view, at));
}

function askedIn({ lines }: View, from: number, to: number): string | undefined {
  return lines.slice(Math.max(0, from), to).findLast(({ text }) => /\p{L}.*\?$/u.test(text))?.text.trim();
}

/** The last line with words; with the one before it where it goes on with that one's sentence. */
function lastSentence(view: View): string {
  const at = view.lines.findLastIndex(({ text }, index) => index <= view.cursor.line && text.trim() !== "");
  const last = view.lines[at]?.text.trim() ?? "";
  return /^\p{Ll}[\p{L}\s]*[.…:]*$/u.test(last) ? `${view.lines[at - 1]?.text ?? ""} ${last}` : last;
}

function lineAbove(view: View, at: number): string {
  return view.lines[at - 1]?.text.trim() ?? "";
}

/** A list's own question stands below it ("Select an option:") or, where that says nothing, above. */
function listQuestion(text: string, rows: readonly Row[], top: number, from: number): string {
  const heading = filledAbove(rows, from, top).trim();
  if (/\p{L}{3}/u.test(text) && !/^\W*(?:answer|choice|selection|number)\W*$/iu.test(text) && !(heading.endsWith("?") && /^\W*(?:(?:your|enter|make|please|an?|the)\s+)*(?:choose|select|enter|pick|choice|selection|option|number|answer)[\s\d[\]()-]*:$/iu.test(text))) return clean(text);
  if (/\p{L}\s.*[?:]$/u.test(heading)) return clean(heading);
  // What was answered above is another question.
  const done = rows.findLastIndex((row, at) => at < from && (answered.test(row.text) || /^\s?>\s+\S/.test(row.text)));
  return questionAbove(rows, Math.max(top, from - 6, done + 1), from) || clean(text);
}

/** The row above row `at`; where that one is blank, the one above it. "" above row `top`. */
function filledAbove(rows: readonly Row[], at: number, top = 0): string {
  const above = rows[at - 1]?.isBlank === true ? at - 2 : at - 1;
  return above < top ? "" : (rows[above]?.text ?? "");
}

/** What the pattern matched at the end of the line is the way to answer; what stands before it asks. */
function questionOf(text: string, match: RegExpExecArray, view: View, from: number): string {
  const before = text.slice(0, match.index).trim();
  // "Yes/No?" alone, or behind what a yes would mean.
  const above = (before === "" && !/\p{L}{4}/u.test(match[0])) || before.endsWith(".") ? askedIn(view, from - 2, from) : undefined;
  if (above !== undefined) return lastQuestion(above);
  return /\p{L}{2}/u.test(before) ? withHint(askingPart(before), text) : text;
}

/** Of a word or two, with the answers that stand behind it: "Save? (y/n)" says more than "Save?". */
function withHint(bare: string, whole: string): string {
  const length = (text: string) => text.replace(/[^\p{L}\p{N}/]+/gu, " ").trim().length;
  return length(bare) < 0.6 * length(whole) && length(whole) < 30 ? whole : bare;
}

function choicesFor(pattern: Pattern, match: RegExpExecArray, enter: string): readonly Choice[] {
  if (pattern.choices.length > 0) return pattern.choices;
  if (pattern.type === "confirm_enter") return [{ label: "Enter", keys: "\r", declines: false }];
  if (pattern.type !== "yes_no") return [];
  const isWord = /^(?:yes|no)$/i.test(match.groups?.["preset"] ?? "");
  const yes = match.groups?.["yes"] ?? (isWord ? "yes" : "y");
  const no = match.groups?.["no"] ?? (isWord ? "no" : "n");
  // "(yes or no)" wants the word, even of who reads keys (Emacs); where one key answers, it is the first letter.
  const isSpelled = /^yes$/i.test(yes) && /^no$/i.test(no) && / or /i.test(match[0]);
  const typed = (word: string) => `${enter === "" && !isSpelled ? word.slice(0, 1) : word}${isSpelled ? "\r" : enter}`;
  // In the case that is shown, save for the capital that marks what Enter gives.
  const isAsShown = yes.length > 1 && /^\p{Lu}/u.test(yes) && /^\p{Lu}/u.test(no);
  const spell = (word: string) => typed(isAsShown ? word : word.toLowerCase());
  return [
    { label: "Yes", keys: spell(yes), declines: false },
    { label: "No", keys: spell(no), declines: true },
  ];
}

/** "(y or [n])", "([y]/n)" */
const inner = /^[([{<](?:.*[\s/|])?\[(y|n|yes|no)\]/i;

function defaultOf(match: RegExpExecArray): string | undefined {
  const { yes, no, preset = inner.exec(match[0])?.[1] } = match.groups ?? {};
  if (preset !== undefined) return /^y/i.test(preset) ? "Yes" : "No";
  const isUpper = (token: string | undefined) => token !== undefined && /^\p{Lu}/u.test(token);
  if (isUpper(yes) !== isUpper(no)) return isUpper(yes) ? "Yes" : "No";
  const text = match.groups?.["default"] ?? match.groups?.["default2"];
  // "(Press Ctrl+D to finish)"
  return text !== undefined && /^(?:press|hit|use|leave)\s/i.test(text) ? undefined : text;
}
