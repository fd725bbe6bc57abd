import { messageOf } from "../../async/message-of.ts";
import type { Clock } from "../../async/clock.ts";
import type { Note, Press, Request, Talk } from "../../channel/talk.ts";
import { capitalised } from "../../prompt/capitalised.ts";
import { parseCommand, type Command } from "../../prompt/command.ts";
import { redact } from "../../prompt/redact.ts";
import type { Json } from "../../prompt/event.ts";
import type { Order, OrderId } from "../../prompt/order.ts";
import type { SessionId } from "../../prompt/prompt.ts";
import type { Policy } from "../../prompt/routing.ts";
import type { SessionRow, Store } from "../../store/store.ts";
import type { Report } from "../report.ts";
import { Words } from "./words.ts";
import { helpText, pendingText, statusText } from "./overview.ts";

export interface FrontDeskParts {
  readonly channel: string;
  readonly talk: Talk;
  readonly store: Store;
  readonly clock: Clock;
  readonly report: Report;
  readonly mintId: () => OrderId;
  /** Which answers questions take. */
  readonly policy: Policy;
  readonly isAlive: (session: SessionRow) => boolean;
}

/** Takes the requests of a channel that this process polls: answers what concerns all sessions, hands the rest to its session. */
export class FrontDesk {
  readonly #parts: FrontDeskParts;
  readonly #words: Words;

  constructor(parts: FrontDeskParts) {
    this.#parts = parts;
    this.#words = new Words({ ...parts, running: () => this.#running() });
  }

  /** Until `signal` aborts. */
  async serve(signal: AbortSignal): Promise<void> {
    const { talk, report } = this.#parts;
    for await (const request of talk.requests(signal)) {
      try {
        await ("press" in request.said ? this.#pressed(request, request.said.press, signal) : this.#written(request, request.said.text, signal));
      } catch (error) {
        report.log("warn", `request ${request.reference} failed: ${messageOf(error)}`);
        await request.acknowledge("It could not be done: aegis cannot write its log");
      }
    }
  }

  async #written(request: Request, text: string, signal: AbortSignal): Promise<void> {
    const command = parseCommand(text);
    if (command === undefined) {
      const note = await this.#words.said(request, text);
      if (note !== undefined) this.#tell(request, note, signal);
      return;
    }
    switch (command.is) {
      case "unknown":
      case "refused": {
        const why = command.is === "refused" ? command.why : "there is no such command";
        await this.#record("command.refused", request, { why });
        return this.#tell(request, { text: `${capitalised(why)}. /help says what there is.` }, signal);
      }
      case "overview":
        await this.#record("command", request, { verb: command.of });
        return this.#tell(request, { text: this.#overview(command.of) }, signal);
      case "order":
        return await this.#order(request, command, signal);
    }
  }

  /** The session that is meant; never guessed: with several, the person says which. */
  async #order(request: Request, { verb, argument }: Extract<Command, { is: "order" }>, signal: AbortSignal): Promise<void> {
    const { store } = this.#parts;
    const running = this.#running();
    const replied = request.replyTo && store.sessionOf(request.replyTo);
    if (replied !== undefined && !running.some(({ id }) => id === replied)) return await this.#refuse(request, "that session has ended", signal);
    if (running.length === 0) return await this.#refuse(request, "no session runs", signal);
    const [only] = running.length === 1 ? running : [];
    const order = this.#orderFor(request, { verb, argument, sessionId: replied ?? only?.id });
    await store.placeOrder(order);
    if (order.sessionId !== undefined) return;
    const buttons = running.map(({ id, name, command }) => ({ label: `${name} (${id}): ${redact(command.join(" "))}`, press: { is: "address", order: order.id, session: id } as const }));
    this.#tell(request, { text: `Which session is /${verb} for?`, buttons }, signal);
  }

  async #pressed(request: Request, press: Press, signal: AbortSignal): Promise<void> {
    const { store } = this.#parts;
    switch (press.is) {
      case "address": {
        const session = this.#running().find(({ id }) => id === press.session);
        const isTaken = session !== undefined && (await store.addressOrder(press.order, { sessionId: session.id, recipient: request.recipient }));
        if (!isTaken) return await this.#stale(request);
        await this.#record("command.addressed", request, { order: press.order, session: press.session });
        await request.acknowledge("Passed on");
        return this.#amend(request, { text: `For ${session.name} (${session.id}).` }, signal);
      }
      case "confirm":
        return await this.#pass(request, press.session, { verb: "confirm", argument: `${press.order}:${press.nonce}` });
      case "again": {
        const session = store.prompts({ id: press.prompt })[0]?.prompt.sessionId;
        return await this.#pass(request, session, { verb: "again", argument: press.prompt });
      }
      case "answer": {
        const note = await this.#words.chosen(request, press);
        if (note === undefined) return await this.#stale(request);
        return this.#amend(request, note, signal);
      }
      case "mute":
        return await this.#pass(request, press.session, { verb: "mute", argument: "" });
    }
  }

  async #pass(request: Request, sessionId: SessionId | undefined, given: Pick<Order, "verb" | "argument">): Promise<void> {
    if (sessionId === undefined || !this.#isRunning(sessionId)) return await this.#stale(request);
    await this.#parts.store.placeOrder(this.#orderFor(request, { ...given, sessionId }));
    await request.acknowledge("Passed on");
  }

  async #stale(request: Request): Promise<void> {
    await this.#record("command.refused", request, { why: "its session has ended, or it was done before" });
    await request.acknowledge("Its session has ended, or it was done before");
  }

  async #refuse(request: Request, why: string, signal: AbortSignal): Promise<void> {
    await this.#record("command.refused", request, { why });
    this.#tell(request, { text: `${capitalised(why)}.` }, signal);
  }

  #overview(of: "status" | "pending" | "help"): string {
    const { store, clock } = this.#parts;
    if (of === "help") return helpText();
    const write = of === "status" ? statusText : pendingText;
    return redact(write(this.#running(), store.prompts({ open: true }), clock.wall()));
  }

  #running(): SessionRow[] {
    const { store, isAlive, channel } = this.#parts;
    return store.sessions({ running: true }).filter((row) => isAlive(row) && row.channel.split("+").includes(channel));
  }

  #isRunning(sessionId: SessionId): boolean {
    return this.#running().some(({ id }) => id === sessionId);
  }

  #orderFor({ recipient, by, message }: Request, given: Pick<Order, "verb" | "argument" | "sessionId">): Order {
    return { id: this.#parts.mintId(), ...given, recipient, by, message, at: this.#parts.clock.wall() };
  }

  /** The next request must not wait for the network. */
  #tell(request: Request, note: Note, signal: AbortSignal): void {
    const { talk, report } = this.#parts;
    talk.tell(request.recipient, { isSilent: true, replyTo: request.message, ...note }, signal).catch((error: unknown) => report.log("warn", `an answer was not told: ${messageOf(error)}`));
  }

  /** What was pressed is done, even if its message can't say so. */
  #amend({ message }: Request, note: Note, signal: AbortSignal): void {
    const { talk, report } = this.#parts;
    talk.amend(message, note, signal).catch((error: unknown) => report.log("warn", `a message could not be changed: ${messageOf(error)}`));
  }

  async #record(type: string, { by, recipient, reference }: Request, data: { readonly [key: string]: Json }): Promise<void> {
    const { store, clock } = this.#parts;
    await store.record({ type, at: clock.wall(), sessionId: undefined, data: { ...data, by: { ...by }, recipient, update: reference } });
  }
}
