import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Desk } from "./desk.ts";

/** The data of the entries of a type that the audit log holds, oldest first. */
export function entries({ home }: Desk, type: string): Record<string, unknown>[] {
  const file = join(home, "audit.log");
  // The last one may still be on its way.
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  return lines.filter((line) => line.includes(`"type":"${type}"`)).map((line) => JSON.parse(line).data);
}
