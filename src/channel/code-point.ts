/** A character that would not show as it is, written out: "‹U+202E›". */
export function codePointName(character: string): string {
  return `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`;
}
