import type { Millis } from "../../async/clock.ts";

/** What became of a call that failed: Telegram refused it, it never got there, or nobody can say. */
export type Fate = "refused" | "unsent" | "unclear";

/**
 * A Bot API call that failed, told in words that can be shown as they are.
 * It is built anew from these facts and has no cause: telegraf's own errors carry the payload, and some of them the token.
 */
export class TelegramTrouble extends Error {
  override readonly name = "TelegramTrouble";
  readonly method: string;
  readonly fate: Fate;
  /** Telegram's error code; undefined: the failure is not Telegram's answer. */
  readonly code: number | undefined;
  /** How long Telegram asks to wait. */
  readonly retryAfterMs: Millis | undefined;

  constructor(method: string, facts: Facts) {
    super(`${inWords(facts)} (${method}: ${facts.code === undefined ? "" : `${facts.code} `}${facts.description})`);
    this.method = method;
    this.fate = facts.fate;
    this.code = facts.code;
    this.retryAfterMs = facts.retryAfterMs;
  }

  /** It may pass: worth another try. */
  get isPassing(): boolean {
    return this.code === undefined || this.code === 409 || this.code === 429 || this.code >= 500;
  }

  /** The token is not, or no longer, one that Telegram knows. */
  get isRefusedToken(): boolean {
    return this.code === 401 || this.code === 404;
  }

  /** Another program polls with the same token, or a webhook takes its updates. */
  get isConflict(): boolean {
    return this.code === 409;
  }
}

interface Facts {
  readonly fate: Fate;
  /** Telegram's words, or ours for a failure of the connection; without token and payload. */
  readonly description: string;
  readonly code?: number | undefined;
  readonly retryAfterMs?: Millis | undefined;
}

function inWords({ code, retryAfterMs, description }: Facts): string {
  if (retryAfterMs !== undefined) return `Telegram asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
  if (code === undefined) return "Telegram cannot be reached";
  if (code === 401 || code === 404) return "Telegram refused the bot token";
  if (code === 403) return "Telegram may not write to this person";
  if (code === 409) return "another program is polling this bot";
  if (description.includes("chat not found")) return "this person has not pressed Start in the chat with the bot";
  return code >= 500 ? "Telegram has trouble of its own" : "Telegram refused a call";
}
