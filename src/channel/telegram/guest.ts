import { admit } from "./admit.ts";
import { field } from "./field.ts";
import { visibleLine } from "../visible.ts";

/** Somebody who pressed Start behind a deep link. */
export interface Guest {
  /** Of the person, and of their private chat with the bot. */
  readonly id: number;
  /** As they call themselves: proves nothing. */
  readonly name: string;
  readonly username: string | undefined;
  /** What the link carried. */
  readonly code: string;
}

/** @returns undefined for anything but `/start CODE`, sent by a person, here and now, in the private chat with the bot */
export function guestOf(update: unknown, botId: number): Guest | undefined {
  const message = field(update, "message");
  const from = field(message, "from");
  const id = field(from, "id");
  const text = field(message, "text");
  if (typeof id !== "number" || typeof text !== "string") return undefined;
  // The same door as for answers, held open for whoever sent this: they are nobody yet.
  const admission = admit(update, { allowed: new Set([id]), botId });
  if (admission.is !== "talk" && admission.is !== "command") return undefined;
  const code = /^\/start ([\w-]{1,64})$/.exec(text)?.[1];
  const [name, username] = [field(from, "first_name"), field(from, "username")];
  if (code === undefined) return undefined;
  return { id, name: typeof name === "string" ? visibleLine(name, 64) : "", username: typeof username === "string" ? username : undefined, code };
}
