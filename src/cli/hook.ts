import { buffer } from "node:stream/consumers";
import { callHook } from "../relay/hooks/call-hook.ts";
import { isHookSource } from "../relay/hooks/hello.ts";
import type { Context } from "./context.ts";
import { homeFrom } from "./home.ts";
import { hookPlace } from "./hooks.ts";

export interface HookOptions {
  readonly home?: string;
  readonly session?: string;
}

/**
 * An agent's hook: brings what it was told to the session around it, and prints the person's answer. Without one, and whatever
 * goes wrong, it prints nothing and the agent asks by itself.
 */
export async function hook(source: string, options: HookOptions, { environment, home }: Context): Promise<number> {
  const session = options.session ?? environment["AEGIS_SESSION"];
  if (session === undefined || !/^[a-z0-9]{4,8}$/.test(session) || !isHookSource(source)) return 0;
  const folder = options.home === undefined ? home : homeFrom({ AEGIS_HOME: options.home });
  try {
    const event = JSON.parse((await buffer(process.stdin)).toString());
    await callHook(hookPlace(folder, session), source, event, (reply) => process.stdout.write(`${JSON.stringify(reply)}\n`));
  } catch {
    // Nothing that is said here would reach a person; the agent's own dialog does.
  }
  return 0;
}
