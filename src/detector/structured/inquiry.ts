import type { Detection } from "../../prompt/detection.ts";
import type { Json } from "../../prompt/event.ts";
import type { Answer } from "../../prompt/reply.ts";

/** A question as its own program tells it. */
export type Asked = Pick<Detection, "type" | "question" | "excerpt" | "choices" | "default" | "secret">;

/** What an answer leads to: what the program is told, or the next question of the same call. */
export type Taken = { readonly reply: Json } | { readonly next: Inquiry };

/** A program's call for a person, and how it is answered without keys. */
export interface Inquiry {
  /** Names the source, e.g. "claude.permission". */
  readonly source: string;
  readonly asked: Asked;
  /** @throws RangeError for a choice that was not on offer */
  take(answer: Answer): Taken;
}

/** What a hook tells: a question, or that the program's turn is over with these last words. */
export type Notice = { readonly is: "asks"; readonly inquiry: Inquiry } | { readonly is: "turn_over"; readonly lastWords: string };

/** An option of a question, and what becomes of it. Nothing is typed for it. */
export interface Option {
  readonly label: string;
  readonly declines: boolean;
  take(): Taken;
}

/** @param byText  what a reply in words leads to */
export function inquiryOf(source: string, asked: Omit<Asked, "choices" | "default" | "secret">, options: readonly Option[], byText: (text: string) => Taken): Inquiry {
  return {
    source,
    asked: { ...asked, choices: options.map(({ label, declines }) => ({ label, declines, keys: "" })), default: undefined, secret: false },
    take(answer) {
      if ("text" in answer) return byText(answer.text);
      const option = options[answer.choice];
      if (option === undefined) throw new RangeError(`there is no choice ${answer.choice}`);
      return option.take();
    },
  };
}
