import { awaited } from "../../prompt/awaited.ts";
import type { Choice, Layer } from "../../prompt/detection.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { Prompt, SessionCard } from "../../prompt/prompt.ts";
import type { Ask } from "../channel.ts";
import { visible } from "../visible.ts";
import type { ChoiceView, Ending, PromptView, SessionLabel } from "./wire.ts";

/** What a tab shows of a prompt; one that no longer waits has no way left to answer it. */
export function viewOf(ask: Ask, recipient: Recipient, ending: Ending | null): PromptView {
  const past = pastView(ask.prompt, ask.session, ending);
  if (ending !== null) return past;
  const { choices, text } = ask.offer;
  return { ...past, quiet: past.idle || ask.isQuiet === true, choices: choices ? choicesOf(ask, recipient) : [], textNonce: text ? ask.nonceFor("text", recipient) : null };
}

/** A prompt without any way to answer it. */
export function pastView({ detection, id, openedAt, expiresAt }: Prompt, session: SessionCard, ending: Ending | null): PromptView {
  return {
    id,
    session: labelOf(session),
    seenBy: `${layerWords[detection.layer]}, ${Math.round(detection.confidence * 100)} % sure`,
    question: visible(detection.question) || `Waits for ${awaited(detection)}`,
    excerpt: visible(detection.excerpt),
    choices: [],
    textNonce: null,
    secret: detection.secret,
    idle: detection.idle,
    quiet: detection.idle,
    enterGives: detection.default === undefined ? null : visible(detection.default),
    openedAt,
    expiresAt,
    ending,
  };
}

export function labelOf(session: SessionCard): SessionLabel {
  return { name: visible(session.name), command: visible(session.command.map(shellWord).join(" ")), cwd: visible(session.cwd) };
}

const layerWords: Record<Layer, string> = {
  structured: "told by the program itself",
  pattern: "read from the screen",
  stall: "guessed: the program is silent and reads the keyboard",
};

function choicesOf(ask: Ask, recipient: Recipient): ChoiceView[] {
  const shown = ask.prompt.detection.choices.map((choice, index) => choiceView(choice, index, ask, recipient));
  return [...shown.filter(({ declines }) => !declines), ...shown.filter(({ declines }) => declines)];
}

function choiceView({ label, declines }: Choice, index: number, ask: Ask, recipient: Recipient): ChoiceView {
  return { choice: index, label: visible(label), declines, nonce: ask.nonceFor(index, recipient) };
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
