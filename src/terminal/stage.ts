import type { Detection } from "../prompt/detection.ts";
import type { Evidence } from "../prompt/evidence.ts";

/** The child and its screen, as far as typing an answer needs them. */
export interface Stage {
  /** Gives the bytes to the child now. Rejects when it takes none: then nothing was typed. */
  write(bytes: string): Promise<void>;
  /** What stands on the screen once all its bytes are read; undefined: no question. */
  standing(): Promise<Detection | undefined>;
  /** The text of the cursor's row up to the cursor: it shows what was typed. Undefined members: the stage cannot tell. */
  readonly cursorText?: () => Promise<string>;
  /** The child has switched bracketed paste on. */
  readonly takesPastes?: () => Promise<boolean>;
  /** A person pressed a key here since the question was last seen. */
  keyedSince(): boolean;
  evidence(): Evidence | undefined;
  alive(): boolean;
  /** Resolves when the screen was read again after a quiet, or `signal` aborts. */
  settled(signal: AbortSignal): Promise<void>;
}
