import { randomBytes } from "node:crypto";

/** Without l, o, 0 and 1, which look alike. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

/** Random lower-case base 32: 5 bits a character. */
export function mint(characters: number): string {
  return Array.from(randomBytes(characters), (byte) => alphabet[byte & 31]).join("");
}
