import { awaited } from "../../prompt/awaited.ts";
import type { Detection } from "../../prompt/detection.ts";
import type { SessionCard } from "../../prompt/prompt.ts";
import type { Offer } from "../../prompt/routing.ts";
import type { Ask } from "../channel.ts";
import { maxButtons } from "./keyboard.ts";
import { RichText } from "./rich-text.ts";
import { maxParts, split, trimmed } from "./split.ts";
import { visible, visibleLine } from "../visible.ts";

/** What is said of a prompt: in one message, in several, or in a file and one message. The last message takes the buttons, and later the outcome. */
export interface Rendered {
  /** A text that is too long for messages, whole. */
  readonly document: { readonly name: string; readonly content: string } | undefined;
  /** At least one, each at most 4,096 UTF-16 units, with room in the last for the outcome. */
  readonly parts: readonly RichText[];
}

/** UTF-16 units of the child's text in one message; with heading, hint and outcome it stays below Telegram's 4,096. */
const maxBody = 2_800;
const maxHeadingLine = 250;

/** @param redact takes secrets out of a text before it leaves the machine */
export function renderAsk(ask: Ask, redact: (text: string) => string): Rendered {
  return layOut(ask, hintFor(ask.prompt.detection, ask.offer), redact);
}

/** The last message of a prompt that is no longer open: what it showed, without how to answer it. */
export function renderClosed(ask: Ask, redact: (text: string) => string): RichText {
  return layOut(ask, "", redact).parts.at(-1) ?? new RichText();
}

function layOut({ prompt, session, offer }: Ask, hint: string, redact: (text: string) => string): Rendered {
  const { detection } = prompt;
  const head = heading(session, detection, redact);
  if (detection.secret && !offer.choices && !offer.text) {
    return { document: undefined, parts: [head.plus("\nA password or other secret is asked for. It waits at the keyboard.")] };
  }
  // An entity needs something to stand on.
  const body = trimmed(visible(redact(wholeText(detection)))) || "(the screen shows no text)";
  const pieces = split(body, maxBody);
  if (pieces.length > maxParts) {
    const end = lastLines(body, maxBody);
    const note = `The whole text, ${body.length} characters, is in the file above; it ends:\n`;
    return { document: { name: `prompt-${prompt.id}.txt`, content: `${head.text}\n${body}\n` }, parts: [head.plus("\n").plus(note).plus(end, "pre").plus(hint)] };
  }
  const parts = pieces.map((piece, index) => {
    const lead = index === 0 ? head.plus("\n") : new RichText();
    const count = pieces.length === 1 ? "" : `part ${index + 1} of ${pieces.length}\n`;
    const isLast = index === pieces.length - 1;
    return lead.plus(count).plus(piece, "pre").plus(isLast ? hint : "");
  });
  return { document: undefined, parts };
}

function heading(session: SessionCard, detection: Detection, redact: (text: string) => string): RichText {
  const line = (text: string): string => visibleLine(redact(text), maxHeadingLine);
  const verb = detection.idle ? ` waits for ${awaited(detection)}\n` : " asks\n";
  return new RichText()
    .plus(line(session.name), "code")
    .plus(verb)
    .plus(line(session.command.join(" ")), "code")
    .plus("\nin ")
    .plus(line(session.cwd), "code")
    .plus(`\n${layerWords[detection.layer]} `)
    .plus(line(detection.pattern), "code")
    .plus(`, ${detection.confidence.toFixed(2)} (${detection.layer} layer)\n`);
}

const layerWords = {
  structured: "told by the program:",
  pattern: "seen on the screen:",
  stall: "silent, seems to wait:",
} as const satisfies Record<Detection["layer"], string>;

/** The excerpt, which holds the question on a screen; a structured source may give them apart. */
function wholeText({ question, excerpt }: Detection): string {
  return excerpt.includes(question) ? excerpt : `${question}\n\n${excerpt}`;
}

function hintFor({ choices, secret }: Detection, offer: Offer): string {
  const hints = [
    offer.choices && choices.length > maxButtons ? `Only ${maxButtons} of ${choices.length} choices have a button; the others are at the keyboard.` : "",
    offer.text && offer.choices ? "Or reply to this message with an answer of your own." : "",
    offer.text && !offer.choices ? "To answer, reply to this message." : "",
    offer.text && secret ? "Telegram will have seen it; your message is deleted once it is sent to the terminal." : "",
    !offer.text && !offer.choices ? "It is answered at the keyboard." : "",
  ].filter((hint) => hint !== "");
  return hints.length === 0 ? "" : `\n${hints.join("\n")}`;
}

/** The end of a text, from the beginning of a line where there is one. */
function lastLines(text: string, max: number): string {
  const end = text.slice(-max).replace(/^[\uDC00-\uDFFF]/, "");
  const line = end.indexOf("\n");
  return line === -1 || line > max / 2 ? end : end.slice(line + 1);
}
