import type { EpochMillis } from "../async/clock.ts";
import type { Nonce, Recipient } from "../prompt/nonce.ts";
import type { OrderId } from "../prompt/order.ts";
import type { PromptId, SessionId } from "../prompt/prompt.ts";
import type { MessageRef, Responder } from "../prompt/reply.ts";

/** What a button of a note does. None of it types by itself: a confirmation carries a nonce that its session checks. */
export type Press =
  /** Says which session an order is for. */
  | { readonly is: "address"; readonly order: OrderId; readonly session: SessionId }
  | { readonly is: "confirm"; readonly session: SessionId; readonly order: OrderId; readonly nonce: Nonce; readonly yes: boolean }
  /** Asks an expired prompt anew. */
  | { readonly is: "again"; readonly prompt: PromptId }
  /** Says which prompt words are for that came without saying so. */
  | { readonly is: "answer"; readonly draft: OrderId; readonly prompt: PromptId }
  | { readonly is: "mute"; readonly session: SessionId };

/** Words for people that are no prompt: the answer to a command, a reminder, a notice. */
export interface Note {
  readonly text: string;
  /** Text of the terminal, shown as it stands. */
  readonly excerpt?: string;
  readonly buttons?: ReadonlyArray<{ readonly label: string; readonly press: Press }>;
  readonly replyTo?: MessageRef;
  /** The phone does not ring. */
  readonly isSilent?: boolean;
}

/** What an admitted person wants that is no reply to a prompt: a command, words, or a tap on a note's button. */
export interface Request {
  /** `text` is "" for what is not text. */
  readonly said: { readonly text: string } | { readonly press: Press };
  readonly recipient: Recipient;
  readonly by: Responder;
  /** The command's message, or the one that bears the button. */
  readonly message: MessageRef;
  /** The message of ours to which it replies, or that opened the topic in which it stands. */
  readonly replyTo: MessageRef | undefined;
  /** When it was written, by the channel's clock; undefined: that is not known. */
  readonly at?: EpochMillis;
  /** The channel's own number for it, for the log. */
  readonly reference: string;
  /** Tells a tapper at once what comes of it. Never rejects. */
  acknowledge(words: string): Promise<void>;
}

/** What people and aegis say to each other besides prompts and their replies. */
export interface Talk {
  /** Requests as `replies` takes them in, each at most once, until `signal` aborts. */
  requests(signal: AbortSignal): AsyncIterable<Request>;
  /** @returns the message; of several, the last */
  tell(recipient: Recipient, note: Note, signal: AbortSignal): Promise<MessageRef>;
  /** Shows a picture (PNG). */
  show(recipient: Recipient, picture: Uint8Array, note: Pick<Note, "replyTo" | "isSilent">, signal: AbortSignal): Promise<MessageRef>;
  /** Puts other words into a note, and takes its buttons off. */
  amend(message: MessageRef, note: Note, signal: AbortSignal): Promise<void>;
  /** Keeps a message in sight above all others. No phone rings. */
  pin(message: MessageRef, signal: AbortSignal): Promise<void>;
  /** Puts the commands into the channel's menu. */
  announce(commands: ReadonlyArray<{ readonly command: string; readonly description: string }>, signal: AbortSignal): Promise<void>;
}
