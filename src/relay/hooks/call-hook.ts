import { readFileSync } from "node:fs";
import { connect } from "node:net";
import * as z from "zod/mini";
import type { Json } from "../../prompt/event.ts";
import { frameOf, frames } from "./frame.ts";
import type { HookSource } from "./hello.ts";
import type { HookPlace } from "./hook-socket.ts";

const answer = z.strictObject({ reply: z.json() });

/**
 * Brings what a hook was told to its session, and waits there for the answer.
 *
 * @param pass  hands the answer to the program
 * @throws Error when there is no such session, it refuses, or it goes away: then the program asks by itself
 */
export async function callHook(place: HookPlace, source: HookSource, event: Json, pass: (reply: Json) => void): Promise<void> {
  const frame = frameOf({ bearer: readFileSync(place.bearer, "utf8"), source, event });
  if (frame === undefined) throw new RangeError("more than one message may hold");
  const socket = connect(place.socket);
  try {
    await new Promise<void>((resolve, reject) => socket.once("error", reject).once("connect", resolve));
    socket.write(frame);
    for await (const message of frames(socket)) {
      const { reply } = answer.parse(message);
      if (reply !== null) pass(reply);
      socket.end('{"passed":true}\n');
      return;
    }
  } finally {
    socket.unref();
  }
}
