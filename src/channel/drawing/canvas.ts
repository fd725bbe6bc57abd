import type { Rgb } from "./palette.ts";

/** Pixels to draw on. What lies outside is left out. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  /** Three bytes each, row by row. */
  readonly pixels: Uint8Array;

  constructor(width: number, height: number, ground: Rgb) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height * 3);
    this.fill(0, 0, width, height, ground);
  }

  fill(left: number, top: number, width: number, height: number, colour: Rgb): void {
    const [red, green, blue] = colour;
    const [from, to] = [Math.max(0, left), Math.min(this.width, left + width)];
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      for (let at = (y * this.width + from) * 3; at < (y * this.width + to) * 3; at += 3) {
        this.pixels[at] = red;
        this.pixels[at + 1] = green;
        this.pixels[at + 2] = blue;
      }
    }
  }

  /** Colours one pixel; `share` from 0 to 1 of what is there gives way. */
  blend(x: number, y: number, colour: Rgb, share: number): void {
    if (share <= 0 || x < 0 || x >= this.width || y < 0 || y >= this.height) return;
    const at = (y * this.width + x) * 3;
    const { pixels } = this;
    for (const part of [0, 1, 2] as const) pixels[at + part] = Math.round(colour[part] * share + (pixels[at + part] ?? 0) * (1 - share));
  }
}
