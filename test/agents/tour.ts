import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Message } from "../botapi/chat.ts";
import type { Terminal } from "../e2e/terminal.ts";
import type { Agent } from "./agent.ts";
import { Phone } from "./phone.ts";
import { keep, seenIn, type Result } from "./results.ts";
import { Studio } from "./studio.ts";
import type { Scene } from "./model/scene.ts";

/** What the person does when a prompt comes: on the phone, or at the keyboard. */
export type Move = { readonly asks: RegExp; readonly buttons?: readonly RegExp[] } & ({ readonly taps: string | RegExp } | { readonly replies: string } | { readonly types: string; readonly once: RegExp });

/** One dialog of an agent with one of its choices, from the instruction to the effect. */
export interface Visit {
  /** The dialog, as the README's table calls it. */
  readonly dialog: string;
  /** Words of the instruction, beside the scene's name. */
  readonly says?: string;
  readonly scene: (studio: Studio) => Scene;
  readonly moves: readonly Move[];
  /** What the choice did: in the file system, or in what the model heard. */
  readonly effect: (studio: Studio) => void | Promise<void>;
}

/** Why a test is skipped that "npm test" has no time for; undefined when all are asked for. */
export const onlyInFull = process.env["AEGIS_AGENTS"] === "all" ? undefined : 'only by "npm run test:agents"';

/** Longer than a prompt stands whose composer shows again. */
const keyPatienceMs = 6_000;

interface Circumstances {
  readonly skip?: string | undefined;
  readonly args?: readonly string[];
  /** Options of `aegis run`. */
  readonly flags?: readonly string[];
  /** What the person does at the desk before the first instruction. */
  readonly begins?: (terminal: Terminal) => Promise<void>;
}

/** Leads one agent through its dialogs in one session: every instruction comes from the phone, as a reply to the turn's end. */
export function tour(title: string, agent: Agent, visits: readonly Visit[], { skip, args = [], flags = [], begins }: Circumstances = {}): void {
  test(`${agent.name} ${agent.version}: ${title}`, { skip: skip ?? false }, async (context) => {
    const studio = await opened(agent, context);
    if (studio === undefined) return;
    await using _ = studio;
    const terminal = studio.run({ args, start: [...flags, studio.executable] });
    const phone = new Phone(studio.desk);
    let over = await phone.turnOver();
    await begins?.(terminal);
    let isLost = false;
    for (const [index, visit] of visits.entries()) {
      await context.test(`${visit.dialog}: ${visit.moves.map(answerOf).join(", ")}`, { skip: isLost ? "the tour was lost before" : false }, async () => {
        isLost = true;
        const name = `visit-${index}`;
        studio.model.plays(name, visit.scene(studio));
        const before = phone.prompts.length;
        await instruct(studio, phone, over, [visit.says, `scene:${name}`].join(" ").trim());
        // A busy machine's agent may show an empty composer for seconds before it begins.
        await studio.model.hears(new RegExp(`scene:${name}\\b`));
        const results: Result[] = [];
        for (const move of visit.moves) {
          const prompt = await make(move, studio, phone, terminal);
          results.push({ agent: agent.name, version: agent.version, dialog: visit.dialog, seen: seenIn(prompt.text), answered: answerOf(move) });
        }
        over = await phone.turnOver();
        assert.equal(phone.prompts.length - before, visit.moves.length, `each question is one prompt\n${phone.transcript}`);
        await visit.effect(studio);
        keep(results);
        isLost = false;
      });
    }
  });
}

/** The agent's studio; undefined, and the test skipped, when npm can't give the agent. */
export async function opened(agent: Agent, context: TestContext): Promise<Studio | undefined> {
  try {
    return await Studio.open(agent);
  } catch (error) {
    context.skip(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Replies to the turn's end; on a busy machine an agent's composer shows between two steps, and that message is over when the reply comes. */
async function instruct({ desk }: Studio, phone: Phone, over: Message, words: string): Promise<void> {
  for (let at = over; ; at = await phone.turnOver()) {
    desk.ada.replies(words, { to: at });
    const outcome = await phone.outcome(at);
    if (/Delivered/.test(outcome)) return;
    assert.match(outcome, /It works on/, phone.transcript);
  }
}

/** Gives the prompt that was answered. */
async function make(move: Move, { desk }: Studio, phone: Phone, terminal: Terminal): Promise<Message> {
  const prompt = await phone.prompt();
  const asked = prompt.text;
  assert.match(asked, move.asks);
  for (const [index, label] of (move.buttons ?? []).entries()) assert.match(prompt.buttons[index]?.text ?? "", label);
  if (move.buttons) assert.equal(prompt.buttons.length, move.buttons.length);
  if ("types" in move) {
    assert.match(await typed(move, prompt, phone, terminal), /keyboard/i);
    return prompt;
  }
  if ("taps" in move) {
    const { taps } = move;
    const button = prompt.buttons.find(({ text }) => (typeof taps === "string" ? text === taps : taps.test(text)));
    assert.ok(button, `no button ${taps} among ${prompt.buttons.map(({ text }) => text).join(", ")}`);
    desk.ada.presses(button, prompt);
  } else desk.ada.replies(move.replies, { to: prompt });
  assert.match(await phone.outcome(prompt), /Delivered/);
  return prompt;
}

/** Types until the dialog takes the key: in its first moment Claude Code takes none, lest a word that is being typed answers it. */
async function typed({ types, once }: Extract<Move, { types: string }>, prompt: Message, phone: Phone, terminal: Terminal): Promise<string> {
  for (;;) {
    await terminal.shows(once);
    terminal.type(types);
    try {
      return await phone.outcome(prompt, keyPatienceMs);
    } catch {
      continue;
    }
  }
}

/** A label that names a folder or a port is told by its beginning. */
function answerOf(move: Move): string {
  return "taps" in move ? (typeof move.taps === "string" ? `"${move.taps}"` : `"${move.taps.source.replace("^", "")}…"`) : "replies" in move ? "in words" : "at the keyboard";
}
