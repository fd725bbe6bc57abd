/** Where the cursor stood when a line was sent to the child: what stands there and above has had its answer. */
export interface SentLine {
  /** Index into the view's lines. */
  readonly line: number;
  /** Its text up to the cursor: the question, and what was typed at it. */
  readonly before: string;
}

const ending = [
  10, 13,
  // Ctrl-C and Ctrl-D end a line, too.
  3, 4,
];

export function sendsLine(keys: Uint8Array): boolean {
  return ending.some((key) => keys.includes(key));
}
