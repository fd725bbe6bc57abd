import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Ask } from "../../../src/channel/channel.ts";
import type { Decision, MessageRef, Reply } from "../../../src/prompt/reply.ts";
import type { Fault } from "../../botapi/fault.ts";
import type { Tap } from "../../botapi/user.ts";
import { askOf, decisionOn, receipt } from "../ask.ts";
import { FastClock, quick } from "./fast-clock.ts";
import { openStage, type TelegramStage } from "./stage.ts";

const bad: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>({ kind: "reset" }, { kind: "lost" }, { kind: "html", status: 200 }, { kind: "html", status: 502 }),
  fc.constantFrom<Fault>({ kind: "flood", retryAfter: 1 }, { kind: "error", code: 500, description: "Internal Server Error" }, { kind: "error", code: 409, description: "Conflict" }),
);
const methods = fc.constantFrom("getUpdates", "sendMessage", "answerCallbackQuery", "editMessageText");
/** What goes wrong while one prompt is asked, answered and settled. */
const spell = fc.array(fc.record({ method: methods, fault: bad }), { maxLength: 6 });

/** Asks, has Ada tap, judges as a store would, settles: all that the faults may hit. */
class Voyage implements AsyncDisposable {
  readonly replies: Reply[] = [];
  readonly taps: Tap[] = [];
  readonly decisions = new Map<string, Decision>();
  readonly #stage: TelegramStage;
  readonly #leave = new AbortController();
  readonly #asks = new Map<string, Ask>();
  readonly #relay: Promise<void>;

  constructor(stage: TelegramStage) {
    this.#stage = stage;
    this.#relay = this.#judge();
  }

  async #judge(): Promise<void> {
    for await (const incoming of this.#stage.channel.replies(this.#leave.signal)) {
      const { reply } = incoming;
      this.replies.push(reply);
      const id = "promptId" in reply.target ? reply.target.promptId : "";
      const ask = this.#asks.get(id);
      assert.ok(ask !== undefined && "choice" in reply.answer);
      const won = this.decisions.get(id);
      const decision = won ?? { ...decisionOn(ask, ask.prompt.detection.choices[reply.answer.choice]?.label), answer: reply.answer };
      this.decisions.set(id, decision);
      await incoming.tell({ is: won === undefined ? "accepted" : "already_decided", decision });
    }
  }

  /** @returns the messages of the prompt; undefined: its sending failed twice in a way that leaves open whether it arrived */
  async ask(ask: Ask): Promise<MessageRef[] | undefined> {
    this.#asks.set(ask.prompt.id, ask);
    return await this.#stage.channel.send(ask, this.#leave.signal).catch(() => undefined);
  }

  copies(ask: Ask) {
    return this.#stage.ada.inbox.filter((message) => message.text.includes(ask.prompt.detection.question));
  }

  async answer(ask: Ask, refs: MessageRef[]): Promise<void> {
    const message = this.#stage.ada.inbox.find(({ id }) => String(id) === refs[0]?.id);
    assert.ok(message !== undefined);
    const [yes, no] = message.buttons;
    assert.ok(yes !== undefined && no !== undefined);
    this.taps.push(this.#stage.ada.presses(no, message), this.#stage.ada.presses(yes, message));
    const decision = await this.#stage.api.until("decision", () => this.decisions.get(ask.prompt.id));
    await this.#stage.channel.settle(ask, refs, { outcome: { is: "delivered", decision }, receipt }, this.#leave.signal);
  }

  async everyTapIsConfirmed(): Promise<void> {
    await this.#stage.api.until("confirmation of every tap", () => (this.#stage.api.unconfirmed === 0 ? true : undefined));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leave.abort();
    await this.#relay;
  }
}

test("in any weather each tap is judged once, the first one counts, a prompt comes twice at the most, and its outcome is told", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(spell, { minLength: 1, maxLength: 4 }), async (spells) => {
      await using stage = await openStage({ clock: new FastClock(), patience: quick });
      await using voyage = new Voyage(stage);
      for (const [index, faults] of spells.entries()) {
        for (const { method, fault } of faults) stage.api.fault(method, fault);
        const ask = askOf({ question: `Question ${index}?`, excerpt: `Question ${index}?` });
        const refs = await voyage.ask(ask);
        const copies = voyage.copies(ask);
        assert.ok(copies.length <= 2 && copies.slice(1).every((copy) => copy.text.startsWith("(again) ")));
        if (refs === undefined) continue;
        await voyage.answer(ask, refs);
        const settled = copies.find(({ id }) => String(id) === refs[0]?.id);
        assert.match(settled?.text ?? "", /No, by Ada at 10:42\. Delivered\n#217·9f2c41aa$/);
        assert.deepEqual(settled?.buttons, []);
      }
      await voyage.everyTapIsConfirmed();
      assert.deepEqual(voyage.replies.map((reply) => reply.reference), voyage.taps.map((tap) => String(tap.updateId)));
    }),
    { numRuns: 25 },
  );
});
