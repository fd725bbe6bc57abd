import type { Line, View } from "./view.ts";

/** Where the terminal can't show more (TERM=linux), clack draws in ASCII: "*" asks, "o" was answered, "|" and "—" are the frame. */
const marks: readonly (readonly [ascii: RegExp, drawn: string])[] = [
  [/^\*(?=\s{2}\S)/u, "◆"],
  [/^o(?=\s{2}\S)/u, "◇"],
  [/^\|(?=\s|$)/u, "│"],
  [/^—(?=$|\s{2}\S)/u, "└"],
];
/** What joins a box to its group. */
const branch = /^(\|\s{2})([|—])(?=\s\[)/u;
const asks = /^\*\s{2}\S/u;
const ends = /^—$/u;
const frames = /^\|(?:\s|$)/u;
/** "|    Yes / > No": the one that Enter takes is pointed at. */
const buttons = /^(\|\s{2})([> ])(\s\S.*?\s\/\s)([> ])(\s\S.*)$/u;

/** `view` with an open question's frame as it is drawn where there is more than ASCII; columns stay. `view` itself where there is none. */
export function withDrawnFrame(view: View): View {
  const end = view.lines.findLastIndex(({ text }) => ends.test(text));
  const begin = view.lines.findLastIndex(({ text }, at) => at < end && asks.test(text));
  if (begin < 0 || !view.lines.slice(begin + 2, end).every(({ text }) => frames.test(text))) return view;
  return { ...view, lines: view.lines.map((line) => drawn(line)) };
}

function drawn(line: Line): Line {
  const found = marks.find(([ascii]) => ascii.test(line.text));
  if (found === undefined) return line;
  const [ascii, mark] = found;
  const circle = (pointed: string | undefined) => (pointed === ">" ? "●" : "○");
  const text = line.text.replace(buttons, (_, bar: string, one: string, label: string, other: string, rest: string) => `${bar}${circle(one)}${label}${circle(other)}${rest}`);
  const joined = text.replace(branch, (_, bar: string, joint: string) => `${bar}${joint === "|" ? "│" : "└"}`);
  return { ...line, text: joined.replace(ascii, mark) };
}
