import { encode } from "uqr";

/** Light cells around the code: readers want four, and manage with two. */
const border = 2;

/** A QR code for a terminal, two rows of it in each line. Black on white whatever the terminal's own colours are. */
export function qrLines(text: string): string[] {
  const { data, size } = encode(text, { ecc: "L", border });
  const isDark = (row: number, column: number): boolean => data[row]?.[column] === true;
  return Array.from({ length: Math.ceil(size / 2) }, (_, line) => {
    const cells = Array.from({ length: size }, (_, column) => halves[Number(isDark(line * 2, column))]?.[Number(isDark(line * 2 + 1, column))] ?? " ");
    return `\u001B[30;107m${cells.join("")}\u001B[0m`;
  });
}

/** By the upper and the lower half: dark or not. */
const halves = [
  [" ", "▄"],
  ["▀", "█"],
];
