import { readFileSync, statSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Message } from "../botapi/chat.ts";
import type { User } from "../botapi/user.ts";
import type { Desk } from "../e2e/desk.ts";
import type { Terminal } from "../e2e/terminal.ts";
import { logFile } from "./evidence.ts";
import type { Tapped } from "./history.ts";
import { answersFile, asking } from "./program.ts";

/** A desk in the course of a soak: what runs at it, and every tap so far. */
export class Scene {
  readonly desk: Desk;
  readonly taps: Tapped[] = [];

  constructor(desk: Desk) {
    this.desk = desk;
    writeFileSync(answersFile(desk), "");
  }

  run(name: string, questions: number): Terminal {
    return this.desk.run(asking(this.desk, name, questions));
  }

  /** The message that asks this, once it is there with its buttons. */
  async asked(question: string): Promise<Message> {
    return await this.desk.api.message(({ text, firstButtons }) => text.includes(`${question}: go on?`) && firstButtons.length > 0);
  }

  /** Resolves once it is kept for good that the message was sent which asks this. */
  async kept(question: string): Promise<void> {
    const { id } = await this.asked(question);
    await whenHeld(logFile(this.desk), 0, `"message":"${id}"`, () => undefined);
    // Its line is there before its row: when the store can be locked, the transaction is over.
    this.lockStore()[Symbol.dispose]();
  }

  /** Presses a button that the message was sent with, whether it shows still or not; gives what the phone is told. */
  press(label: string, message: Message, user: User = this.desk.ada): { toast(): Promise<string> } {
    const button = message.firstButtons.find(({ text }) => text === label);
    if (button?.data === undefined) throw new RangeError(`no button ${label} on ${message.text}`);
    const at = Date.now();
    const tap = user.presses(button, message);
    this.taps.push({ updateId: tap.updateId, promptId: button.data.split(":")[1] ?? "", label, isAllowed: user === this.desk.ada, at });
    return tap;
  }

  /** Acts at the moment when the log gets an entry of this type. */
  async atEntry(type: string, act: () => void): Promise<void> {
    const file = logFile(this.desk);
    await whenHeld(file, statSync(file).size, `"type":"${type}"`, act);
  }

  /** Acts at the moment when a program has read an answer to this. */
  async atAnswer(question: string, act: () => void): Promise<void> {
    await whenHeld(answersFile(this.desk), 0, ` ${question} `, act);
  }

  /** The process of the session that holds the poll, by what the store says; undefined: nobody's, or one whose session has ended. */
  pollingPid(): number | undefined {
    const sql = new Database(join(this.desk.home, "aegis.db"), { readonly: true });
    try {
      return sql.prepare<[], { pid: number }>("SELECT pid FROM sessions JOIN leases ON holder = id AND ended_at IS NULL").get()?.pid;
    } finally {
      sql.close();
    }
  }

  /** Keeps every process of this home from writing, until disposed of. */
  lockStore(): Disposable {
    const sql = new Database(join(this.desk.home, "aegis.db"));
    sql.exec("BEGIN IMMEDIATE");
    return { [Symbol.dispose]: () => sql.close() };
  }
}

/** Acts once, when the file holds `wanted` somewhere behind its first `from` bytes: now, or as soon as it is written. */
function whenHeld(file: string, from: number, wanted: string, act: () => void): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(file, look);
    let isDone = false;
    function look(): void {
      if (isDone || !readFileSync(file).subarray(from).includes(wanted)) return;
      isDone = true;
      watcher.close();
      act();
      resolve();
    }
    look();
  });
}
