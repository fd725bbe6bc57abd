import type { Clock } from "../async/clock.ts";
import type { Choice, Detection } from "../prompt/detection.ts";
import { isEnter } from "../prompt/enter.ts";
import { keystrokesFor, refuseText } from "../prompt/keystrokes.ts";
import type { Answer } from "../prompt/reply.ts";
import { Gate, Refused } from "./gate.ts";
import type { Stage } from "./stage.ts";
import { sendLine, typeLine, typeShown } from "./typing.ts";

export type { Stage } from "./stage.ts";

export type Injected =
  /** `next`: the same question stands on, with what the key changed: a box that was ticked. */
  | { readonly is: "delivered"; readonly next?: Detection }
  /** Typed, but the screen did not move on. */
  | { readonly is: "unconfirmed" }
  /** The answer was not given, at most the highlight moved. `why` is for the person who answered. */
  | { readonly is: "not_delivered"; readonly why: string };

/**
 * Types the answer to `prompt`, once, and looks whether it went in. Keys are those of the screen at this moment, not of the
 * detection: a highlight may have moved. Whatever is not as expected ends it; nothing is ever typed a second time.
 *
 * @param begin makes the intent durable; false: the question is no longer open. Comes before the last check, for it is slow.
 */
export async function inject(
  prompt: Detection,
  answer: Answer,
  stage: Stage,
  clock: Clock,
  signal: AbortSignal,
  begin: () => Promise<boolean>,
): Promise<Injected> {
  const gate = new Gate(prompt, stage, clock, signal);
  try {
    if ("text" in answer) checkText(answer.text, prompt);
    if (!(await begin())) throw new Refused("the question is no longer open");
    return await ("text" in answer ? typeReply(answer.text, gate) : press(answer.choice, gate));
  } catch (error) {
    if (error instanceof Refused) return { is: "not_delivered", why: error.message };
    throw error;
  }
}

function checkText(text: string, prompt: Detection): void {
  const why = refuseText(text, prompt);
  if (why !== undefined) throw new Refused(why);
  // Typed at a menu, a text would act on the highlighted row.
  if (prompt.type !== "free_text" && !prompt.choices.every(isEnter)) throw new Refused("this question takes one of its choices");
}

/** A reply is at most 1,024 bytes, so a line is never cut by the kernel (4,095 bytes). */
async function typeReply(text: string, gate: Gate): Promise<Injected> {
  return gate.readsLines() ? await typeLine(text, gate) : await typeShown(text, gate);
}

async function press(index: number, gate: Gate): Promise<Injected> {
  const offered = gate.prompt.choices[index];
  if (offered === undefined) throw new Refused("there is no such choice");
  const readsLines = gate.readsLines();
  const word = /^([^\x1b\r]+)\r$/.exec(keysNow(await gate.pass(), index, offered))?.[1];
  if (word === undefined) return await pressKeys(index, offered, gate);
  return readsLines ? await sendLine(word, gate) : await typeShown(word, gate);
}

/** Key by key, looking in between: arrows until the highlight has arrived, then the key that chooses. */
async function pressKeys(index: number, offered: Choice, gate: Gate): Promise<Injected> {
  for (;;) {
    const line = await gate.cursorText();
    const fresh = await gate.pass();
    const [key = "", ...rest] = keystrokesFor(keysNow(fresh, index, offered));
    await gate.write(key);
    if (rest.length === 0) return await afterLastKey(key, { fresh, line }, offered, gate);
    let left = rest.length;
    const closer = async () => {
      const now = await gate.same();
      return now !== undefined && keystrokesFor(keysNow(now, index, offered)).length <= left;
    };
    if (!(await gate.seen(async () => (await closer()) || (await gate.isAtField())))) throw new Refused(strayed);
    if (await closer()) continue;
    // An option that is a field of words, which another arrow leaves again; as the one that was chosen, it now waits for them.
    const [onward, ...after] = rest;
    if (onward === undefined || after.length === 0) return { is: "delivered" };
    left = after.length;
    await gate.write(onward);
    if (!(await gate.seen(closer))) throw new Refused(strayed);
  }
}

const strayed = "the menu did not follow the keys";

/** A row that opens a field for words: Enter there would send the empty field. */
const invitation = /^(?:type|enter|write|other|something else)\b|\btell\b.*\bwhat\b|(?:\.{3}|…)$/i;

/** What stood before a key: the question, and the cursor's row up to the cursor. */
interface Before {
  readonly fresh: Detection;
  readonly line: string | undefined;
}

/**
 * A digit takes its row at once in most menus, a letter its answer. In some the digit only moves the highlight there, or the letter is
 * only written (TTY::Prompt): seen to be so, Enter takes it.
 */
async function afterLastKey(key: string, { fresh: before, line }: Before, offered: Choice, gate: Gate): Promise<Injected> {
  const ticked = tickOf(before, offered);
  const hasTicked = async () => tickOf(await gate.same(), offered) !== ticked;
  if (await gate.seen(async () => (await gate.same()) === undefined || (await hasTicked()))) {
    const next = await gate.same();
    return next === undefined ? { is: "delivered" } : { is: "delivered", next };
  }
  const now = await gate.same();
  const onlyMoved = /^\d$/.test(key) && now?.default === offered.label && before.default !== offered.label && !invitation.test(offered.label);
  if (!onlyMoved && !(await isOnlyWritten(key, line, gate))) return { is: "unconfirmed" };
  await gate.pass();
  await gate.write("\r");
  return { is: (await gate.seen(async () => (await gate.same()) === undefined)) ? "delivered" : "unconfirmed" };
}

/** The key stands behind the question, and another is being read: who works on the answer already reads none. */
async function isOnlyWritten(key: string, line: string | undefined, gate: Gate): Promise<boolean> {
  const written = (await gate.cursorText()) ?? "";
  const bare = line?.trimEnd() ?? "";
  return bare !== "" && written.startsWith(bare) && /^\S$/u.test(key) && written.slice(bare.length).trim() === key && gate.readsKey();
}

/** The box of a choice's row, as it shows; undefined: the row has none. */
function tickOf(shown: Detection | undefined, { label }: Choice): string | undefined {
  const rows = shown?.excerpt.split("\n").filter((line) => line.includes(label)) ?? [];
  // What an option means often names it again: the row is the one with a box before the name.
  return rows.map((row) => /\[.\]|[☐☑☒◯◉◻◼]/u.exec(row.slice(0, row.indexOf(label)))?.[0]).findLast((tick) => tick !== undefined);
}

/** The keys that give the choice now. */
function keysNow(fresh: Detection, index: number, offered: Choice): string {
  const same = fresh.choices.filter((choice) => choice.label === offered.label);
  const choice = same.length === 1 ? same[0] : fresh.choices[index];
  if (choice?.label !== offered.label) throw new Refused("the choices changed before the answer arrived");
  return choice.keys;
}
