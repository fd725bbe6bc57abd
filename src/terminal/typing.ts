import type { Millis } from "../async/clock.ts";
import type { Detection } from "../prompt/detection.ts";
import { isEnter } from "../prompt/enter.ts";
import { Refused, type Gate } from "./gate.ts";
import type { Injected } from "./injector.ts";

/** Between a text and its Enter: Claude Code 2.1.100 takes an Enter within 150 ms of a paste for a part of it, Gemini within 50. */
const beforeEnterMs: Millis = 250;

/** Types an answer into a program that is given whole lines, in one write: nothing can come between. */
export async function typeLine(text: string, gate: Gate): Promise<Injected> {
  await gate.pass();
  return await sendLine(text, gate);
}

/** The same, right after the gate was passed. */
export async function sendLine(text: string, gate: Gate): Promise<Injected> {
  checkOneLine(text);
  await gate.write(`${text}\r`);
  return { is: (await gate.seen(async () => (await gate.same()) === undefined)) ? "delivered" : "unconfirmed" };
}

/** Types an answer into a program that reads keys: the text, and, once it shows, Enter in a write of its own. */
export async function typeShown(text: string, gate: Gate): Promise<Injected> {
  const before = await gate.cursorText();
  const stands = standingIn(before, gate.prompt);
  const isReply = gate.prompt.choices.every(isEnter);
  const pastes = isReply && (await gate.takesPastes());
  if (!pastes) checkOneLine(text);
  await gate.pass();
  // What stands in the line would begin the answer.
  const erase = "\x7f".repeat(Array.from(stands).length);
  await gate.write(`${erase}${pastes ? `\x1b[200~${text}\x1b[201~` : text}`);
  const shows = async () => gate.hidesInput || before === undefined || stands === text || (await gate.cursorText()) !== before;
  if (!(await gate.seen(shows))) return { is: "unconfirmed" };
  await gate.pause(beforeEnterMs);
  // Enter would untick it (Claude Code).
  if (await gate.hasKept(text)) return { is: "delivered" };

  const shown = await gate.cursorText();
  // Some programs act at the first key. What then stands was not asked, and must not get the Enter.
  if (!(await isUnderWay(text, before, shown, gate))) return { is: isReply ? "unconfirmed" : "delivered" };
  await gate.write("\r");
  const letGo = async () => (shown !== undefined && (await gate.cursorText()) !== shown) || (await gate.same()) === undefined;
  return { is: (await gate.seen(letGo)) ? "delivered" : "unconfirmed" };
}

/** The answer that a program wrote into its line to start from ("Save as: default.txt"); "" when there is none. */
function standingIn(line: string | undefined, { type, default: preset }: Detection): string {
  return type === "free_text" && preset !== undefined && preset !== "" && line?.endsWith(` ${preset}`) === true ? preset : "";
}

/** Outside a paste, each line's end would be an Enter of its own. */
function checkOneLine(text: string): void {
  if (text.includes("\n")) throw new Refused("this program takes one line at a time");
}

/** The text stands at the cursor, not yet sent: the question still there, or its row with the text added, or nothing else asked. */
async function isUnderWay(text: string, before: string | undefined, shown: string | undefined, gate: Gate): Promise<boolean> {
  if ((await gate.same()) !== undefined) return true;
  if (before !== undefined && shown?.startsWith(before.trimEnd()) === true && shown.endsWith(text)) return true;
  // A composer may show a long paste as "[Pasted text #1]", so for text any change of its row will do, unless a menu came up.
  return gate.prompt.choices.every(isEnter) && !(await gate.asksElse());
}
