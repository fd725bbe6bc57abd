import type { Line, View } from "./view.ts";

/** "notes.txt", "debian/changelog.dch", "~/project/.git/rebase-merge/git-rebase-todo". */
const file = /(?:~?\/)?(?:[\w.@+-]+\/)*[\w@+-][\w.@+-]*\.[a-z]\w{0,7}(?![\w/])|(?:~?\/)?(?:[\w.@+-]+\/)+[\w.@+-]+/iu;

/** What an editor or a pager has open, by its own words: the name in a bar across the screen, or a message that names it on the last line. */
export function openFile(view: View): string | undefined {
  // Of several windows, the one with the cursor has its bar below it.
  const bars = [...view.lines.slice(view.cursor.line + 1), ...view.lines.slice(0, view.cursor.line + 1)];
  for (const line of bars.filter((line) => isBar(line, view.columns))) {
    const name = file.exec(line.text)?.[0];
    if (name !== undefined) return name.split("/").at(-1);
  }
  // Some editors stay on the normal screen, and their bar at the bottom or the top; elsewhere messages that name files are messages.
  if (!view.isFullScreen) return undefined;
  const last = view.lines.findLast(({ text }) => text !== "" && text !== "~")?.text.trim();
  return last !== undefined && file.test(last) ? last.split(/\s{3,}/)[0] : undefined;
}

/** Cells that a bar may leave at the right edge (most: 4 of 80). */
const margin = 0.1;

/** Coloured from edge to edge. */
function isBar({ text, runs }: Line, columns: number): boolean {
  if (!/\p{L}/u.test(text) || (runs.at(-1)?.to ?? 0) < columns * (1 - margin) || runs[0]?.from !== 0) return false;
  return runs.every(({ from, to, style }, index) => from === (runs[index - 1]?.to ?? 0) && to > from && /^-?\d+\.(?!-1\.)|\.[4-7]$|\.1[2-5]$/.test(style));
}
