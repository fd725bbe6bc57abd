import type { EpochMillis } from "../async/clock.ts";
import type { Note } from "../channel/talk.ts";
import type { Receipt } from "../prompt/reply.ts";

/** An entry's hash, on its way to somebody outside this machine: it proves all entries up to this one. */
export interface Checkpoint extends Receipt {
  /** The log's own name, given in its first entry; undefined: that entry was purged. */
  readonly install: string | undefined;
  readonly at: EpochMillis;
}

/** How many entries may rest on this machine alone while a session runs (security.md, 3.4: a cut within them is not seen). */
const everyEntries = 100;

/** @param witnessed the newest entry that anybody outside was shown; 0: none */
export function isDue(newest: number, witnessed: number): boolean {
  return newest - witnessed >= everyEntries;
}

/** A session that asked nobody anything is not worth a message, nor is an end that a settled prompt has shown already. */
export function isDueAtEnd({ end, witnessed, prompts }: { readonly end: number; readonly witnessed: number; readonly prompts: number }): boolean {
  return prompts > 0 && end > witnessed;
}

/** For programs: "v1 <install> <seq> <hash>", with "-" for an install that is not known. */
export function checkpointLine({ install = "-", seq, hash }: Checkpoint): string {
  return `v1 ${install} ${seq} ${hash}`;
}

/** For people: its second line is what "aegis audit verify --expect" takes. */
export function checkpointNote({ install, seq, hash, at }: Checkpoint): Note {
  const log = install === undefined ? "" : ` ${install}`;
  const time = new Date(at).toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");
  return { text: `Checkpoint of the audit log${log}, ${time}:\n#${seq}·${hash}`, isSilent: true };
}

/** What {@link checkpointNote} or {@link checkpointLine} said; undefined: the text is neither. `install` is undefined where it was not known. */
export function readCheckpoint(text: string): (Receipt & { readonly install: string | undefined }) | undefined {
  const note = /^Checkpoint of the audit log(?: ([0-9a-f-]{36}))?, .*\n#([1-9]\d{0,14})·([0-9a-f]{64})$/.exec(text);
  const line = /^v1 (?:([0-9a-f-]{36})|-) ([1-9]\d{0,14}) ([0-9a-f]{64})$/.exec(text);
  const [, install, seq, hash] = note ?? line ?? [];
  return seq === undefined || hash === undefined ? undefined : { install, seq: Number(seq), hash };
}
