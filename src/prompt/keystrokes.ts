import type { Detection } from "./detection.ts";

/** An escape sequence (CSI, SS3, or Alt with a key), or one character. */
const key = /\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[^\x1b[O])|[\s\S]/gu;

/**
 * Splits the bytes of a choice into keys, each written alone: several agents take an Enter that arrives in the same write as an
 * arrow with the old selection (notes of 2026-11: Claude Code up to 2.1.100 ran the command that was being denied).
 */
export function keystrokesFor(keys: string): string[] {
  return keys.match(key) ?? [];
}

/** Bytes of text that one reply may hold: what a canonical tty takes with room to spare (Linux cuts a line at 4,095 bytes, macOS at 1,024). */
export const maxReplyBytes = 1024;

// Cc, Cf, Cs, Co, Cn: control, format (bidi, zero-width), surrogate, private, unassigned; Zl, Zp: line and paragraph separators.
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;
// U+200D joins emoji, U+FE0F picks their colour form: both are Cf or Mn and harmless between visible characters.
const joiners = /(?<=\p{Extended_Pictographic}\uFE0F?)\u200D(?=\p{Extended_Pictographic})/gu;

/** Why `text` cannot be typed as a reply; undefined: it can. */
export function refuseReply(text: string): string | undefined {
  if (/[\r\n]/.test(text)) return "the reply has more than one line";
  return refuseWords(text, maxReplyBytes);
}

/** Bytes of an instruction: a terminal in raw mode holds 4,095 that its program has not read yet, the paste's brackets among them. */
export const maxInstructionBytes = 4_000;

/** Why `text` cannot answer `detection`. What goes to a composer as a paste, or to the program itself, may have several lines. */
export function refuseText(text: string, { idle, layer }: Pick<Detection, "idle" | "layer">): string | undefined {
  return idle || layer === "structured" ? refuseWords(text.replaceAll("\n", " "), maxInstructionBytes) : refuseReply(text);
}

function refuseWords(text: string, maxBytes: number): string | undefined {
  if (text.trim() === "") return "the reply is empty";
  if (Buffer.byteLength(text) > maxBytes) return `the reply is longer than ${maxBytes} bytes`;
  if (unprintable.test(text.replace(joiners, ""))) return "the reply has characters that do not print";
  return undefined;
}
