import type { Server } from "node:http";
import type { Clock } from "../../async/clock.ts";
import { TaskGroup } from "../../async/task-group.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { Decision, MessageRef, Reply, Responder } from "../../prompt/reply.ts";
import type { Ask, Channel, Incoming, Settlement } from "../channel.ts";
import { loadAssets } from "./assets.ts";
import { Board } from "./board.ts";
import { Door } from "./door.ts";
import { endingOf, pendingEnding, verdictWords } from "./ending.ts";
import { FailureLimit } from "./failure-limit.ts";
import type { Frame } from "./frame.ts";
import { Inbox } from "./inbox.ts";
import { PageTalk } from "./page-talk.ts";
import { ScreenFeed } from "./screen-feed.ts";
import { listen, serve, type Site } from "./site.ts";
import { Tabs } from "./tabs.ts";
import type { AnswerPost, AnswerResult, PageEvent, PromptView, SessionLine } from "./wire.ts";

const recipient: Recipient = "page:local";
const by: Responder = { channel: "page", id: "local", name: "the local page" };
const beatMs = 15_000;
// How long a tab may take to read that the session has ended.
const graceMs = 500;

export interface PageParts {
  /** 0: any free one. */
  readonly port: number;
  readonly clock: Clock;
  /** `length` bytes that nobody can guess. */
  readonly random: (length: number) => Uint8Array;
  /** Of aegis, shown at the foot. */
  readonly version: string;
}

/** The local page: prompts stand in every open tab of a browser on this machine. Disposing tells the tabs and frees the port. */
export interface PageChannel extends Channel, AsyncDisposable {
  /** "http://127.0.0.1:PORT/#TOKEN": whoever has it may answer. */
  readonly url: string;
  /** Resolves as soon as some tab is open, or when `signal` aborts: a frame that is fed then will be seen. */
  watched(signal: AbortSignal): Promise<void>;
  /** Shows what the terminal shows, at most 20 times a second. Without any frame the page has no screen. */
  screen(frame: Frame): void;
  /** Shows prompts of earlier runs, oldest first, below this run's own. Call it once. */
  history(earlier: readonly PromptView[]): void;
  /** Shows the sessions, this one among them; what has not changed costs nothing. */
  sessions(lines: readonly SessionLine[]): void;
}

/** @throws Error with a message for the person when the port cannot be had */
export async function pageChannel({ port, clock, random, version }: PageParts): Promise<PageChannel> {
  const assets = loadAssets();
  // 192 bits: no length of guessing finds it.
  const token = Buffer.from(random(24)).toString("base64url");
  const listening = await listen(port);
  const door = new Door({ port: listening.port, token, failures: new FailureLimit(clock, { most: 20, windowMs: 60_000 }) });
  return new Page({ server: listening.server, url: `http://127.0.0.1:${listening.port}/#${token}`, door, assets, clock, version });
}

interface Opened {
  readonly server: Server;
  readonly url: string;
  readonly door: Door;
  readonly assets: ReturnType<typeof loadAssets>;
  readonly clock: Clock;
  readonly version: string;
}

class Page implements PageChannel {
  readonly name = "page";
  readonly lease = undefined;
  readonly isWitness = false;
  readonly recipients = [recipient];
  readonly talk: PageTalk;
  readonly url: string;
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #version: string;
  readonly #board = new Board(recipient);
  readonly #tabs = new Tabs();
  readonly #inbox = new Inbox();
  readonly #screen = new ScreenFeed();
  readonly #tasks = new TaskGroup(new AbortController().signal);
  #answers = 0;
  #sessions: readonly SessionLine[] = [];
  #earlier: readonly PromptView[] = [];

  constructor({ server, url, door, assets, clock, version }: Opened) {
    this.#server = server;
    this.#clock = clock;
    this.#version = version;
    this.url = url;
    this.talk = new PageTalk({ recipient, by, clock, isStanding: (id) => this.#board.isStanding(id), push: (note) => this.#tabs.push({ is: "note", note }) });
    const site: Site = {
      door,
      assets,
      stream: (response) => this.#tabs.add(response, this.#snapshot()),
      answer: (post) => this.#answer(post),
      again: async ({ promptId }) => {
        const say = await this.talk.again(promptId);
        return say === undefined ? undefined : { say };
      },
    };
    server.on("request", (request, response) => {
      // A client that goes away in the middle of its request is no one's trouble.
      serve(request, response, site).catch(() => response.destroy());
    });
    this.#tasks.start(async (signal) => {
      while (!signal.aborted) {
        this.#tabs.beat();
        await clock.sleep(beatMs, signal);
      }
    });
    this.#tasks.start(async (signal) => {
      for await (const frame of this.#screen.frames(clock, signal)) this.#tabs.push({ is: "frame", frame });
    });
  }

  async send(ask: Ask): Promise<MessageRef[]> {
    this.#show(this.#board.post(ask));
    return [{ recipient, id: ask.prompt.id }];
  }

  async settle(ask: Ask, _messages: readonly MessageRef[], settlement: Settlement): Promise<void> {
    this.#show(this.#board.close(ask, endingOf(ask.prompt.detection, settlement)));
  }

  replies(signal: AbortSignal): AsyncIterable<Incoming> {
    return this.#inbox.items(signal);
  }

  watched(signal: AbortSignal): Promise<void> {
    return this.#tabs.opened(signal);
  }

  screen(frame: Frame): void {
    this.#screen.feed(frame);
  }

  history(earlier: readonly PromptView[]): void {
    this.#earlier = earlier;
    // Whoever was faster sees it anew.
    this.#tabs.push(this.#snapshot());
  }

  sessions(lines: readonly SessionLine[]): void {
    if (JSON.stringify(lines) === JSON.stringify(this.#sessions)) return;
    this.#sessions = lines;
    this.#tabs.push({ is: "sessions", sessions: lines });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const left = new AbortController();
    const closed = new Promise((done) => this.#server.close(done)).finally(() => left.abort());
    this.#inbox.close();
    this.talk.close();
    this.#tabs.end();
    await this.#tasks[Symbol.asyncDispose]();
    await this.#clock.sleep(graceMs, left.signal);
    this.#server.closeAllConnections();
    await closed;
  }

  #show(prompt: PromptView): void {
    this.#tabs.push({ is: "prompt", prompt });
  }

  #snapshot(): PageEvent {
    return { is: "snapshot", version: this.#version, prompts: [...this.#earlier, ...this.#board.views], notes: this.talk.notes, sessions: this.#sessions, frame: this.#screen.latest ?? null };
  }

  async #answer(post: AnswerPost): Promise<AnswerResult | undefined> {
    const verdict = await this.#inbox.put(replyOf(post, String(++this.#answers)));
    if (!verdict) return undefined;
    const ask = this.#board.find(post.promptId);
    if (ask && verdict.is === "accepted") this.#announce(ask, verdict.decision);
    return { is: verdict.is, say: verdictWords(ask?.prompt.detection, verdict) };
  }

  #announce(ask: Ask, decision: Decision): void {
    const view = this.#board.pend(ask, pendingEnding(ask.prompt.detection, decision));
    if (view) this.#show(view);
  }
}

function replyOf(post: AnswerPost, reference: string): Reply {
  return {
    target: { promptId: post.promptId, nonce: post.nonce },
    answer: "choice" in post ? { choice: post.choice } : { text: post.text },
    recipient,
    by,
    reference,
  };
}
