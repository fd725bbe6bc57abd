import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

/** Pixels of one column and of one row. */
export const cellWidth = 12;
export const cellHeight = 24;

/** What a character looks like: how much of each pixel it covers, 0 to 15. */
export interface Glyph {
  readonly width: number;
  /** Of the pixel; 0 outside. */
  alpha(x: number, y: number): number;
}

/** The number under which a glyph is kept. */
export function glyphKey(codePoint: number, { isBold, columns }: { isBold: boolean; columns: 1 | 2 }): number {
  return codePoint + (isBold ? 1 << 21 : 0) + (columns === 2 ? 1 << 22 : 0);
}

/** The drawn characters of a few free fonts (LICENCE.txt beside them), made by test/glyphs/make.ts. */
export class Glyphs {
  readonly #bytes: Uint8Array;
  /** Where each one's pixels begin. */
  readonly #places = new Map<number, number>();

  /** @param bytes how many there are, their keys by rising number, then their pixels, two in a byte, row by row */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const count = bytes.readUInt32LE(0);
    let place = 4 + 4 * count;
    for (let index = 0; index < count; index++) {
      const key = bytes.readUInt32LE(4 + 4 * index);
      this.#places.set(key, place);
      place += (widthOf(key) * cellHeight) / 2;
    }
  }

  /** The build puts the file beside its bundle, so that the same address finds it there. */
  static load(): Glyphs {
    return new Glyphs(brotliDecompressSync(readFileSync(new URL("./glyphs.bin", import.meta.url))));
  }

  /** @returns undefined: there is none, neither bold nor regular */
  find(character: string, columns: 1 | 2, isBold: boolean): Glyph | undefined {
    const codePoint = character.codePointAt(0) ?? 0;
    for (const weight of isBold ? [true, false] : [false]) {
      const key = glyphKey(codePoint, { isBold: weight, columns });
      const place = this.#places.get(key);
      if (place !== undefined) return this.#glyphAt(place, widthOf(key));
    }
    return undefined;
  }

  #glyphAt(place: number, width: number): Glyph {
    const bytes = this.#bytes;
    return {
      width,
      alpha(x, y) {
        if (x < 0 || x >= width || y < 0 || y >= cellHeight) return 0;
        const pixel = y * width + x;
        const pair = bytes[place + (pixel >> 1)] ?? 0;
        return pixel % 2 === 0 ? pair >> 4 : pair & 15;
      },
    };
  }
}

function widthOf(key: number): number {
  return (key >> 22) % 2 === 1 ? cellWidth * 2 : cellWidth;
}
