import type { Json } from "../prompt/event.ts";
import type { LogEntry } from "./reading.ts";

export const exportFormats = ["jsonl", "json", "csv", "cef"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How a log is written for other programs, line by line; lines come without their newline. */
export interface Exporter {
  /** undefined: nothing stands before the entries, or after them. */
  readonly begin?: string;
  /** @param index 0 for the first entry */
  entry(entry: LogEntry, line: string, index: number): string;
  readonly end?: string;
}

/** @param version aegis's own, which CEF names */
export function exporterFor(format: ExportFormat, version: string): Exporter {
  switch (format) {
    case "jsonl":
      // The lines as they are: they can be verified elsewhere.
      return { entry: (_, line) => line };
    case "json":
      return { begin: "[", entry: (_, line, index) => `${index === 0 ? " " : ","}${line}`, end: "]" };
    case "csv":
      return { begin: csvRow(csvColumns), entry: (entry) => csvRow(csvCells(entry)) };
    case "cef":
      return { entry: (entry) => cefLine(entry, version) };
  }
}

const csvColumns = ["seq", "time", "session", "pid", "type", "prompt", "by", "answer", "data", "hash"];

function csvCells(entry: LogEntry): string[] {
  const { seq, ts, sid, pid, type, data, hash } = entry;
  return [String(seq), ts, sid ?? "", String(pid), type, textOf(data["prompt"]), responderOf(data), textOf(data["label"]), JSON.stringify(data), hash];
}

/** What spreadsheets take for the begin of a formula (OWASP, "CSV Injection"), the wide signs of East Asian ones included. */
const formulaBegin = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** RFC 4180, whose lines end in CR LF. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
function csvRow(cells: readonly string[]): string {
  const safe = cells.map((cell) => (formulaBegin.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r`;
}

/** ArcSight's Common Event Format, version 0. */
function cefLine(entry: LogEntry, version: string): string {
  const { seq, ts, sid, pid, type, data, hash } = entry;
  const header = ["CEF:0", "aegis", "aegis", version, type, type, String(severityOf(type))].map(cefField);
  const fields: Array<[string, string]> = [
    ["rt", String(Date.parse(ts))],
    ["externalId", String(seq)],
    ["dvcpid", String(pid)],
    ["suser", responderOf(data)],
    ["act", textOf(data["label"])],
    ["reason", textOf(data["reason"] ?? data["why"])],
    ["cs1Label", sid === null ? "" : "session"],
    ["cs1", sid ?? ""],
    ["cs2Label", data["prompt"] === undefined ? "" : "prompt"],
    ["cs2", textOf(data["prompt"])],
    ["cs3Label", "hash"],
    ["cs3", hash],
    ["msg", JSON.stringify(data)],
  ];
  const extension = fields.filter(([, value]) => value !== "").map(([name, value]) => `${name}=${cefValue(value)}`);
  return `${header.join("|")}|${extension.join(" ")}`;
}

function cefField(text: string): string {
  return text.replace(/[\\|]/g, "\\$&").replace(/[\r\n]+/g, " ");
}

function cefValue(text: string): string {
  return text.replace(/[\\=]/g, "\\$&").replace(/\r/g, "\\r").replace(/\n/g, "\\n");
}

/** 0 to 10, as CEF counts: 8 for a log that was meddled with, 5 for an answer that was refused. */
function severityOf(type: string): number {
  if (type === "log.shrunk" || type === "log.foreign") return 8;
  return type.endsWith(".rejected") || type.endsWith(".refused") || type === "inject.unknown" ? 5 : 2;
}

/** Who answered, in words: "telegram:7 ada"; "" where nobody did. */
export function responderOf(data: LogEntry["data"]): string {
  const by: Json = data["by"] ?? null;
  if (typeof by !== "object" || by === null || !("channel" in by)) return textOf(by);
  return `${textOf(by["channel"])}:${textOf(by["id"])} ${textOf(by["name"])}`.trim();
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
