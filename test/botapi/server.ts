import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { ApiError } from "./api-error.ts";
import { parseFields } from "./body.ts";
import type { Message, Person } from "./chat.ts";
import type { Fault } from "./fault.ts";
import type { Group, GroupOptions } from "./group.ts";
import type { Call } from "./journal.ts";
import { methods } from "./methods.ts";
import { type Dict, Params } from "./params.ts";
import type { CallStage } from "./trap.ts";
import { User } from "./user.ts";
import { type CallbackQuery, World } from "./world.ts";

export interface BotApiOptions {
  readonly token?: string;
  readonly botName?: string;
  /** The first update id; Telegram starts anywhere. */
  readonly firstUpdateId?: number;
  /** How long a tap may wait for its answer. */
  readonly queryLifetimeMs?: number;
}

/** A Bot API on loopback, as strict as Telegram's own: real HTTP, real long polls. */
export async function startBotApi(options: BotApiOptions = {}): Promise<BotApiServer> {
  const world = new World({
    token: options.token ?? "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0",
    botName: options.botName ?? "aegis",
    firstUpdateId: options.firstUpdateId ?? 870_000_001,
    queryLifetimeMs: options.queryLifetimeMs ?? 15_000,
  });
  const server = createServer((request, response) => void answer(world, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("a server that listens on no port");
  return new BotApiServer(world, server, `http://127.0.0.1:${address.port}`);
}

export class BotApiServer implements AsyncDisposable {
  readonly #world: World;
  readonly #server: Server;
  /** The api_root: "http://127.0.0.1:PORT". */
  readonly url: string;

  constructor(world: World, server: Server, url: string) {
    this.#world = world;
    this.#server = server;
    this.url = url;
  }

  get token(): string {
    return this.#world.token;
  }

  get botId(): number {
    return this.#world.botId;
  }

  /** Every call so far, getUpdates too. */
  get calls(): readonly Call[] {
    return this.#world.journal.calls;
  }

  /** What setMyCommands was last called with. */
  get commands(): unknown {
    return this.#world.commands;
  }

  /** Updates that no poll has confirmed yet. */
  get unconfirmed(): number {
    return this.#world.updates.unconfirmed;
  }

  /** Ids of the updates that polls have confirmed, in that order. */
  get confirmed(): readonly number[] {
    return this.#world.updates.confirmed;
  }

  /** A long poll stands open now. */
  get isPolled(): boolean {
    return this.#world.updates.isPolled;
  }

  /** A person who has started the bot. The same id gives the same chat. */
  user(id: number, { first_name = "Ada", username }: { first_name?: string; username?: string } = {}): User {
    const person: Person = this.#world.chats.get(id)?.person ?? { id, first_name, ...(username === undefined ? {} : { username }) };
    return new User(this.#world, person);
  }

  /** A group that the bot is in, by its negative number; of itself a forum where the bot may manage topics. */
  group(id: number, options: GroupOptions = {}): Group {
    return this.#world.group(id, options);
  }

  /** Queues an update of any shape; one that brings its update_id keeps it. */
  deliver(update: Readonly<Record<string, unknown>>): number {
    return this.#world.updates.put(update);
  }

  /** How the next calls of `method` ("*": any) go wrong. Disposing of the result lifts it. */
  fault(method: string, fault: Fault, times = 1): Disposable {
    return this.#world.faults.plan(method, fault, times);
  }

  /** Does `act` once, at the very moment when a call that fits reaches the stage; gives that call. */
  trap(method: string, stage: CallStage, act: () => void, fits: (call: Call) => boolean = () => true): Promise<Call> {
    return this.#world.traps.set(method, stage, { act, fits });
  }

  /** The open poll is never answered, though its connection stands. */
  strandPoll(): void {
    this.#world.updates.strand();
  }

  setWebhook(url: string): void {
    this.#world.webhook = url;
  }

  /** The bot's messages in all chats, oldest first. */
  get messages(): Message[] {
    return [...this.#world.chats.values()].flatMap((chat) => chat.messages.filter((message) => message.isFromBot)).sort((a, b) => a.id - b.id);
  }

  /** The first message of the bot that fits, sent already or later. */
  message(fits: (message: Message) => boolean = () => true): Promise<Message> {
    return this.until("message", () => this.messages.find(fits));
  }

  /** The first edited message that fits. */
  edited(fits: (message: Message) => boolean = () => true): Promise<Message> {
    return this.message((message) => message.edits > 0 && fits(message));
  }

  /** The first answer to a tap that fits. */
  async toast(fits: (toast: string) => boolean = () => true): Promise<string> {
    const isFit = (query: CallbackQuery): boolean => query.toast !== undefined && fits(query.toast);
    return (await this.until("toast", () => this.#world.queries.find(isFit))).toast ?? "";
  }

  /** The first call that fits, once it is answered. */
  call(method: string, fits: (call: Call) => boolean = () => true): Promise<Call> {
    return this.until(method, () => this.calls.find((call) => call.method === method && call.status !== undefined && fits(call)));
  }

  /** Resolves once a long poll stands open. */
  polled(): Promise<true> {
    return this.until("open poll", () => (this.isPolled ? true : undefined));
  }

  /** The first value that `find` gives, now or after anything has happened on the server. */
  until<T>(what: string, find: () => T | undefined, withinMs?: number): Promise<T> {
    return this.#world.journal.until(what, find, withinMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#world.updates.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request).catch(() => undefined);
  if (body === undefined) return;
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(pathname) ?? [];
  if (token === undefined || method === undefined) return reply(response, 404, refusal(404, "Not Found"));
  if (token !== world.token) return reply(response, 401, refusal(401, "Unauthorized"));

  const call: Call = { method, params: {}, at: Date.now(), status: undefined, refusal: undefined, updates: [] };
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const fault = world.fault(method);
  const processed = fault === undefined || isProcessed(fault);
  const outcome = run(world, method, { contentType: request.headers["content-type"], body, searchParams }, call, processed, gone.signal);
  world.journal.calls.push(call);
  world.journal.changed();
  const { status, text } = fault === undefined || processed ? await outcome : { status: 200, text: "" };
  if (processed) world.traps.reached("processed", call);
  if (fault === undefined) {
    response.once("finish", () => world.traps.reached("answered", call));
    reply(response, status, text);
  } else misbehave(fault, response, text);
  call.status = response.headersSent ? response.statusCode : undefined;
  world.journal.changed();
}

interface Sent {
  readonly contentType: string | undefined;
  readonly body: Buffer;
  readonly searchParams: URLSearchParams;
}

/** Runs the method, or only records its parameters when a fault keeps it from being processed. */
async function run(world: World, method: string, sent: Sent, call: Call, processed: boolean, gone: AbortSignal): Promise<{ status: number; text: string }> {
  try {
    const params = new Params(parseFields(sent.contentType, sent.body, sent.searchParams));
    Object.assign(call, { params: params.all });
    world.traps.reached("arrived", call);
    const perform = methods[method];
    if (perform === undefined) throw new ApiError(404, "Not Found: method not found");
    const result = processed ? await perform(world, params, gone) : undefined;
    if (method === "getUpdates" && Array.isArray(result)) call.updates = result.map((update: Dict) => Number(update["update_id"]));
    return { status: 200, text: JSON.stringify({ ok: true, result }) };
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(500, `Internal Server Error: ${String(error)}`);
    call.refusal = known.message;
    return { status: known.code, text: refusal(known.code, known.message, known.retryAfter) };
  }
}

function isProcessed({ kind }: Fault): boolean {
  return kind === "lost" || kind === "truncated" || kind === "jumbled";
}

function jumbled(text: string): string {
  const answer: { result: unknown } = JSON.parse(text);
  return JSON.stringify(Array.isArray(answer.result) ? { ...answer, result: [...answer.result, ...answer.result].toReversed() } : answer);
}

function misbehave(fault: Fault, response: ServerResponse, text: string): void {
  switch (fault.kind) {
    case "flood":
      return reply(response, 429, refusal(429, `Too Many Requests: retry after ${fault.retryAfter}`, fault.retryAfter));
    case "error":
      return reply(response, fault.code, refusal(fault.code, fault.description));
    case "html":
      response.writeHead(fault.status, { "content-type": "text/html" });
      return void response.end("<html><body><h1>Bad Gateway</h1></body></html>");
    case "redirect":
      response.writeHead(302, { location: fault.location });
      return void response.end();
    case "reset":
    case "lost":
      return void response.destroy();
    case "hang":
      return;
    case "truncated":
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
      return void response.write(text.slice(0, text.length / 2), () => response.destroy());
    case "jumbled":
      return reply(response, 200, jumbled(text));
  }
}

function refusal(code: number, description: string, retryAfter?: number): string {
  return JSON.stringify({ ok: false, error_code: code, description, ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }) });
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(text);
}
