import type { SecretSpan } from "./secret-span.ts";

const begin = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
const end = /-----END (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;

/** An RSA key of 16,384 bits has 12,800 characters. */
const longestKey = 20_000;

/** A line of a key's body, perhaps in a frame, or of its header. */
const bodyLine = /^[ \t]*[│┃║|]?[ \t]*(?:[A-Za-z0-9+/=]{1,100}|(?:Proc-Type|DEK-Info|Version|Comment): .{0,200}|)[ \t]*[│┃║|]?[ \t]*$/;

/** Private keys, also those of which the screen shows only the beginning or the end. */
export function privateKeys(text: string): SecretSpan[] {
  const begun = [...text.matchAll(begin)].map((match) => ({ kind: "private-key", sign: match.index, from: match.index, to: bodyEnd(text, match.index + match[0].length) }));
  const ended = [...text.matchAll(end)]
    .filter((match) => !begun.some((span) => match.index >= span.from && match.index < span.to))
    .map((match) => ({ kind: "private-key", sign: match.index, from: bodyBegin(text, match.index), to: match.index + match[0].length }));
  return [...begun, ...ended];
}

/** Where the key that begins before `from` ends: after its END, or after the last line that may be of it. */
function bodyEnd(text: string, from: number): number {
  const [match] = text.slice(from, from + longestKey).matchAll(end);
  // In JSON and in shells a key stands on one line, its line ends written "\n".
  const between = match?.input.slice(0, match.index).replaceAll("\\n", "\n").split("\n");
  if (match !== undefined && between?.every((line) => bodyLine.test(line)) === true) return from + match.index + match[0].length;
  let at = from;
  for (let next = text.indexOf("\n", at); next !== -1; next = text.indexOf("\n", at)) {
    const after = text.indexOf("\n", next + 1);
    const line = text.slice(next + 1, after === -1 ? text.length : after);
    if (!bodyLine.test(line) || line.trim() === "") return at;
    at = next + 1 + line.length;
  }
  return at;
}

/** Where the key that ends at `to` begins to show. */
function bodyBegin(text: string, to: number): number {
  let at = text.lastIndexOf("\n", to - 1) + 1;
  while (at > 0) {
    const before = text.lastIndexOf("\n", at - 2) + 1;
    const line = text.slice(before, at - 1);
    if (!bodyLine.test(line) || line.trim() === "") return at;
    at = before;
  }
  return at;
}
