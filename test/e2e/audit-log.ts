import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Desk } from "./desk.ts";

/** How many entries of a type the audit log holds. */
export function entries({ home }: Desk, type: string): number {
  const file = join(home, "audit.log");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter((line) => line.includes(`"type":"${type}"`)).length : 0;
}
