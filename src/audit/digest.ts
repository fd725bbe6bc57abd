/** A SHA-256 as a string with a character for each byte: half as long to compare as its hex digits, which are made for people. */
export type Digest = string;

export function hexOf(digest: Digest): string {
  return Buffer.from(digest, "latin1").toString("hex");
}

/** What is no hex gives a digest that is too short to equal any. */
export function digestOf(hex: string): Digest {
  return Buffer.from(hex, "hex").toString("latin1");
}

/** A hash in hex as people tell it from others: "9f2c41aa…". */
export function shortHash(hex: string): string {
  return `${hex.slice(0, 8)}…`;
}

/** As much of it as the phone shows, as a number. */
export function beginOf(digest: Digest): number {
  return (digest.charCodeAt(0) << 24) | (digest.charCodeAt(1) << 16) | (digest.charCodeAt(2) << 8) | digest.charCodeAt(3);
}
