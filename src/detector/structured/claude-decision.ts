import type { Json } from "../../prompt/event.ts";
import type { Taken } from "./inquiry.ts";

type Update = { readonly [key: string]: Json };

/** @param changes  `updatedInput`, `updatedPermissions` */
export function allow(changes: Update = {}): Taken {
  return decision({ behavior: "allow", ...changes });
}

/** Denies with words that the agent reads, and goes on. */
export function denyBecause(message: string): Taken {
  return decision({ behavior: "deny", message });
}

/** Denies as "No" does at the terminal: the turn ends, and Claude asks what to do instead. */
export function denyAndStop(message: string): Taken {
  return decision({ behavior: "deny", message, interrupt: true });
}

function decision(decision: Update): Taken {
  return { reply: { hookSpecificOutput: { hookEventName: "PermissionRequest", decision } } };
}
