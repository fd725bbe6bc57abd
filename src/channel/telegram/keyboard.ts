import type { Recipient } from "../../prompt/nonce.ts";
import type { Ask } from "../channel.ts";
import { callbackData } from "./callback.ts";
import { visibleLine } from "../visible.ts";

export interface Keyboard {
  inline_keyboard: { text: string; callback_data: string }[][];
}

/** In UTF-16 units; the whole label stands in the message. */
const maxLabel = 60;
/** Telegram takes a hundred buttons. */
export const maxButtons = 100;

/** One button per choice, one per row, the declining ones last. Undefined: no choice may be made from afar. */
export function keyboardFor(ask: Ask, recipient: Recipient, redact: (text: string) => string): Keyboard | undefined {
  const { prompt, offer } = ask;
  if (!offer.choices) return undefined;
  const rows = offeredChoices(ask).map((choice) => {
    const label = visibleLine(redact(prompt.detection.choices[choice]?.label ?? ""), maxLabel);
    const nonce = ask.nonceFor(choice, recipient);
    return [{ text: label === "" ? `Choice ${choice + 1}` : label, callback_data: callbackData({ promptId: prompt.id, nonce, choice }) }];
  });
  return { inline_keyboard: rows };
}

/** Indexes of the choices that get a button, in the order of the buttons. */
function offeredChoices({ prompt }: Ask): number[] {
  const all = prompt.detection.choices.map((choice, index) => ({ index, declines: choice.declines }));
  const declining = all.filter((choice) => choice.declines).slice(0, maxButtons);
  const others = all.filter((choice) => !choice.declines).slice(0, maxButtons - declining.length);
  return [...others, ...declining].map((choice) => choice.index);
}
