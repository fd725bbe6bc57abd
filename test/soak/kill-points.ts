import { setTimeout as delay } from "node:timers/promises";
import type { Call } from "../botapi/journal.ts";
import type { Scene } from "./scene.ts";

/** Where a session can be killed. Nothing in the product knows of these points: the phone's end, the log, the lock and the program show when they are reached. */
export interface KillPoint {
  readonly name: string;
  /** Whether it is the polling session that is killed. */
  readonly polls: boolean;
  /** Brings the victim, whose question "victim-1" is asked and kept, to the point, and kills it there. */
  readonly reach: (scene: Scene, victim: Victim) => Promise<unknown>;
}

export interface Victim {
  readonly kill: () => void;
  readonly stop: () => void;
}

const asks = (question: string) => (call: Call): boolean => String(call.params["text"]).includes(`${question}: go on?`);
const tellsOutcome = (call: Call): boolean => String(call.params["text"]).includes("Delivered");
const bringsNews = (call: Call): boolean => call.updates.length > 0;
const confirms = (call: Call): boolean => call.params["offset"] !== undefined;

async function yes(scene: Scene): Promise<{ toast(): Promise<string> }> {
  return scene.press("Yes", await scene.asked("victim-1"));
}

export const killPoints: readonly KillPoint[] = [
  {
    name: "before a question is sent",
    polls: false,
    async reach(scene, { kill }) {
      const { api } = scene.desk;
      api.fault("sendMessage", { kind: "reset" });
      const reached = api.trap("sendMessage", "arrived", kill, asks("victim-2"));
      await yes(scene);
      await reached;
    },
  },
  {
    name: "after the send, before it is recorded",
    polls: false,
    async reach(scene, { kill }) {
      const reached = scene.desk.api.trap("sendMessage", "processed", kill, asks("victim-2"));
      await yes(scene);
      await reached;
    },
  },
  {
    name: "after it is recorded, before a tap",
    polls: true,
    reach: async (_, { kill }) => kill(),
  },
  {
    name: "after getUpdates, before the decision",
    polls: true,
    async reach(scene, { kill }) {
      using _ = scene.lockStore();
      const reached = scene.desk.api.trap("getUpdates", "answered", kill, bringsNews);
      await yes(scene);
      await reached;
    },
  },
  {
    name: "at the decision's line, before or after its row",
    polls: true,
    async reach(scene, { kill }) {
      const reached = scene.atEntry("decision", kill);
      await yes(scene);
      await reached;
    },
  },
  {
    name: "after the decision, before its session hears of it",
    polls: false,
    async reach(scene, { kill, stop }) {
      stop();
      await (await yes(scene)).toast();
      kill();
    },
  },
  {
    name: "at the intent's line, before or after the key",
    polls: true,
    async reach(scene, { kill }) {
      const reached = scene.atEntry("inject.intent", kill);
      await yes(scene);
      await reached;
    },
  },
  {
    name: "after the key, before or at its entry",
    polls: true,
    async reach(scene, { kill }) {
      const reached = scene.atAnswer("victim-1", kill);
      await yes(scene);
      await reached;
    },
  },
  {
    name: "after the key's entry, before the message says so",
    polls: true,
    async reach(scene, { kill }) {
      const { api } = scene.desk;
      api.fault("editMessageText", { kind: "reset" });
      const reached = api.trap("editMessageText", "arrived", kill, tellsOutcome);
      await yes(scene);
      await reached;
    },
  },
  {
    name: "after the message says so, before that is known",
    polls: true,
    async reach(scene, { kill }) {
      const reached = scene.desk.api.trap("editMessageText", "processed", kill, tellsOutcome);
      await yes(scene);
      await reached;
    },
  },
  {
    name: "before the tap is answered",
    polls: true,
    async reach(scene, { kill }) {
      const { api } = scene.desk;
      api.fault("answerCallbackQuery", { kind: "reset" });
      const reached = api.trap("answerCallbackQuery", "arrived", kill);
      await yes(scene);
      await reached;
    },
  },
  {
    name: "before Telegram is told that the tap is dealt with",
    polls: true,
    async reach(scene, { kill }) {
      const { api } = scene.desk;
      const reached = api.trap("getUpdates", "arrived", kill, confirms);
      api.fault("getUpdates", { kind: "reset" });
      await yes(scene);
      await reached;
    },
  },
];

/** Between a tap and a while after what follows from it. */
const wholeMs = 250;

/** Nowhere in particular: so many milliseconds after a tap. `random` gives numbers from 0 to 1. */
export function anywhere(random: () => number): KillPoint {
  const afterMs = Math.round(random() * wholeMs);
  return {
    name: `${afterMs} ms after a tap`,
    polls: random() < 0.5,
    async reach(scene, { kill }) {
      await yes(scene);
      await delay(afterMs);
      kill();
    },
  };
}
