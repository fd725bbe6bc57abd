import { exporterFor, responderOf, type ExportFormat } from "../audit/export.ts";
import { followLog, isWanted, readLog, readPieces, type EntryFilter, type LogEntry } from "../audit/reading.ts";
import { logExists } from "../audit/segments.ts";
import type { Json } from "../prompt/event.ts";
import { counted } from "../relay/counted.ts";
import { filterFrom, type FilterWords } from "./audit-filter.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { mustBeReadable, type Home } from "./home.ts";
import type { Output } from "./output.ts";
import { version } from "./package.ts";
import { printable, wrapped } from "./printable.ts";
import { shortTime } from "./short-time.ts";

export interface ShowOptions extends FilterWords {
  readonly json: boolean;
  /** How many of the newest. */
  readonly last: number;
}

/** "aegis audit show": the newest entries, oldest first. @returns 0 */
export async function show(options: ShowOptions, { home, output }: Context): Promise<number> {
  const filter = filterFrom(options, Date.now());
  const { found, strays } = newest(existingLog(home), filter, options.last);
  for (const { entry, line } of found) print(entry, line, options.json, output);
  noteStrays(strays, output);
  return 0;
}

/** "aegis audit show SEQ": one entry, whole. @returns 0: shown; 1: the log has none of this number */
export async function showOne(seq: number, { home, output }: Context): Promise<number> {
  let found: LogEntry | undefined;
  readLog(existingLog(home), (entry) => {
    if (entry.seq === seq) found = entry;
  });
  if (found === undefined) {
    output.failure(new Failure(`the audit log has no entry ${seq}`, '"aegis audit show" lists the newest'));
    return 1;
  }
  output.line(JSON.stringify(found, undefined, 2));
  return 0;
}

export interface TailOptions extends ShowOptions {
  readonly follow: boolean;
}

/** "aegis audit tail": the newest entries and, with -f, those that come, until nobody reads any more. @returns 0 */
export async function tail(options: TailOptions, context: Context): Promise<number> {
  const { home, output } = context;
  const filter = filterFrom(options, Date.now());
  let shown = 0;
  const onEntry = (entry: LogEntry, line: string): void => {
    if (entry.seq <= shown || !isWanted(entry, filter)) return;
    shown = entry.seq;
    print(entry, line, options.json, output);
  };
  const follow = options.follow ? followLog(existingLog(home), onEntry, output.closed) : undefined;
  for (const { entry, line } of newest(existingLog(home), filter, options.last).found) onEntry(entry, line);
  await follow;
  return 0;
}

/** "aegis audit export". @returns 0 */
export async function exportLog(options: FilterWords & { readonly format: ExportFormat }, { home, output }: Context): Promise<number> {
  const filter = filterFrom(options, Date.now());
  const path = existingLog(home);
  const exporter = exporterFor(options.format, version());
  let index = 0;
  if (exporter.begin !== undefined) output.line(exporter.begin);
  let strays = 0;
  const pieces = readPieces(path, (entry, line) => {
    if (isWanted(entry, filter)) output.line(exporter.entry(entry, line, index++));
  });
  for (const more of pieces) {
    strays += more;
    await output.drained();
    if (output.closed.aborted) break;
  }
  if (exporter.end !== undefined) output.line(exporter.end);
  await output.drained();
  noteStrays(strays, output);
  return 0;
}

function noteStrays(strays: number, output: Output): void {
  if (strays > 0) output.notice(`${counted(strays, "line is no entry", "lines are no entries")}: "aegis audit verify" tells more`);
}

function newest(path: string, filter: EntryFilter, count: number): { found: Array<{ entry: LogEntry; line: string }>; strays: number } {
  const found: Array<{ entry: LogEntry; line: string }> = [];
  const { strays } = readLog(path, (entry, line) => {
    if (!isWanted(entry, filter)) return;
    found.push({ entry, line });
    // Not one by one: each would move all others.
    if (found.length >= 2 * count) found.splice(0, found.length - count);
  });
  return { found: found.slice(-count), strays };
}

function existingLog(home: Home): string {
  mustBeReadable(home);
  if (!logExists(home.auditLog)) throw new Failure(`there is no audit log at ${home.auditLog}`, '"aegis run COMMAND" begins one; AEGIS_HOME says where it is');
  return home.auditLog;
}

function print(entry: LogEntry, line: string, json: boolean, output: Output): void {
  if (json) output.line(line);
  else for (const each of linesOf(entry, output.isTerminal ? output.width : Number.POSITIVE_INFINITY)) output.line(each);
}

/** On a terminal an entry goes on below its time; elsewhere it is one line. */
function linesOf(entry: LogEntry, width: number): string[] {
  const { seq, ts, sid, type } = entry;
  const columns = [shortTime(Date.parse(ts)), printable(sid ?? "").padEnd(8), printable(type).padEnd(17), printable(summaryOf(entry))];
  const head = `${String(seq).padStart(6)}  `;
  return wrapped(columns.join("  "), width - head.length).map((line, index) => ((index === 0 ? head : " ".repeat(head.length)) + line).trimEnd());
}

/** What a person wants at a glance; hashes are in the entry itself. */
function summaryOf({ data }: LogEntry): string {
  const fields = Object.entries(data).filter(([, value]) => typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value));
  return fields.map(([key, value]) => `${key}=${brief(key === "by" ? responderOf(data) : value)}`).join(" ");
}

function brief(value: Json): string {
  if (typeof value === "string") return /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value);
}
