import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { parseAgainPost, parseAnswerPost } from "./answer-post.ts";
import type { Asset } from "./assets.ts";
import type { Door, Refusal } from "./door.ts";
import type { AgainPost, AnswerPost, AnswerResult } from "./wire.ts";

// A reply is at most 1,024 bytes of text, six times that when JSON escapes all of it.
const mostBodyBytes = 8 * 1024;

// Another user of the machine can open connections without a token; they must not take every descriptor of the process
// that serves the terminal.
const mostConnections = 100;

// Nothing but our own files may run, load or connect; no page may frame this one; no cache keeps it.
const headers = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

export interface Site {
  readonly door: Door;
  readonly assets: ReadonlyMap<string, Asset>;
  /** Takes over `response`. */
  stream(response: ServerResponse): void;
  /** undefined: nobody is left to judge it. */
  readonly answer: (post: AnswerPost) => Promise<AnswerResult | undefined>;
  /** Has an expired prompt asked anew. undefined: nobody is left to do it. */
  readonly again: (post: AgainPost) => Promise<{ readonly say: string } | undefined>;
}

/** Listens on loopback before it returns; `port` 0 takes any free one. */
export async function listen(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 });
  server.maxConnections = mostConnections;
  await new Promise<void>((listening, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      failed(new Error(error.code === "EADDRINUSE" ? `port ${port} on 127.0.0.1 is taken` : `the page cannot listen on port ${port}: ${error.code}`)),
    );
    server.listen({ host: "127.0.0.1", port }, listening);
  });
  // A connection that cannot be accepted (no file descriptors left) costs a tab, never the session.
  server.on("error", () => undefined);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the page listens on no port");
  return { server, port: address.port };
}

export async function serve(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const refusal = site.door.refuse(request);
  if (refusal) return refuse(response, refusal);
  const path = request.url ?? "";
  if (path.startsWith("/api/")) return serveApi(path, request, response, site);
  const asset = site.assets.get(path);
  if (!asset) return end(response, 404, "there is nothing here");
  if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "only GET");
  response.writeHead(200, { "Content-Type": asset.type, "Content-Length": asset.body.byteLength }).end(request.method === "GET" ? asset.body : undefined);
}

async function serveApi(path: string, request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const refusal = site.door.refuseStranger(request);
  if (refusal) return refuse(response, refusal);
  switch (`${request.method} ${path}`) {
    case "GET /api/events":
      return site.stream(response);
    case "POST /api/answers":
      return servePost(request, response, { parse: parseAnswerPost, take: site.answer });
    case "POST /api/again":
      return servePost(request, response, { parse: parseAgainPost, take: site.again });
    default:
      return end(response, 404, "there is nothing here");
  }
}

/** A kind of post: how its body is read, and who takes it. */
interface Post<T> {
  readonly parse: (body: string) => T | undefined;
  readonly take: (post: T) => Promise<object | undefined>;
}

async function servePost<T>(request: IncomingMessage, response: ServerResponse, { parse, take }: Post<T>): Promise<void> {
  if (request.headers["content-type"] !== "application/json") return end(response, 415, "only application/json");
  if (!(Number(request.headers["content-length"]) <= mostBodyBytes)) return end(response, 413, `at most ${mostBodyBytes} bytes, and their number first`);
  const post = parse(await text(request));
  if (!post) return end(response, 400, "this is not an answer");
  const result = await take(post);
  if (!result) return end(response, 503, "aegis is leaving");
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(result));
}

function refuse(response: ServerResponse, { status, why }: Refusal): void {
  end(response, status, why);
}

// The connection goes with it: an unread body, or a client that guesses, holds nothing.
function end(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" }).end(`${why}\n`);
}
