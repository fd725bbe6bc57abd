import type { Millis } from "../async/clock.ts";
import type { Evidence } from "../prompt/evidence.ts";

/** One thing that happened in a recorded session. */
export type CastEvent =
  | { readonly at: Millis; readonly is: "output" | "input"; readonly bytes: Uint8Array }
  | { readonly at: Millis; readonly is: "resize"; readonly cols: number; readonly rows: number }
  /** Only what changed. */
  | { readonly at: Millis; readonly is: "evidence"; readonly evidence: Partial<Evidence> };

/** A recorded terminal session: asciicast v2, with kernel evidence as events of code "s". */
export interface Cast {
  readonly cols: number;
  readonly rows: number;
  /** When the recording ends; undefined: it does not say. */
  readonly endsAt: Millis | undefined;
  readonly events: readonly CastEvent[];
}

const encoder = new TextEncoder();

/** Throws an Error that names the line when `text` is not an asciicast of version 2. */
export function parseCast(text: string): Cast {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const header = recordAt(lines[0] ?? "", 1);
  const { width, height, duration, version } = header;
  if (version !== 2 || typeof width !== "number" || typeof height !== "number") throw new Error("line 1: not the header of an asciicast of version 2");
  const events: CastEvent[] = [];
  let endsAt = typeof duration === "number" ? duration * 1000 : undefined;
  for (const [index, line] of lines.slice(1).entries()) {
    const entry = parsed(line, index + 2);
    if (!Array.isArray(entry) || typeof entry[0] !== "number" || typeof entry[2] !== "string") throw new Error(`line ${index + 2}: not an event`);
    const at = Math.round(entry[0] * 1000);
    const data = entry[2];
    if (entry[1] === "x") endsAt = at;
    else events.push(...eventOf(at, entry[1], data, index + 2));
  }
  return { cols: width, rows: height, endsAt, events };
}

function eventOf(at: Millis, code: unknown, data: string, line: number): CastEvent[] {
  switch (code) {
    case "o":
      return [{ at, is: "output", bytes: encoder.encode(data) }];
    case "i":
      return [{ at, is: "input", bytes: encoder.encode(data) }];
    case "r": {
      const [cols, rows] = data.split("x").map(Number);
      return cols === undefined || rows === undefined || Number.isNaN(cols + rows) ? [] : [{ at, is: "resize", cols, rows }];
    }
    case "s":
      return [{ at, is: "evidence", evidence: evidenceOf(recordAt(data, line)) }];
    default:
      return [];
  }
}

function evidenceOf(said: Record<string, unknown>): Partial<Evidence> {
  const { echo, icanon, reading, running } = said;
  return {
    ...(typeof echo === "boolean" ? { echo } : {}),
    ...(typeof icanon === "boolean" ? { icanon } : {}),
    ...(typeof running === "boolean" ? { running } : {}),
    ...("reading" in said ? { reading: readingOf(reading) } : {}),
  };
}

/** `true` stands for a plain read: recordings may know no more than that. */
function readingOf(reading: unknown): Evidence["reading"] {
  if (reading === "read" || reading === "poll" || reading === "select" || reading === "epoll") return reading;
  if (reading === true) return "read";
  return reading === null || reading === false ? null : undefined;
}

function recordAt(json: string, line: number): Record<string, unknown> {
  const value = parsed(json, line);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`line ${line}: not an object`);
  return Object.fromEntries(Object.entries(value));
}

function parsed(json: string, line: number): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new Error(`line ${line}: not JSON`);
  }
}
