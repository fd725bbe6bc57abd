import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FailureLimit } from "./failure-limit.ts";

export interface Refusal {
  readonly status: 401 | 403 | 429;
  readonly why: string;
}

/**
 * Who may come in. A name that resolves to loopback (DNS rebinding) fails on Host, another site's script on Origin and
 * Sec-Fetch-Site, another user of the machine on the token. Nothing rests on being on loopback.
 */
export class Door {
  readonly #hosts: ReadonlySet<string>;
  readonly #token: Uint8Array;
  readonly #failures: FailureLimit;

  constructor(given: { port: number; token: string; failures: FailureLimit }) {
    this.#hosts = new Set([`127.0.0.1:${given.port}`, `localhost:${given.port}`, `[::1]:${given.port}`]);
    this.#token = digest(given.token);
    this.#failures = given.failures;
  }

  /** For everything, the page itself included. undefined: come in. */
  refuse(request: IncomingMessage): Refusal | undefined {
    const { host, origin } = request.headers;
    if (host === undefined || !this.#hosts.has(host)) return { status: 403, why: "this is not an address of the page" };
    // A form on another site posts without asking, and says where it comes from; only a read may leave it out.
    const expectsOrigin = request.method !== "GET" && request.method !== "HEAD";
    if (origin === undefined ? expectsOrigin : origin !== `http://${host}`) return { status: 403, why: "another site asks" };
    return undefined;
  }

  /** For what shows or answers prompts, after {@link refuse}. */
  refuseStranger(request: IncomingMessage): Refusal | undefined {
    const site = request.headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin") return { status: 403, why: "another site asks" };
    // The token is compared even for a client over its limit: on loopback all clients share one address, and
    // another user of the machine must not be able to shut its owner out.
    if (this.#knows(request.headers.authorization)) return undefined;
    const client = request.socket.remoteAddress ?? "";
    return this.#failures.exceeds(client) ? { status: 429, why: "too many wrong tokens" } : { status: 401, why: "the token is missing or wrong" };
  }

  #knows(authorization: string | undefined): boolean {
    const [scheme, token] = (authorization ?? "").split(" ");
    return timingSafeEqual(digest(token ?? ""), this.#token) && scheme === "Bearer";
  }
}

// Equal lengths for the comparison, whatever was sent.
function digest(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
