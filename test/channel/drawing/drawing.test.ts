import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { Drawing } from "../../../src/channel/drawing/drawing.ts";
import { Glyphs } from "../../../src/channel/drawing/glyphs.ts";
import type { CellRun, Frame } from "../../../src/channel/page/frame.ts";
import { secretSpans } from "../../../src/prompt/redact.ts";

const glyphs = Glyphs.load();
const drawing = new Drawing(glyphs, secretSpans);

const frame = (rows: readonly (readonly CellRun[])[], columns = 20, cursor?: Frame["cursor"]): Frame => ({ columns, rows, cursor });
const line = (text: string): CellRun[] => [{ text, columns: text.length }];

/** A drawn frame, by its cells. */
class Drawn {
  readonly #raw: Buffer;
  readonly width: number;
  readonly height: number;

  constructor(png: Buffer) {
    this.width = png.readUInt32BE(16);
    this.height = png.readUInt32BE(20);
    // Signature, then IHDR, IDAT and IEND, each with twelve bytes around its data.
    this.#raw = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  }

  static async of(given: Frame, by = drawing): Promise<Drawn> {
    const png = await by.draw(given);
    assert.ok(png);
    return new Drawn(Buffer.from(png));
  }

  /** "rrggbb" of each pixel of a cell. */
  cell(row: number, column: number, columns = 1): string[] {
    return Array.from({ length: 24 }, (_, y) => Array.from({ length: 12 * columns }, (_, x) => this.#pixel(12 + column * 12 + x, 12 + row * 24 + y))).flat();
  }

  #pixel(x: number, y: number): string {
    const at = y * (this.width * 3 + 1) + 1 + x * 3;
    return this.#raw.toString("hex", at, at + 3);
  }
}

const colours = (pixels: readonly string[]): Set<string> => new Set(pixels);

test("characters are drawn in their cells, in their colours", async () => {
  const drawn = await Drawn.of(frame([[{ text: "A", columns: 1, fg: 1, bg: "#010203" }, { text: " B", columns: 2 }]]));
  assert.deepEqual([drawn.width, drawn.height], [20 * 12 + 24, 24 + 24]);
  assert.ok(drawn.cell(0, 0).includes("dc4d4d") && drawn.cell(0, 0).includes("010203"));
  assert.deepEqual(colours(drawn.cell(0, 1)), colours(["12161d"]));
  assert.ok(drawn.cell(0, 2).includes("dfe4ea"));
  assert.deepEqual(drawn.cell(0, 2), (await Drawn.of(frame([line("  B")]))).cell(0, 2));
});

test("every attribute looks like itself", async () => {
  const looks: Omit<CellRun, "text">[] = [{}, { bold: true }, { dim: true }, { italic: true }, { underline: true }, { strike: true }, { inverse: true }, { fg: 208 }, { bg: 240 }];
  const drawn = await Drawn.of(frame(looks.map((look) => [{ text: "k", columns: 1, ...look }])));
  assert.equal(new Set(looks.map((_, row) => drawn.cell(row, 0).join())).size, looks.length);
});

test("the cursor stands as a block, with its character in it", async () => {
  const [with_, without] = await Promise.all([Drawn.of(frame([line("ab")], 20, { row: 0, column: 1 })), Drawn.of(frame([line("ab")]))]);
  assert.deepEqual(with_.cell(0, 0), without.cell(0, 0));
  const inverse = await Drawn.of(frame([[{ text: "a", columns: 1 }, { text: "b", columns: 1, inverse: true }]]));
  assert.deepEqual(with_.cell(0, 1), inverse.cell(0, 1));
  const below = await Drawn.of(frame([[]], 20, { row: 3, column: 7 }));
  assert.deepEqual(colours(below.cell(3, 7)), colours(["dfe4ea"]));
});

test("a wide character takes two columns, and what has no glyph stands as a box with its number", async () => {
  const drawn = await Drawn.of(frame([[{ text: "日", columns: 2 }, { text: "本", columns: 2 }, { text: "x", columns: 1 }]]));
  assert.ok(colours(drawn.cell(0, 0, 2)).size > 1 && colours(drawn.cell(0, 2, 2)).size > 1);
  assert.notDeepEqual(drawn.cell(0, 0, 2), drawn.cell(0, 2, 2));
  assert.deepEqual(drawn.cell(0, 4), (await Drawn.of(frame([line("x")]))).cell(0, 0));
});

test("no character that shows in a terminal is left blank", () => {
  const shown = fc.integer({ min: 0x21, max: 0x1ffff }).map((point) => String.fromCodePoint(point)).filter((character) => /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character));
  return fc.assert(
    fc.asyncProperty(shown, fc.constantFrom(1, 2), async (text, columns) => {
      // A letter between braille's blank and a full block has at least one pixel of its own.
      const cell = (await Drawn.of(frame([[{ text, columns }]], 4))).cell(0, 0, columns);
      assert.ok(text === "\u2800" || colours(cell).size > 1 || cell[0] !== "12161d", text);
    }),
    { numRuns: 200 },
  );
});

test("lines of a frame meet, from cell to cell", async () => {
  const drawn = await Drawn.of(frame([line("┌─┐"), line("│ │"), line("└─┘")]));
  const middle = (pixels: readonly string[], x: number): string[] => pixels.filter((_, index) => index % 12 === x);
  for (const row of [0, 1, 2]) {
    const upright = [5, 6].map((x) => middle(drawn.cell(row, 0), x)).find((column) => column.slice(row === 0 ? 13 : 0, row === 2 ? 11 : 24).every((pixel) => pixel !== "12161d"));
    assert.ok(upright, `row ${row}`);
  }
});

/** Whether this cell shows nothing but the cover. */
const isCovered = (pixels: readonly string[]): boolean => colours(pixels).size === 1 && pixels[0] !== "12161d";

test("secrets are covered, whatever row and colour they stand in, and nothing else is", async () => {
  const key = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
  const text = `token ${key} ok`;
  const rows = [text.slice(0, 30), text.slice(30)].map(line);
  const runs = rows.map((row) => row.flatMap(({ text }) => Array.from(text).map((character, index) => ({ text: character, columns: 1, fg: index % 7 }))));
  for (const shown of [rows, runs]) {
    const drawn = await Drawn.of(frame(shown, 30));
    const places = Array.from(text).map((_, index) => [Math.floor(index / 30), index % 30] as const);
    const cover = places.map(([row, column]) => isCovered(drawn.cell(row, column)));
    assert.deepEqual(cover, Array.from(text).map((_, index) => index >= 6 && index < 6 + key.length));
  }
});

test("the cursor does not uncover the secret that it stands in, and without redaction nothing is covered", async () => {
  const shown = frame([line("password=correcthorse")], 30, { row: 0, column: 12 });
  assert.ok(isCovered((await Drawn.of(shown)).cell(0, 12)));
  assert.ok(!isCovered((await Drawn.of(shown, new Drawing(glyphs, () => []))).cell(0, 14)));
});

test("a value that goes on behind the last column is covered as a whole", async () => {
  const drawn = await Drawn.of(frame([line("password=hunter2correct"), line("horse now")].map((row) => row), 23));
  assert.ok([0, 4].every((column) => isCovered(drawn.cell(1, column))));
  assert.ok(!isCovered(drawn.cell(1, 6)));
});

test("a picture stays within what Telegram takes for a photo, or there is none", async () => {
  const sizes = fc.record({ columns: fc.integer({ min: 2, max: 1000 }), rows: fc.integer({ min: 1, max: 1000 }) });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ columns, rows }) => {
      const png = await drawing.draw(frame(Array.from({ length: rows }, () => []), columns));
      const fits = columns * 12 + 24 + rows * 24 + 24 <= 9_500;
      if (png === undefined) return assert.ok(!fits);
      const [width, height] = [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)];
      assert.ok(width + height <= 10_000 && Math.max(width, height) <= 20 * Math.min(width, height) && png.length < 10 * 1024 * 1024);
    }),
    { numRuns: 12 },
  );
});
