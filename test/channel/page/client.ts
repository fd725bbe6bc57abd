import { randomBytes } from "node:crypto";
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { systemClock, type Clock } from "../../../src/async/clock.ts";
import { pageChannel, type PageChannel } from "../../../src/channel/page/page-channel.ts";
import type { PageEvent } from "../../../src/channel/page/wire.ts";

export function startPage(port = 0, clock: Clock = systemClock): Promise<PageChannel> {
  return pageChannel({ port, clock, random: randomBytes, version: "1.2.3" });
}

/** A client on loopback that may send any header, `Host` included. */
export class Client {
  readonly origin: string;
  readonly token: string;
  readonly port: number;

  constructor(page: PageChannel) {
    const url = new URL(page.url);
    this.origin = url.origin;
    this.token = url.hash.slice(1);
    this.port = Number(url.port);
  }

  /** What a tab of the page sends with everything. */
  get own(): OutgoingHttpHeaders {
    return { Authorization: `Bearer ${this.token}`, Origin: this.origin, "Sec-Fetch-Site": "same-origin" };
  }

  open(method: string, path: string, headers: OutgoingHttpHeaders, body?: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
      const request = httpRequest({ host: "127.0.0.1", port: this.port, method, path, headers: { ...length, ...headers }, agent: false }, resolve);
      request.on("error", reject);
      request.end(body);
    });
  }

  async ask(method: string, path: string, headers: OutgoingHttpHeaders, body?: string): Promise<{ status: number; headers: IncomingMessage["headers"]; body: string }> {
    const response = await this.open(method, path, headers, body);
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }

  answer(post: unknown): Promise<{ status: number; body: string }> {
    return this.ask("POST", "/api/answers", { ...this.own, "Content-Type": "application/json" }, JSON.stringify(post));
  }

  /** What is pushed, until the page leaves. */
  async *events(): AsyncGenerator<PageEvent, void, void> {
    const response = await this.open("GET", "/api/events", this.own);
    for await (const line of createInterface({ input: response })) {
      if (line.startsWith("data: ")) yield JSON.parse(line.slice("data: ".length));
    }
  }
}
