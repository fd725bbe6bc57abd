import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { messageOf } from "../async/message-of.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { HookPlace, HookSocket } from "../relay/hooks/hook-socket.ts";
import type { Report } from "../relay/report.ts";
import type { Disk } from "./agents/disk.ts";
import { dressed } from "./agents/outfit.ts";
import type { Home } from "./home.ts";

/** A command that tells its questions by hooks, and where they are heard. */
export interface Hooked {
  readonly command: readonly string[];
  readonly socket: HookSocket;
}

/** Where the hooks of a session call. */
export function hookPlace(home: Home, session: SessionId): HookPlace {
  return { socket: join(home.sockets, `${session}.sock`), bearer: join(home.sockets, `${session}.key`) };
}

/**
 * Dresses a known agent's command so that it calls us, and listens.
 * @returns undefined for any other program, and where it can't be done: then the screen alone tells
 */
export async function openHooks(command: readonly string[], home: Home, session: SessionId, disk: Disk, report: Report): Promise<Hooked | undefined> {
  const hooked = dressed(command, hookCommand(home, session), disk);
  if (hooked === undefined) return undefined;
  try {
    const { HookSocket } = await import("../relay/hooks/hook-socket.ts");
    return { command: hooked, socket: await HookSocket.listen(hookPlace(home, session), randomBytes(32).toString("base64url")) };
  } catch (error) {
    report.log("warn", `hooks are off: ${messageOf(error)}`);
    return undefined;
  }
}

/** The words with which a shell runs this aegis as a hook of the session. A child never sees AEGIS_HOME, so the folder is named. */
function hookCommand(home: Home, session: SessionId): string {
  const words = [process.execPath, ...process.execArgv, process.argv[1] ?? "", "hook", "claude", "--home", home.folder, "--session", session];
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}
