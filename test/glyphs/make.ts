/**
 * Makes the glyphs that pictures of the terminal are drawn with: `npm run glyphs`. Chromium draws them from the free fonts that Debian
 * has (fonts-dejavu-core), so that the product needs neither fonts nor a rasteriser.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { constants, brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { cellHeight, cellWidth, glyphKey } from "../../src/channel/drawing/glyphs.ts";

/** What agents draw with and the fonts lack, as SVG paths in a cell of 12 by 24. */
const ownForms: Readonly<Record<string, string>> = {
  "⎿": "M5 0h2v18h5v2h-7z",
  "⏺": "M6 7a5 5 0 1 0 .01 0z",
  "⏵": "M2 6l9 6l-9 6z",
  "⏴": "M10 6l-9 6l9 6z",
  "⏸": "M2 7h3v10h-3zM7 7h3v10h-3z",
  "⏹": "M1 7h10v10h-10z",
};

interface Wanted {
  readonly codePoint: number;
  readonly font: string;
  readonly isBold: boolean;
  readonly columns: 1 | 2;
  /** Its own place in the cell; else as large as fits, in the middle. */
  readonly isMonospace: boolean;
}

const dejavu = "/usr/share/fonts/truetype/dejavu";
const target = resolve(import.meta.dirname, "../../src/channel/drawing/glyphs.bin");

/** The code points that a font holds. */
function charset(file: string): Set<number> {
  const ranges = execFileSync("fc-query", ["-f", "%{charset}\n", file], { encoding: "utf8" }).split("\n")[0]?.split(" ") ?? [];
  return new Set(
    ranges.flatMap((range) => {
      const [from = 0, to = from] = range.split("-").map((hex) => parseInt(hex, 16));
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }),
  );
}

const between = (from: number, to: number) => (codePoint: number): boolean => codePoint >= from && codePoint <= to;
const isSymbol = between(0x2000, 0x2bff);
const isBraille = between(0x2800, 0x28ff);
/** What a person writes in bold: Latin, Greek, Cyrillic, and the signs between words. */
const isBoldWorthy = (codePoint: number): boolean => codePoint < 0x530 || between(0x2010, 0x205f)(codePoint);
const isPrintable = (codePoint: number): boolean => codePoint > 0x20 && !between(0x7f, 0xa0)(codePoint) && !/[\p{Cf}\p{Zs}\p{Co}]/u.test(String.fromCodePoint(codePoint));

const mono = charset(`${dejavu}/DejaVuSansMono.ttf`);
const bold = charset(`${dejavu}/DejaVuSansMono-Bold.ttf`);
const sans = charset(`${dejavu}/DejaVuSans.ttf`);

const wanted: Wanted[] = [
  ...[...mono].filter((codePoint) => isPrintable(codePoint) && !isBraille(codePoint)).map((codePoint) => ({ codePoint, font: "DejaVu Sans Mono", isBold: false, columns: 1 as const, isMonospace: true })),
  ...[...bold].filter((codePoint) => isPrintable(codePoint) && isBoldWorthy(codePoint)).map((codePoint) => ({ codePoint, font: "DejaVu Sans Mono", isBold: true, columns: 1 as const, isMonospace: true })),
  ...[...sans].filter((codePoint) => isSymbol(codePoint) && isPrintable(codePoint) && !mono.has(codePoint)).map((codePoint) => ({ codePoint, font: "DejaVu Sans", isBold: false, columns: 1 as const, isMonospace: isBraille(codePoint) })),
  ...[...sans].filter(between(0x1f600, 0x1f64f)).map((codePoint) => ({ codePoint, font: "DejaVu Sans", isBold: false, columns: 2 as const, isMonospace: false })),
  ...Object.keys(ownForms).map((character) => ({ codePoint: character.codePointAt(0) ?? 0, font: "", isBold: false, columns: 1 as const, isMonospace: false })),
];

await using browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.addScriptTag({ path: resolve(import.meta.dirname, "pen.js") });
const forms = wanted.map((glyph) => ({ ...glyph, path: glyph.font === "" ? ownForms[String.fromCodePoint(glyph.codePoint)] : undefined }));
const drawn: number[][] = await page.evaluate(`drawAll(${JSON.stringify({ wanted: forms, cellWidth, cellHeight })})`);

const table = wanted.map((glyph, index) => ({ key: glyphKey(glyph.codePoint, glyph), alphas: drawn[index] ?? [] })).filter(({ alphas }) => alphas.some((alpha) => alpha > 0)).sort((a, b) => a.key - b.key);
const head = Buffer.alloc(4 + 4 * table.length);
head.writeUInt32LE(table.length, 0);
table.forEach(({ key }, index) => head.writeUInt32LE(key, 4 + 4 * index));
const body = Buffer.from(table.flatMap(({ alphas }) => Array.from({ length: alphas.length / 2 }, (_, pair) => ((alphas[2 * pair] ?? 0) << 4) | (alphas[2 * pair + 1] ?? 0))));
const packed = brotliCompressSync(Buffer.concat([head, body]), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
writeFileSync(target, packed);
console.log(`${table.length} glyphs, ${head.length + body.length} bytes, ${packed.length} packed`);
