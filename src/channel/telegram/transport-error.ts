import { field } from "./field.ts";
import { type Fate, TelegramTrouble } from "./trouble.ts";

/** System errors that come before a byte of the request has left: the call can be repeated without a second thought. */
const beforeSending = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ENETDOWN", "EADDRNOTAVAIL", "CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID"]);

/**
 * Rebuilds whatever telegraf or node-fetch threw from a few facts.
 *
 * @param hide takes the token out of a text that came from outside
 */
export function troubleFrom(method: string, error: unknown, hide: (text: string) => string): TelegramTrouble {
  const response = field(error, "response");
  if (response !== undefined) return fromAnswer(method, response, hide);
  const fault = transportFault(error);
  return new TelegramTrouble(method, fault);
}

/** Telegram's own refusal, or a gateway's 5xx, of which telegraf keeps only the status. */
function fromAnswer(method: string, response: unknown, hide: (text: string) => string): TelegramTrouble {
  const code = field(response, "error_code");
  const description = field(response, "description");
  const seconds = field(field(response, "parameters"), "retry_after");
  return new TelegramTrouble(method, {
    // A gateway that times out may have handed the call on.
    fate: code === 504 ? "unclear" : "refused",
    code: typeof code === "number" ? code : undefined,
    description: typeof description === "string" ? hide(description).slice(0, 200) : "an answer that is not Telegram's",
    retryAfterMs: typeof seconds === "number" && seconds >= 0 ? seconds * 1000 : undefined,
  });
}

/** Only codes and fixed words go on: node-fetch's messages hold the address, and so the token. */
function transportFault(error: unknown): { fate: Fate; description: string } {
  const code = field(error, "code");
  const type = field(error, "type");
  const message = field(error, "message");
  if (field(error, "name") === "AbortError") return { fate: "unclear", description: "no answer in time" };
  if (error instanceof RedirectRefused) return { fate: "refused", description: "a redirect, which is not followed" };
  // A captive portal's or proxy's page begins with "<"; anything else that does not parse may be the half of Telegram's answer.
  if (type === "invalid-json" && typeof message === "string" && /Unexpected token '?</.test(message)) return { fate: "refused", description: "a web page instead of an answer" };
  if (type === "invalid-json") return { fate: "unclear", description: "an answer that breaks off" };
  if (type === "max-redirect" || type === "invalid-redirect") return { fate: "refused", description: "a redirect, which is not followed" };
  if (typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code)) return { fate: beforeSending.has(code) ? "unsent" : "unclear", description: code };
  return { fate: "unclear", description: "the connection failed" };
}

/** Thrown instead of opening a connection to anywhere but the api_root. */
export class RedirectRefused extends Error {
  override readonly name = "RedirectRefused";
}
