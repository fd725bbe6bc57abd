import { messageOf } from "../../async/message-of.ts";
import type { Clock, Millis } from "../../async/clock.ts";
import { Later } from "../../async/later.ts";
import type { Note } from "../../channel/talk.ts";
import type { Json } from "../../prompt/event.ts";
import type { NonceKey } from "../../prompt/nonce.ts";
import { remoteKeys, type Order, type OrderId } from "../../prompt/order.ts";
import type { SessionCard } from "../../prompt/prompt.ts";
import type { MessageRef } from "../../prompt/reply.ts";
import { injectionEvents } from "../../store/attestation.ts";
import type { Store } from "../../store/store.ts";
import type { Injected } from "../../terminal/injector.ts";
import type { Unasked } from "../../terminal/unasked.ts";
import type { Attention } from "../attention.ts";
import type { Notes } from "../notes.ts";
import type { Report } from "../report.ts";
import { Confirmations, confirmMs } from "./confirmations.ts";
import type { Hands, Moment } from "./hands.ts";

export interface OrderParts {
  readonly session: SessionCard;
  readonly store: Store;
  readonly notes: Notes;
  readonly clock: Clock;
  readonly report: Report;
  readonly attention: Attention;
  readonly hands: Hands;
  readonly nonceKey: NonceKey;
  readonly mintId: () => OrderId;
  /** Takes secrets out of what the terminal shows. */
  readonly redact: (text: string) => string;
  /** Asks an expired prompt anew; false: its question stands no longer. */
  readonly askAgain: (promptId: string) => Promise<boolean>;
}

/** What must be confirmed before it is done. */
type Deed = { readonly is: "type"; readonly wanted: Unasked; readonly moment: Moment } | { readonly is: "stop" };

interface Asked {
  readonly deed: Deed;
  readonly order: Order;
  /** The question; undefined: it could not be sent. */
  readonly message: Promise<MessageRef | undefined>;
}

const muteMs: Millis = 600_000;
/** Lines of the screen that are shown with a question about a key. */
const sceneLines = 12;

/** Executes what people want of this session, and answers them. A row of the database alone types nothing and ends nothing. */
export class Orders {
  readonly #parts: OrderParts;
  readonly #confirmations: Confirmations<Asked>;

  constructor(parts: OrderParts) {
    this.#parts = parts;
    this.#confirmations = new Confirmations(parts.nonceKey, parts.clock);
  }

  /** Until `signal` aborts. One that fails is told in the log, and keeps none of the others. */
  async execute(signal: AbortSignal): Promise<void> {
    const { store, session, report } = this.#parts;
    for await (const order of store.orders(session.id, signal)) {
      this.#carryOut(order, signal).catch((error: unknown) => report.log("warn", `/${order.verb} failed: ${messageOf(error)}`));
    }
  }

  async #carryOut(order: Order, signal: AbortSignal): Promise<void> {
    const { attention, hands, notes, session, askAgain } = this.#parts;
    const answer = async (note: Note): Promise<unknown> => await notes.tell(order.recipient, { isSilent: true, ...replying(order), ...note }, signal);
    switch (order.verb) {
      case "screen":
        await this.#show(order, signal);
        return;
      case "tail":
        await answer({ text: `The last lines of ${session.name}:`, excerpt: this.#shown(await hands.lines(Number(order.argument) || sceneLines)) });
        return;
      case "pause":
        await attention.pause();
        await answer({ text: `${session.name} is paused: it asks nothing, and taps count for nothing. At the desk, "aegis resume ${session.id}" resumes it.` });
        return;
      case "resume":
        if (order.by.channel === "desk") await attention.resume();
        else await answer({ text: `${session.name} is resumed only at the desk: aegis resume ${session.id}` });
        return;
      case "mute":
        await attention.mute(muteMs);
        await answer({ text: `${session.name} asks nothing for ten minutes. Its questions wait at the terminal; what still stands then is asked.` });
        return;
      case "again":
        if (!(await askAgain(order.argument))) await answer({ text: "That question no longer stands." });
        return;
      case "input":
      case "keys":
      case "stop":
        await this.#confirm(order, signal);
        return;
      case "confirm":
        await this.#confirmed(order, signal);
    }
  }

  async #show(order: Order, signal: AbortSignal): Promise<void> {
    const { hands, notes, session, report } = this.#parts;
    // Both of the same moment: the text may take its time to be sent.
    const taken = hands.picture().catch((error: unknown) => report.log("warn", `no picture: ${messageOf(error)}`));
    const lines = this.#shown(await hands.lines(undefined));
    await notes.tell(order.recipient, { text: `${session.name} shows now:${lines === "" ? " nothing" : ""}`, excerpt: lines, isSilent: true, ...replying(order) }, signal);
    const picture = await taken;
    if (picture !== undefined) await notes.show(order.recipient, picture, { isSilent: true, ...replying(order) }, signal);
  }

  /** Asks again before anything is done: the message shows what, and only its own button does it. */
  async #confirm(order: Order, signal: AbortSignal): Promise<void> {
    const { notes, clock, mintId, hands } = this.#parts;
    const moment = await hands.now();
    const deed = deedOf(order, moment);
    if (deed === undefined) return;
    const id = mintId();
    const sent = new Later<MessageRef | undefined>();
    const { yes, no } = this.#confirmations.add(id, { deed, order, message: sent.value }, order.recipient);
    const session = this.#parts.session.id;
    const buttons = [
      { label: deed.is === "stop" ? "Stop it" : "Type it", press: { is: "confirm", session, order: id, nonce: yes, yes: true } },
      { label: "Don't", press: { is: "confirm", session, order: id, nonce: no, yes: false } },
    ] as const;
    const message = await notes.tell(order.recipient, { ...(await this.#question(order, moment)), buttons, ...replying(order) }, signal);
    sent.resolve(message);
    await clock.sleep(confirmMs, signal);
    if (this.#confirmations.drop(id) && message !== undefined && !signal.aborted) await notes.amend(message, { text: `Not confirmed within a minute: nothing was ${doneWord(deed)}.` }, signal);
  }

  async #question(order: Order, { standing }: Moment): Promise<Note> {
    const { session, hands, redact } = this.#parts;
    const who = `asked by ${order.by.name}, good for a minute`;
    if (order.verb === "input") {
      const where = standing === undefined ? "It asks nothing now." : `It asks: ${redact(standing.question)}`;
      return { text: `Type this line and Enter into ${session.name}? (${who})\n${where}`, excerpt: order.argument };
    }
    const scene = this.#shown(await hands.lines(sceneLines));
    const what = order.verb === "stop" ? `Stop ${session.name} (${session.command.join(" ")})?` : `Press ${order.argument} in ${session.name}?`;
    return { text: `${what} (${who}) It shows:`, excerpt: scene };
  }

  async #confirmed(order: Order, signal: AbortSignal): Promise<void> {
    const { notes, report, session } = this.#parts;
    const [id = "", nonce = ""] = order.argument.split(":");
    const taken = this.#confirmations.take(id, nonce, order.recipient);
    if (taken === undefined) {
      report.log("warn", `a confirmation of nothing that waits, by ${order.by.name}`);
      return;
    }
    const { deed, order: original } = taken.what;
    const message = await taken.what.message;
    const words = taken.answer === "no" ? `Nothing was ${doneWord(deed)}.` : await this.#done(deed, original, order);
    if (message !== undefined) await notes.amend(message, { text: `${session.name}, ${describe(original)}: ${words}`, ...(original.verb === "input" ? { excerpt: original.argument } : {}) }, signal);
  }

  async #done(deed: Deed, original: Order, confirmed: Order): Promise<string> {
    const { hands } = this.#parts;
    const facts = { order: original.id, verb: original.verb, by: { ...confirmed.by } };
    if (deed.is === "stop") {
      await this.#record("command.done", facts);
      hands.stop();
      return "told to end.";
    }
    const began = async (): Promise<boolean> => {
      await this.#record("inject.intent", facts);
      return true;
    };
    const injected = await hands.type(deed.wanted, deed.moment, began);
    await this.#record(injectionEvents[injected.is], injected.is === "not_delivered" ? { ...facts, why: injected.why } : facts);
    return outcomeWords(injected);
  }

  async #record(type: string, data: { readonly [key: string]: Json }): Promise<void> {
    const { store, clock, session } = this.#parts;
    await store.record({ type, at: clock.wall(), sessionId: session.id, data });
  }

  #shown(text: string): string {
    return this.#parts.redact(text).trimEnd();
  }
}

/** undefined: a key that there is not. */
function deedOf({ verb, argument }: Order, moment: Moment): Deed | undefined {
  if (verb === "stop") return { is: "stop" };
  if (verb === "input") return { is: "type", wanted: { line: argument }, moment };
  const key = remoteKeys.get(argument);
  return key === undefined ? undefined : { is: "type", wanted: { key }, moment };
}

function outcomeWords(injected: Injected): string {
  switch (injected.is) {
    case "delivered":
      return "typed.";
    case "unconfirmed":
      return "typed, but the screen did not move on.";
    case "not_delivered":
      return `not typed: ${injected.why}.`;
  }
}

function describe({ verb, argument }: Order): string {
  return verb === "keys" ? `/keys ${argument}` : `/${verb}`;
}

function doneWord(deed: Deed): string {
  return deed.is === "stop" ? "stopped" : "typed";
}

function replying({ message }: Order): Pick<Note, "replyTo"> {
  return message === undefined ? {} : { replyTo: message };
}
