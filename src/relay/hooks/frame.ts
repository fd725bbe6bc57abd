import type { Socket } from "node:net";
import type { Json } from "../../prompt/event.ts";

/** Bytes of one message, its newline included: a file that an agent wants to write must come to the phone whole. */
export const maxFrameBytes = 1024 * 1024;

/** One message as it travels: JSON on a line. Undefined: it is too large. */
export function frameOf(value: Json): string | undefined {
  const frame = `${JSON.stringify(value)}\n`;
  return Buffer.byteLength(frame) > maxFrameBytes ? undefined : frame;
}

/** The messages that come over `socket`, in order. @throws Error at one that is too large or not JSON */
export async function* frames(socket: Socket): AsyncGenerator<Json, void, void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, Buffer.from(chunk)]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = rest.subarray(0, end);
      rest = rest.subarray(end + 1);
      if (line.length >= maxFrameBytes) throw new RangeError("a hook sent too much");
      const message: Json = JSON.parse(line.toString());
      yield message;
    }
    if (rest.length >= maxFrameBytes) throw new RangeError("a hook sent too much");
  }
}
