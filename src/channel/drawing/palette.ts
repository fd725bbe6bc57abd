import type { Colour } from "../page/frame.ts";

/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The terminal's own, as the page has them (terminal.css). */
export const ground: Rgb = [0x12, 0x16, 0x1d];
export const ink: Rgb = [0xdf, 0xe4, 0xea];

const basic = ["1c2129", "dc4d4d", "2fb37a", "dcae3c", "4a8df0", "c061cf", "2fb3c4", "d5dbe2", "6d7885", "f47272", "4fd79b", "f3d264", "7fb2ff", "dd8ce8", "5fd6e3", "ffffff"].map(fromHex);

export function rgbOf(colour: Colour): Rgb {
  if (typeof colour === "string") return fromHex(colour.slice(1));
  const named = basic[colour];
  if (named !== undefined) return named;
  if (colour >= 232) return grey(8 + (colour - 232) * 10);
  // xterm's 6×6×6 cube
  const cube = colour - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6)), level(cube)];
}

/** `share` of the one, 0 to 1, over the other. */
export function mixed(over: Rgb, under: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => Math.round(over[index] * share + under[index] * (1 - share));
  return [part(0), part(1), part(2)];
}

function level(step: number): number {
  return step % 6 === 0 ? 0 : 55 + (step % 6) * 40;
}

function grey(level: number): Rgb {
  return [level, level, level];
}

function fromHex(hex: string): Rgb {
  const value = parseInt(hex, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
