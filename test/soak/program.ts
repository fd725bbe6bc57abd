import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Desk } from "../e2e/desk.ts";
import type { Answered } from "./history.ts";

/** Asks, and keeps what it was answered even when its terminal is gone: what was typed is known from who read it, not from who typed. */
const script = `trap '' HUP
for n in $(seq "$1"); do read -rp "$0-$n: go on? [y/n] " a || exit 1; echo "$EPOCHREALTIME $0-$n $a" >> "$2"; echo "$0-$n: got $a."; done`;

/** The words after `aegis run` for a session that asks "NAME-1: go on?", "NAME-2: go on?", … */
export function asking(desk: Desk, name: string, questions: number): string[] {
  return ["--name", name, "bash", "-c", script, name, String(questions), answersFile(desk)];
}

export function answersFile(desk: Desk): string {
  return join(desk.cwd, "answers");
}

/** What all the programs at this desk have read, in the order in which they read it. */
export function answersAt(desk: Desk): Answered[] {
  const file = answersFile(desk);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [at = "", question = "", answer = ""] = line.split(" ");
    return { question, answer, at: Number(at) * 1000 };
  });
}
