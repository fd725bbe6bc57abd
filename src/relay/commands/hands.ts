import type { Detection } from "../../prompt/detection.ts";
import type { Injected } from "../../terminal/injector.ts";
import type { Unasked } from "../../terminal/unasked.ts";

/** The moment at which a person was asked whether something should be typed. */
export interface Moment {
  /** What stood on the screen; undefined: nothing asked. */
  readonly standing: Detection | undefined;
  /** Keys were typed at the desk since. */
  keyedSince(): boolean;
}

/** What aegis can do to the child besides answering its questions, and what it can see of it. */
export interface Hands {
  /** The last `count` lines; undefined: those that are visible. */
  lines(count: number | undefined): Promise<string>;
  /** PNG of what is visible; undefined: it cannot be drawn. */
  picture(): Promise<Uint8Array | undefined>;
  /** What stands on the screen at this moment, in which the person is asked. */
  now(): Promise<Moment>;
  /**
   * Types what was confirmed, if all is as it was at `moment`.
   * @param begin makes the intent durable
   */
  type(wanted: Unasked, moment: Moment, begin: () => Promise<boolean>): Promise<Injected>;
  /** Hangs up the child, and ends it should it stay. */
  stop(): void;
}
