import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text as bodyText } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { anthropic } from "./anthropic.ts";
import { type Api, json, type Piece } from "./api.ts";
import { chat } from "./chat.ts";
import { cueOf, dict, type Conversation } from "./conversation.ts";
import { gemini } from "./gemini.ts";
import { responses } from "./responses.ts";
import type { Scene } from "./scene.ts";
import { callFor } from "./tools.ts";

const apis: readonly Api[] = [anthropic, responses, chat, gemini];
/** How long an agent may take to send what a test waits for: on a busy machine opencode takes 30 s before its first request. */
const patienceMs = 90_000;

/** A model on loopback that plays scenes: a user's text that holds "scene:NAME" begins one. */
export class Model implements AsyncDisposable {
  readonly #server: Server;
  readonly #scenes = new Map<string, Scene>();
  readonly #heard: Conversation[] = [];
  readonly #changes = new EventEmitter();

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<Model> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Model(server);
  }

  /** "http://127.0.0.1:PORT" */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new TypeError("a server that listens on no port");
    return `http://127.0.0.1:${address.port}`;
  }

  plays(name: string, scene: Scene): void {
    this.#scenes.set(name, scene);
  }

  /** Every request for a turn, oldest first; side errands are left out. */
  get heard(): readonly Conversation[] {
    return this.#heard;
  }

  /** The first tool result or user's text, come already or later, that fits. */
  async hears(wanted: RegExp): Promise<string> {
    const deadline = AbortSignal.timeout(patienceMs);
    for (;;) {
      const found = this.#heard.flatMap(({ entries }) => entries.flatMap(({ by, text, results }) => (by === "user" ? [text, ...results] : []))).find((words) => wanted.test(words));
      if (found !== undefined) return found;
      try {
        await once(this.#changes, "heard", { signal: deadline });
      } catch {
        throw new Error(`the model waited in vain to hear ${wanted}; last: ${JSON.stringify(this.#heard.at(-1)?.entries.at(-1))?.slice(0, 2000)}`);
      }
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://model").pathname;
    const raw = await bodyText(request).catch(() => "");
    const api = request.method === "POST" ? apis.find((api) => api.path.test(path)) : undefined;
    if (api === undefined) return elsewhere(path, response);
    const body = dict(JSON.parse(raw));
    const conversation = api.read(body, path);
    if (conversation.tools.size === 0) return api.write(response, body, conversation, [{ text: api.errand(body) }]);
    this.#heard.push(conversation);
    this.#changes.emit("heard");
    api.write(response, body, conversation, await this.#turn(conversation, raw));
  }

  async #turn(conversation: Conversation, raw: string): Promise<Piece[]> {
    const cue = cueOf(conversation);
    const scene = this.#scenes.get(cue?.name ?? "");
    if (cue === undefined || scene === undefined) return [{ text: "What would you like me to do next?" }];
    const pieces: Piece[] = [];
    for (const act of scene[Math.min(cue.turn, scene.length - 1)] ?? []) {
      if ("thinks" in act) {
        await delay(act.thinks);
        continue;
      }
      const call = callFor(act, conversation.tools, planFileIn(raw));
      if (call !== undefined) pieces.push({ call });
      else if ("says" in act) pieces.push({ text: act.says });
    }
    return pieces;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

/** Where the agent's instructions say that the plan belongs. */
function planFileIn(raw: string): string {
  const file = /(\/[^\s"'`\\]+\/plans?\/[\w.-]+\.md)/.exec(raw)?.[1];
  const folder = /(\/[^\s"'`\\]+\/plans?)\/?[\s"'`\\]/.exec(raw)?.[1];
  return file ?? (folder === undefined ? "plan.md" : `${folder}/plan.md`);
}

function elsewhere(path: string, response: ServerResponse): void {
  if (path === "/page") {
    response.writeHead(200, { "content-type": "text/html" });
    return void response.end("<html><body><h1>A page</h1><p>On loopback.</p></body></html>");
  }
  if (/count_?tokens/i.test(path)) return json(response, { input_tokens: 100, totalTokens: 100 });
  if (/\/models(\/|$)/.test(path)) return json(response, { object: "list", data: ["mock-model", "gpt-5"].map((id) => ({ id, object: "model", created: 0, owned_by: "loopback" })), models: [] });
  json(response, {});
}
