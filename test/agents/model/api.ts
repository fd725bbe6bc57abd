import type { ServerResponse } from "node:http";
import type { Conversation, Dict } from "./conversation.ts";
import type { Call } from "./tools.ts";

/** One piece of the model's turn, in the terms of the agent's own tools. */
export type Piece = { readonly text: string } | { readonly call: Call };

/** One of the model APIs that agents speak. */
export interface Api {
  readonly path: RegExp;
  read(body: Dict, path: string): Conversation;
  /** What a side errand (a title, a classification) is answered with. */
  errand(body: Dict): string;
  write(response: ServerResponse, body: Dict, conversation: Conversation, pieces: readonly Piece[]): void;
}

let minted = 0;

/** An id as unique as an API's. */
export function mintId(prefix: string): string {
  minted += 1;
  return `${prefix}_${Date.now().toString(36)}${minted.toString(36).padStart(4, "0")}`;
}

export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

export function stream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
}
