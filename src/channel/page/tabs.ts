import type { ServerResponse } from "node:http";
import { Bell } from "../../async/bell.ts";
import type { PageEvent } from "./wire.ts";

// A browser opens six connections to one address; a stream takes one for good, and an answer must still find one.
const mostTabs = 5;
// A tab that has not taken this many bytes is asleep: it is dropped, and gets a snapshot when it comes back.
const mostUnsent = 4 * 1024 * 1024;

/** The open tabs, oldest first, each at the end of a Server-Sent Events stream. */
export class Tabs {
  readonly #streams = new Set<ServerResponse>();
  readonly #added = new Bell();

  /** Resolves as soon as one is open, or when `signal` aborts. */
  async opened(signal: AbortSignal): Promise<void> {
    while (this.#streams.size === 0 && !signal.aborted) await this.#added.rung(signal);
  }

  /** Takes over `response` until either side ends it. */
  add(response: ServerResponse, snapshot: PageEvent): void {
    const [oldest] = this.#streams;
    if (oldest && this.#streams.size >= mostTabs) this.#leave(oldest, { is: "rest" });
    response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8", Connection: "close" });
    response.once("close", () => this.#streams.delete(response));
    this.#streams.add(response);
    response.write(block(snapshot));
    this.#added.ring();
  }

  push(event: PageEvent): void {
    this.#write(block(event));
  }

  /** Keeps the streams moving, so that a tab notices a dead one. */
  beat(): void {
    this.#write(":\n\n");
  }

  end(): void {
    for (const response of this.#streams) this.#leave(response, { is: "bye" });
  }

  #write(text: string): void {
    for (const response of this.#streams) {
      if (response.writableLength > mostUnsent) response.destroy();
      else response.write(text);
    }
  }

  #leave(response: ServerResponse, event: PageEvent): void {
    this.#streams.delete(response);
    response.end(block(event));
  }
}

function block(event: PageEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
