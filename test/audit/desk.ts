import { EventEmitter } from "node:events";
import type { Context } from "../../src/cli/context.ts";
import { homeFrom } from "../../src/cli/home.ts";
import { Output } from "../../src/cli/output.ts";
import type { KeptLog } from "./kept-log.ts";

/** A stream that keeps what is written to it, and says so. */
export class Paper extends EventEmitter {
  text = "";
  readonly columns = 200;
  /** How fast it is read: at once, unless told otherwise. */
  onTaken = (taken: () => void): void => taken();

  write(text: string, taken?: () => void): void {
    this.text += text;
    this.emit("text");
    if (taken !== undefined) this.onTaken(taken);
  }

  get lines(): string[] {
    return this.text.split("\n").slice(0, -1);
  }
}

/** A home with this log in it, and what a command prints there. */
export function desk(kept: KeptLog): { context: Context; out: Paper; err: Paper } {
  const [out, err] = [new Paper(), new Paper()];
  const home = homeFrom({ AEGIS_HOME: kept.folder });
  return { context: { environment: {}, cwd: "/", home, output: new Output(out, err, {}) }, out, err };
}
