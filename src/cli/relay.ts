import { createHash, randomBytes } from "node:crypto";
import { setImmediate as passBytes } from "node:timers/promises";
import { messageOf } from "../async/message-of.ts";
import { Bell } from "../async/bell.ts";
import { systemClock, type Millis } from "../async/clock.ts";
import { Queue } from "../async/queue.ts";
import { TaskGroup } from "../async/task-group.ts";
import { Turns } from "../async/turns.ts";
import type { Channel } from "../channel/channel.ts";
import { Detector, type Change } from "../detector/detector.ts";
import type { PatternSet } from "../detector/pattern.ts";
import type { Detection } from "../prompt/detection.ts";
import { NonceKey } from "../prompt/nonce.ts";
import type { SessionCard } from "../prompt/prompt.ts";
import { redact, secretSpans } from "../prompt/redact.ts";
import { redactCommand } from "../prompt/redact-command.ts";
import { Attention } from "../relay/attention.ts";
import { tellBanners } from "../relay/banner.ts";
import { dispatchReplies } from "../relay/dispatch.ts";
import type { HookSocket } from "../relay/hooks/hook-socket.ts";
import { Inquiries } from "../relay/hooks/inquiries.ts";
import { vanished } from "../relay/hooks/vanished.ts";
import type { Intake } from "../relay/intake.ts";
import { lastWords, withLastWords } from "../relay/last-words.ts";
import { Lease } from "../relay/lease.ts";
import { farewell } from "../relay/farewell.ts";
import { Notes } from "../relay/notes.ts";
import { Keyboard } from "../relay/keyboard.ts";
import { Prompts } from "../relay/prompts.ts";
import { Reaper } from "../relay/reaper.ts";
import { sheltered } from "../relay/report.ts";
import { tellSaid } from "../relay/said.ts";
import { runSession, type Listener, type SessionParts } from "../relay/session.ts";
import type { Tally } from "../relay/tally.ts";
import type { Store } from "../store/store.ts";
import type { Child } from "../terminal/child.ts";
import { inject } from "../terminal/injector.ts";
import type { Tty } from "../terminal/tty.ts";
import { childEnvironment } from "./child-environment.ts";
import type { Config } from "./config.ts";
import type { Home } from "./home.ts";
import type { RunReport } from "./log-file.ts";
import { mint } from "./mint.ts";
import { version } from "./package.ts";
import { readPatterns } from "./pattern-files.ts";
import { announce, handsOf, remoteLoops } from "./remote.ts";
import { isRunning } from "./running.ts";
import { stageOf } from "./stage.ts";
import type { OpenWay } from "./way.ts";
import { witnessPrograms } from "./witness-programs.ts";
import { Witnesses } from "./witnesses.ts";

export interface RelayParts {
  readonly session: SessionCard;
  readonly config: Config;
  readonly home: Home;
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly report: RunReport;
  readonly child: Child;
  readonly tty: Tty;
  readonly intake: Intake;
  readonly exited: Promise<number>;
  readonly listeners: readonly Listener[];
  /** Where the child's hooks call; undefined: it has none of ours. */
  readonly hooks: HookSocket | undefined;
  readonly watch: OpenWay["watch"];
}

/** What came of a relayed run. */
export interface Ended extends Tally {
  readonly exitCode: number;
}

/** How long the last messages may take once the child has ended: the person waits for their shell. */
const farewellMs = 3_000;

/** How much later than its dialog a hook may be heard: Node's start, on a busy machine. */
const hookLeadMs = 2_000;

/** Relays the prompts of a running child until it has ended; tells where the relay can't be set up. */
export async function relayed(given: RelayParts, signal: AbortSignal): Promise<Ended> {
  const parts = { ...given, session: shownCard(given) };
  const { session, report, exited } = parts;
  const ending = new AbortController();
  try {
    const assembled = await assemble(parts, ending.signal);
    // Longer than the child: whoever taps while the last messages go out is told what became of it.
    await using listening = new TaskGroup(ending.signal);
    for (const channel of parts.channels) listening.start((signal) => sheltered(`replies from ${channel.name}`, report, () => repliesOf(channel, parts)(signal)));
    const exitCode = await runSession(assembled, signal);
    await sheltered("session's end", report, () => end(parts, assembled, exitCode));
    return { exitCode, prompts: assembled.prompts.count, answered: assembled.prompts.answered };
  } catch (error) {
    report.trouble(`session ${session.id} could not be relayed`, "the program ran alone", messageOf(error));
    await parts.hooks?.[Symbol.asyncDispose]();
    return { exitCode: await exited, prompts: 0, answered: 0 };
  } finally {
    ending.abort();
  }
}

/** The session as it is kept and shown: a secret on its command line is for nobody's eyes. */
function shownCard({ session, config }: RelayParts): SessionCard {
  return config.redact ? { ...session, name: redact(session.name), command: redactCommand(session.command) } : session;
}

async function end({ session, store, config, channels }: RelayParts, { prompts, notes, witnesses, keyboard, startedAt }: Assembled, exitCode: number): Promise<void> {
  await prompts.childEnded();
  const receipt = await store.endSession(session.id, { exitCode, at: systemClock.wall() });
  const last = AbortSignal.timeout(farewellMs);
  const { count, answered } = prompts;
  // Who has just typed here sees it end.
  const isNews = config.notices.ended && !keyboard.isAtDesk(systemClock.now());
  const note = isNews ? farewell({ name: session.name, exitCode, ranMs: systemClock.now() - startedAt, prompts: count, answered }) : undefined;
  await Promise.all([prompts.ended(exitCode, receipt, last), note && notes.tellAll(note, last)]);
  // After the prompts are settled: that may have witnessed the end already.
  await witnesses.ended(receipt, count, last);
  // Other words may have used up their time.
  for (const channel of channels) await channel.leave?.(AbortSignal.timeout(farewellMs));
}

interface Assembled extends SessionParts {
  readonly notes: Notes;
  readonly witnesses: Witnesses;
  readonly startedAt: Millis;
}

/** Puts the parts of a session together and makes its beginning durable. */
async function assemble(parts: RelayParts, ending: AbortSignal): Promise<Assembled> {
  const { session, config, store, channels, report, child, tty, intake, exited, hooks } = parts;
  const clock = systemClock;
  const keyboard = new Keyboard();
  const looked = new Bell();
  const patterns = patternsFor(parts);
  await passBytes();
  const detector = new Detector(patterns, { ...tty.size(), stuckMs: config.stuckMs, startedAt: clock.now() });
  const stage = stageOf(child, detector, looked);
  const changes = new Queue<Change>();
  const inquiries = new Inquiries({
    tell(event) {
      for (const change of detector.structured(event, clock.now())) changes.put(change);
    },
    standing: () => detector.told,
    vanished: (detection) => vanished(detection, stage, systemClock, ending),
    contests: (detection) => keyboard.contests(detection),
  });
  const nonceKey = new NonceKey(randomBytes(32));
  const attention = new Attention({ sessionId: session.id, store, clock, quiet: config.quiet });
  const notes = new Notes({ sessionId: session.id, channels, store, report });
  const witnesses = new Witnesses({ store, channels, notes, clock, report, programs: programsOf(parts) });
  const turns = new Turns();
  const hiding = config.redact ? redact : (text: string): string => text;
  const prompts = new Prompts(
    {
      session,
      channels,
      store,
      clock,
      keyboard,
      report,
      nonceKey,
      attention,
      notes,
      mintId: () => mint(10),
      policy: { ...config, deskMs: tty.interactive ? config.deskMs : 0 },
      redact: hiding,
      inject: (detection, answer, begin) =>
        detection.layer === "structured" ? inquiries.respond(detection, answer, begin) : turns.take(() => inject(detection, answer, { ...stage, keyedSince: () => keyboard.contests(detection) }, clock, ending, begin)),
      holdMs: (detection) => (hooks === undefined || detection.layer === "structured" || detection.idle ? 0 : hookLeadMs),
    },
    ending,
  );
  const channel = channels.map(({ name }) => name).join("+") || "none";
  await store.startSession({ ...session, pid: process.pid, channel, startedAt: clock.wall(), facts: { ...factsOf(config), child: String(child.pid) } });
  const loops = new Map<string, (signal: AbortSignal) => Promise<void>>();
  const secrets = config.redact ? secretSpans : () => [];
  const hands = handsOf({ child, detector, keyboard, stage, turns, ending, secrets });
  for (const [name, loop] of remoteLoops({ session, store, channels, report, notes, attention, prompts, nonceKey, redact: hiding, hands, policy: config })) loops.set(name, loop);
  if (config.notices.limit) loops.set("banners", (signal) => tellBanners({ session, notes, redact: hiding }, detector, looked, signal));
  if (config.notices.said) loops.set("notifications", (signal) => tellSaid({ session, notes, keyboard, clock, redact: hiding }, detector, looked, signal));
  loops.set("checkpoints", (signal) => witnesses.watch(signal));
  const { watch } = parts;
  if (watch) loops.set("onlookers", (signal) => watch({ sessionId: session.id, store, looked, picture: () => detector.picture(), secrets }, signal));
  if (hooks !== undefined) for (const [name, loop] of hookLoops(hooks, inquiries, looked)) loops.set(name, loop);
  const describe = async (detection: Detection): Promise<Detection> =>
    detection.idle ? withLastWords(detection, inquiries.takeLastWords() || lastWords(await detector.view())) : detection;
  return { child, tty, intake, exited, clock, detector, keyboard, prompts, decisions: (signal) => store.decisions(session.id, signal), report, looked, loops, changes, describe, listeners: parts.listeners, notes, witnesses, startedAt: clock.now() };
}

/** Brings what hooks tell to people, and lets go of what the screen shows to be over. */
function hookLoops(hooks: HookSocket, inquiries: Inquiries, looked: Bell): ReadonlyArray<[string, (signal: AbortSignal) => Promise<void>]> {
  return [
    [
      "hooks",
      async (signal) => {
        for await (const call of hooks.calls(signal)) inquiries.take(call);
      },
    ],
    [
      "inquiries",
      async (signal) => {
        while (!signal.aborted) {
          await looked.rung(signal);
          inquiries.looked();
        }
      },
    ],
  ];
}

/** Only one process of a home may listen to a channel that has a lease. */
function repliesOf(channel: Channel, { store, session, home, report, config, channels }: RelayParts): (signal: AbortSignal) => Promise<void> {
  const reaper = new Reaper({ store, channels, clock: systemClock, policy: config, report, isAlive: isRunning });
  const listen = async (signal: AbortSignal, left: Bell): Promise<void> => {
    announce(channel, report, signal);
    await dispatchReplies(channel, { store, clock: systemClock, report, reaper, left }, signal);
  };
  if (channel.lease === undefined) return (signal) => listen(signal, new Bell());
  const lease = new Lease(channel.lease, { store, holder: session.id, folder: home.sockets, clock: systemClock, report });
  return (signal) => lease.hold(listen, signal);
}

function patternsFor({ home, report }: RelayParts): PatternSet {
  const { patterns, problems } = readPatterns(home);
  for (const { file, line, column, message } of problems) report.trouble(`${file}:${line}:${column}: ${message}`, "this pattern file was skipped; the others work");
  return patterns;
}

function programsOf({ session, config, home, report }: RelayParts): ReturnType<typeof witnessPrograms> {
  const environment = childEnvironment(process.env, session.id);
  return witnessPrograms({ command: config.witnessCommand, journal: "/run/systemd/journal/socket", environment, folder: home.folder, report });
}

/** Which rules the run had, for the log: a change of the configuration shows as another digest. */
function factsOf(config: Config): { readonly [key: string]: string } {
  const { telegram, ...rest } = config;
  const rules = { ...rest, telegram: telegram && { allowedUsers: telegram.allowedUsers, group: telegram.group, apiRoot: telegram.apiRoot } };
  return { aegis: version(), node: process.versions.node, config: createHash("sha256").update(JSON.stringify(rules)).digest("hex") };
}
