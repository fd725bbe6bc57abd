import { messageOf } from "../async/message-of.ts";
import type { Clock, Millis } from "../async/clock.ts";
import { Deadline } from "../async/deadline.ts";
import type { Detection } from "../prompt/detection.ts";
import { isEnter } from "../prompt/enter.ts";
import { refuseReply } from "../prompt/keystrokes.ts";
import { inject, type Injected } from "./injector.ts";
import { Refused } from "./gate.ts";
import type { Stage } from "./stage.ts";

/** What a person wants typed though no prompt of ours asked for it: a line with its Enter, or one key. */
export type Unasked = { readonly line: string } | { readonly key: string };

/** Between a text and its Enter, for programs that read keys (typing.ts). */
const beforeEnterMs: Millis = 250;
/** How long a program may take to show that it took a key. */
const patienceMs: Millis = 2_000;

/**
 * Types it once, if the screen asks what it asked when the person confirmed it, and nobody else types.
 * A line goes to what takes text, never into a dialog or at a password; a key goes anywhere.
 *
 * @param before what stood then; undefined: nothing asked
 * @param begin  makes the intent durable; comes before the last look
 */
export async function typeUnasked(wanted: Unasked, before: Detection | undefined, stage: Stage, { clock, signal, begin }: { clock: Clock; signal: AbortSignal; begin: () => Promise<boolean> }): Promise<Injected> {
  try {
    if ("line" in wanted) checkLine(wanted.line, before, stage);
    if ("line" in wanted && before !== undefined) return await inject(before, { text: wanted.line }, stage, clock, signal, begin);
    await begin();
    await checkScene(before, stage, signal);
    return "line" in wanted ? await typeLine(wanted.line, stage, clock, signal) : await press(wanted.key, stage, clock, signal);
  } catch (error) {
    if (error instanceof Refused) return { is: "not_delivered", why: error.message };
    throw error;
  }
}

function checkLine(line: string, before: Detection | undefined, stage: Stage): void {
  const why = refuseReply(line);
  if (why !== undefined) throw new Refused(why);
  if (before?.secret === true || hidesInput(stage)) throw new Refused("the program asks for a password, which is typed at the keyboard");
  if (before !== undefined && !before.choices.every(isEnter)) throw new Refused("a question with choices stands on the screen: tap one of its buttons, or use /keys");
}

/** The last look. @throws {@link Refused} when anything is not as it was confirmed */
async function checkScene(before: Detection | undefined, stage: Stage, signal: AbortSignal): Promise<void> {
  const now = await stage.standing();
  if (signal.aborted) throw new Refused("the session is ending");
  if (!stage.alive()) throw new Refused("the program has ended");
  if (stage.keyedSince()) throw new Refused("someone typed at the keyboard");
  if (now?.fingerprint !== before?.fingerprint || now?.default !== before?.default) throw new Refused("the screen asks something else by now");
}

function hidesInput(stage: Stage): boolean {
  const { echo, icanon } = stage.evidence() ?? {};
  return icanon === true && echo === false;
}

async function typeLine(line: string, stage: Stage, clock: Clock, signal: AbortSignal): Promise<Injected> {
  const { icanon } = stage.evidence() ?? {};
  if (icanon === true) return await press(`${line}\r`, stage, clock, signal);
  const shown = await press(line, stage, clock, signal);
  if (shown.is !== "delivered") return shown;
  await clock.sleep(beforeEnterMs, signal);
  // The text may have brought up a menu, or somebody types: the Enter would then be about something else.
  const now = await stage.standing();
  if (stage.keyedSince() || !(now?.choices ?? []).every(isEnter)) return { is: "unconfirmed" };
  return await press("\r", stage, clock, signal);
}

/** Writes, and waits for the screen to be read again. */
async function press(keys: string, stage: Stage, clock: Clock, signal: AbortSignal): Promise<Injected> {
  using patience = new Deadline(patienceMs, clock, signal);
  const settled = stage.settled(patience.signal);
  try {
    await stage.write(keys);
  } catch (error) {
    throw new Refused(messageOf(error), { cause: error });
  }
  await settled;
  return { is: patience.signal.aborted ? "unconfirmed" : "delivered" };
}
