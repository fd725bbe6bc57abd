import type { EpochMillis } from "../async/clock.ts";
import type { AuditEvent, AuditRow } from "../prompt/event.ts";
import { link, readEntry, type Entry } from "./chain.ts";
import type { Adopted } from "./tail.ts";

/** What every entry says of the process that wrote it. */
export interface LogWriter {
  readonly pid: number;
  /** The kernel's boot id; "" where there is none. */
  readonly boot: string;
  /** aegis's own. */
  readonly version: string;
  /** Milliseconds of a monotonic clock that all processes share. */
  mono(): number;
}

/** What one transaction adds to a file of the log: rows for the replica, then their bytes. */
export class Page {
  readonly #writer: LogWriter;
  readonly #at: EpochMillis;
  readonly #rows: AuditRow[] = [];
  #last: AuditRow | undefined;
  #end: number;
  #bytes = "";
  #adopted: { readonly first: number; readonly last: number } | undefined;

  /** @param size bytes that the file holds already */
  constructor(writer: LogWriter, given: { last: AuditRow | undefined; size: number; at: EpochMillis }) {
    this.#writer = writer;
    this.#last = given.last;
    this.#end = given.size;
    this.#at = given.at;
  }

  get last(): AuditRow | undefined {
    return this.#last;
  }

  get rows(): readonly AuditRow[] {
    return this.#rows;
  }

  /** The bytes to append. */
  get bytes(): Buffer {
    return Buffer.from(this.#bytes);
  }

  /** Ends a line that was cut off. */
  terminate(): void {
    this.#bytes += "\n";
    this.#end += 1;
  }

  /** Takes an entry that stands in the file already. @param start where the tail begins that it was found in */
  adopt(found: Adopted, start: number): void {
    const entry = readEntry(found.line);
    this.#adopted = { first: this.#adopted?.first ?? found.seq, last: found.seq };
    this.#keep({
      seq: found.seq,
      hash: found.hash,
      line: found.line,
      end: start + found.end,
      type: entry?.type ?? "",
      at: Date.parse(entry?.ts ?? ""),
      sessionId: entry?.sid ?? undefined,
    });
  }

  /** Says which entries were taken over from writers that had not committed them: their change of state may never have been made. */
  noteAdopted(): void {
    if (this.#adopted !== undefined) this.note("log.adopted", this.#adopted);
  }

  /** Writes something about the log itself. */
  note(type: `log.${string}`, data: Entry["data"]): void {
    this.add({ type, at: this.#at, sessionId: undefined, data });
  }

  add(event: AuditEvent): AuditRow {
    const next = link(this.#last, {
      ts: new Date(event.at).toISOString(),
      mono: Math.round(this.#writer.mono()),
      boot: this.#writer.boot,
      sid: event.sessionId ?? null,
      pid: this.#writer.pid,
      type: event.type,
      data: event.data,
    });
    this.#bytes += `${next.line}\n`;
    this.#end += Buffer.byteLength(next.line) + 1;
    return this.#keep({ ...next, end: this.#end, type: event.type, at: event.at, sessionId: event.sessionId });
  }

  #keep(row: AuditRow): AuditRow {
    this.#rows.push(row);
    this.#last = row;
    return row;
  }
}
