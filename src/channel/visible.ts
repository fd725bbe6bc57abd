import { codePointName } from "./code-point.ts";
import { withoutLookAlikes } from "./look-alike.ts";

// Everything that takes no place on a screen, or changes the place of others: controls, format characters (bidi, zero-width, tags),
// lone surrogates, line and paragraph separators, unassigned, and what fonts may ignore (fillers, variation selectors).
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** An emoji sequence may hold joiners and a colour selector between characters that show. */
const emoji = /\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*/gu;
/** More marks on one character than any language puts there climb over the lines around it. */
const marksTooMany = /(?<=\p{M}{4})\p{M}/gu;

/** Text from the child with everything that would not show, would show elsewhere, or passes for another character, written out as ‹U+202E›. */
export function visible(text: string): string {
  let result = "";
  let from = 0;
  for (const { 0: sequence, index } of text.matchAll(emoji)) {
    result += writtenOut(text.slice(from, index)) + sequence;
    from = index + sequence.length;
  }
  return result + writtenOut(text.slice(from));
}

function writtenOut(text: string): string {
  return withoutLookAlikes(text.replace(marksTooMany, codePointName).replace(hidden, codePointName), codePointName);
}

/** Text with every character that would not show as one U+FFFD, for cells that must keep their places. */
export function blotted(text: string): string {
  return text.replace(hidden, "\uFFFD");
}

/** One line of it, at most `max` UTF-16 units; what is left out shows as "…". */
export function visibleLine(text: string, max: number): string {
  const line = visible(text).replace(/\s+/g, " ").trim();
  if (line.length <= max) return line;
  return `${line.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "").trimEnd()}…`;
}
