import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Desk } from "../e2e/desk.ts";
import type { Entry, History, Tapped } from "./history.ts";
import { answersAt } from "./program.ts";

/** What the log, the Bot API, the phone and the programs have kept of one desk. */
export function historyAt(desk: Desk, taps: readonly Tapped[]): History {
  const questions = new Map<string, string>();
  const messages = new Map<string, { sent: number; marked: number }>();
  for (const { method, params, status } of desk.api.calls) {
    const id = /ans:([a-z0-9]{10}):/.exec(JSON.stringify(params["reply_markup"] ?? ""))?.[1];
    // Refused ones never came; those that were cut may have.
    if (method !== "sendMessage" || id === undefined || (status !== undefined && status !== 200)) continue;
    const text = String(params["text"]);
    const asked = askedIn(text);
    if (asked !== undefined) questions.set(id, asked);
    const counted = messages.get(id) ?? { sent: 0, marked: 0 };
    messages.set(id, { sent: counted.sent + 1, marked: counted.marked + (text.startsWith("(again) ") ? 1 : 0) });
  }
  return { log: entriesAt(desk), taps, confirmed: new Set(desk.api.confirmed), answers: answersAt(desk), questions, messages };
}

export function logFile(desk: Desk): string {
  return join(desk.home, "audit.log");
}

export function entriesAt(desk: Desk): Entry[] {
  // What follows the last newline is still being written.
  const lines = readFileSync(logFile(desk), "utf8").split("\n").slice(0, -1);
  return lines.map((line) => {
    const { type, data, ts, pid } = JSON.parse(line);
    return { type, data, at: Date.parse(ts), pid };
  });
}

/** "s1-3" of a message that asks "s1-3: go on?"; the last one, for earlier ones may show above it. */
export function askedIn(text: string): string | undefined {
  return [...text.matchAll(/([a-z]+\d*-\d+): go on\?/g)].at(-1)?.[1];
}
