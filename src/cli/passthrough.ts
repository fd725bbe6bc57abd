import { pump } from "../terminal/pump.ts";
import type { Child } from "../terminal/child.ts";
import type { Tty } from "../terminal/tty.ts";

/** The child alone: what remains when nothing can be relayed. Gives its exit code. */
export async function passthrough(child: Child, tty: Tty, signal: AbortSignal): Promise<number> {
  using _raw = tty.raw();
  using _resized = tty.onResize((size) => child.resize(size));
  return await pump(child, tty, { output: () => undefined, keys: () => undefined }, signal);
}
