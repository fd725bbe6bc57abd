import assert from "node:assert/strict";
import { test } from "node:test";
import type { Terminal } from "../e2e/terminal.ts";
import type { Agent, Settled } from "./agent.ts";
import { Phone } from "./phone.ts";
import { keep, seenIn, type Result } from "./results.ts";
import type { Studio } from "./studio.ts";
import { opened } from "./tour.ts";

/** A question on the way to the composer, and its answer. */
export interface Step {
  /** The dialog, as the README's table calls it. */
  readonly dialog: string;
  readonly asks: RegExp;
  readonly buttons: readonly string[];
  readonly taps: string;
}

/** What an agent asks before, or instead of, its first turn. */
export interface Gate {
  readonly agent: Agent;
  readonly settled?: Settled;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** The first instruction, once the composer shows. */
  readonly begins?: (studio: Studio, phone: Phone) => Promise<void>;
  readonly steps: readonly Step[];
  /** What the answers led to. */
  readonly effect: (studio: Studio, phone: Phone, terminal: Terminal) => Promise<void>;
}

/** Leads an agent through the questions of one start. */
export function gate({ agent, steps, begins, effect, ...start }: Gate, { skip }: { skip?: string | undefined } = {}): void {
  const title = steps.map(({ dialog, taps }) => `${dialog} "${taps}"`).join(", ");
  test(`${agent.name} ${agent.version}: ${title}`, { skip: skip ?? false }, async (context) => {
    const studio = await opened(agent, context);
    if (studio === undefined) return;
    await using _ = studio;
    const terminal = studio.run(start);
    const phone = new Phone(studio.desk);
    await begins?.(studio, phone);
    const results: Result[] = [];
    for (const { dialog, asks, buttons, taps } of steps) {
      const prompt = await phone.prompt();
      assert.match(prompt.text, asks);
      assert.deepEqual(prompt.buttons.map(({ text }) => text), buttons);
      const button = prompt.buttons.find(({ text }) => text === taps);
      assert.ok(button);
      studio.desk.ada.presses(button, prompt);
      assert.match(await phone.outcome(prompt), /Delivered/, prompt.text);
      results.push({ agent: agent.name, version: agent.version, dialog, seen: seenIn(prompt.text), answered: `"${taps}"` });
    }
    await effect(studio, phone, terminal);
    assert.equal(phone.prompts.length, steps.length, `each question is one prompt\n${phone.transcript}`);
    keep(results);
  });
}
