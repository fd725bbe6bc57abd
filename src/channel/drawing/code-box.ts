import type { Canvas } from "./canvas.ts";
import { cellHeight } from "./glyphs.ts";
import type { Rgb } from "./palette.ts";

/** Hexadecimal digits, three by five pixels each, from the top left: one bit a pixel. */
const digits = ["75557", "26227", "71747", "71717", "55711", "74717", "74757", "71222", "75757", "75711", "75755", "65656", "74447", "65556", "74747", "74744"].map((rows) => Array.from(rows, Number));
const digitWidth = 3;
const digitHeight = 5;

/** Draws a box that holds the character's number: the text beside the picture says which character it is, the box that there is one. */
export function drawCodeBox(canvas: Canvas, character: string, { left, top, width, ink }: { left: number; top: number; width: number; ink: Rgb }): void {
  const edge = (x: number, y: number): void => canvas.blend(x, y, ink, 0.7);
  const [right, first, last] = [left + width - 1, top + 2, top + cellHeight - 3];
  for (let x = left + 1; x < right; x++) for (const y of [first, last]) edge(x, y);
  for (let y = first; y <= last; y++) for (const x of [left + 1, right - 1]) edge(x, y);
  const hex = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
  const rows = Math.ceil(hex.length / 2);
  const startX = left + Math.floor((width - 7) / 2);
  const startY = top + Math.floor((cellHeight - rows * (digitHeight + 1)) / 2);
  Array.from(hex).forEach((digit, index) => drawDigit(canvas, parseInt(digit, 16), startX + (index % 2) * (digitWidth + 1), startY + Math.floor(index / 2) * (digitHeight + 1), ink));
}

function drawDigit(canvas: Canvas, digit: number, left: number, top: number, ink: Rgb): void {
  digits[digit]?.forEach((bits, y) => {
    for (let x = 0; x < digitWidth; x++) if ((bits >> (digitWidth - 1 - x)) % 2 === 1) canvas.blend(left + x, top + y, ink, 1);
  });
}
