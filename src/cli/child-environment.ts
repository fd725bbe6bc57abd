import type { SessionId } from "../prompt/prompt.ts";
import type { Environment } from "./home.ts";

/** The environment as it was, without anything of ours but the session's id: a token must never reach the child. */
export function childEnvironment(environment: Environment, sessionId: SessionId): Record<string, string> {
  const kept = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("AEGIS_"));
  return { ...Object.fromEntries(kept), AEGIS_SESSION: sessionId };
}
