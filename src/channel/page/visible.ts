// Control, format (bidi, zero-width, tags), lone surrogates, line separators, and whatever else fonts draw as nothing.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
// Between pictographs U+200D joins, and after one U+FE0F picks the colour form: both change what one sees, and hide nothing.
const emojiParts = /(?<=\p{Extended_Pictographic})\uFE0F|(?<=\p{Extended_Pictographic}\uFE0F?)\u200D(?=\p{Extended_Pictographic})/gu;
// Four marks on one letter is the most that a living script stacks; more of them climb over the lines above.
const stackedMarks = /(?<=\p{Mn}{4})\p{Mn}/gu;

/** `text` with every character that would not show, or would move others, spelt as ‹U+202E›. Line feeds stay. */
export function visible(text: string): string {
  const harmless = new Set(Array.from(text.matchAll(emojiParts), ({ index }) => index));
  return text
    .replace(hidden, (character, index: number) => (character === "\n" || harmless.has(index) ? character : spelt(character)))
    .replace(stackedMarks, spelt);
}

/** `text` with every such character as one U+FFFD, for cells that must keep their places. */
export function blotted(text: string): string {
  return text.replace(hidden, "\uFFFD");
}

function spelt(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `‹U+${point.toString(16).toUpperCase().padStart(4, "0")}›`;
}
