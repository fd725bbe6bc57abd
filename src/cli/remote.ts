import { messageOf } from "../async/message-of.ts";
import { systemClock } from "../async/clock.ts";
import type { Turns } from "../async/turns.ts";
import type { Channel } from "../channel/channel.ts";
import type { Drawing } from "../channel/drawing/drawing.ts";
import type { FindSecrets } from "../channel/drawing/cover.ts";
import type { Detector } from "../detector/detector.ts";
import { textOf } from "../detector/view.ts";
import { commandList } from "../prompt/command.ts";
import type { NonceKey } from "../prompt/nonce.ts";
import type { SessionCard } from "../prompt/prompt.ts";
import type { Policy } from "../prompt/routing.ts";
import type { Attention } from "../relay/attention.ts";
import { FrontDesk } from "../relay/commands/front-desk.ts";
import type { Hands } from "../relay/commands/hands.ts";
import { Orders } from "../relay/commands/orders.ts";
import type { Keyboard } from "../relay/keyboard.ts";
import type { Notes } from "../relay/notes.ts";
import type { Prompts } from "../relay/prompts.ts";
import type { Report } from "../relay/report.ts";
import type { Store } from "../store/store.ts";
import type { Child } from "../terminal/child.ts";
import type { Stage } from "../terminal/injector.ts";
import { typeUnasked } from "../terminal/unasked.ts";
import { mint } from "./mint.ts";
import { isRunning } from "./running.ts";

export interface RemoteParts {
  readonly session: SessionCard;
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly report: Report;
  readonly notes: Notes;
  readonly attention: Attention;
  readonly prompts: Prompts;
  readonly nonceKey: NonceKey;
  readonly redact: (text: string) => string;
  readonly hands: Hands;
  readonly policy: Policy;
}

type Loop = readonly [string, (signal: AbortSignal) => Promise<void>];

/** What people can do with a session besides answering its prompts, as loops of that session. */
export function remoteLoops({ channels, ...parts }: RemoteParts): Loop[] {
  const { store, report, prompts, policy } = parts;
  const talking = channels.flatMap(({ name, talk }) => (talk === undefined ? [] : [{ name, talk }]));
  const orders = new Orders({ ...parts, clock: systemClock, mintId: () => mint(10), askAgain: async (promptId) => await prompts.askExpired(promptId, (await parts.hands.now()).standing) });
  const desks = talking.map(({ name, talk }): Loop => {
    const desk = new FrontDesk({ channel: name, talk, store, clock: systemClock, report, mintId: () => mint(10), policy, isAlive: isRunning });
    return [`requests from ${name}`, (signal) => desk.serve(signal)];
  });
  return [["orders", (signal) => orders.execute(signal)], ...desks];
}

/** Puts the commands into the channel's menu; without one they work as well. */
export function announce({ talk }: Channel, report: Report, signal: AbortSignal): void {
  talk?.announce(commandList, signal).catch((error: unknown) => report.log("info", `no menu of commands: ${messageOf(error)}`));
}

export interface HandParts {
  readonly child: Child;
  readonly detector: Detector;
  readonly keyboard: Keyboard;
  readonly stage: Omit<Stage, "keyedSince">;
  /** One thing is typed at a time. */
  readonly turns: Turns;
  readonly ending: AbortSignal;
  /** Finds what a picture must not show. */
  readonly secrets: FindSecrets;
}

/** From the hang-up to the kill. */
const graceMs = 5_000;

/** Loads what draws with the first picture: most sessions need none. */
function pictureTaker(detector: Detector, secrets: FindSecrets): Hands["picture"] {
  const load = async (): Promise<Drawing> => {
    const [{ Drawing }, { Glyphs }] = await Promise.all([import("../channel/drawing/drawing.ts"), import("../channel/drawing/glyphs.ts")]);
    return new Drawing(Glyphs.load(), secrets);
  };
  let drawing: Promise<Drawing> | undefined;
  return async () => {
    const picture = await detector.picture();
    return await (await (drawing ??= load())).draw(picture);
  };
}

export function handsOf({ child, detector, keyboard, stage, turns, ending, secrets }: HandParts): Hands {
  return {
    async lines(count) {
      const view = await detector.view();
      const rows = count ?? view.rows;
      return textOf(view, Math.max(0, view.lines.length - rows));
    },
    picture: pictureTaker(detector, secrets),
    async now() {
      const at = systemClock.now();
      return { standing: await stage.standing(), keyedSince: () => keyboard.typedAfter(at) };
    },
    type(wanted, moment, begin) {
      const contests = (): boolean => moment.keyedSince() || ("line" in wanted && (moment.standing === undefined ? keyboard.holdsLine : keyboard.contests(moment.standing)));
      return turns.take(() => typeUnasked(wanted, moment.standing, { ...stage, keyedSince: contests }, { clock: systemClock, signal: ending, begin }));
    },
    stop() {
      child.kill("SIGHUP");
      // A stopped child acts on nothing before it is continued.
      child.kill("SIGCONT");
      void systemClock.sleep(graceMs, ending).then(() => child.kill("SIGKILL"));
    },
  };
}
