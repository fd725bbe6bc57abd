import { setImmediate as passBytes } from "node:timers/promises";
import { messageOf } from "../async/message-of.ts";
import type { SessionCard } from "../prompt/prompt.ts";
import type { Config } from "./config.ts";
import { Failure } from "./failure.ts";
import type { Home } from "./home.ts";
import type { RunReport } from "./log-file.ts";
import type { Ended, RelayParts } from "./relay.ts";
import { openWay, type Way } from "./way.ts";

export interface RelayStart {
  readonly session: SessionCard;
  readonly home: Home;
  readonly config: Config;
  readonly way: Way;
  readonly report: RunReport;
}

/** What must be known before the child starts; everything heavy is loaded while it already runs. */
export interface Prepared {
  /** Where prompts go, in words. */
  readonly where: string;
  readonly report: RunReport;
  /** Relays until the child has ended. Never rejects for trouble of the relay's own. */
  relay(parts: Omit<RelayParts, "config" | "store" | "channels" | "report" | "watch">, signal: AbortSignal): Promise<Ended>;
}

/** @returns a Failure when the way can't be opened */
export async function prepareRelay({ session, home, config, way, report }: RelayStart): Promise<Prepared | Failure> {
  const opened = await openWay(way);
  if (opened instanceof Failure) return opened;
  return {
    where: opened.where,
    report,
    async relay(parts, signal) {
      // In pieces, between which keys and output pass: all of it at once would stop the terminal for 100 ms.
      try {
        await using _hooks = parts.hooks;
        await using way = opened;
        const { openKeeping } = await import("./keeping.ts");
        await passBytes();
        await using store = await openKeeping(home);
        await passBytes();
        const channels = await way.channels({ session, config, store, report });
        await passBytes();
        const { relayed } = await import("./relay.ts");
        await passBytes();
        return await relayed({ ...parts, config, store, channels, report, watch: way.watch }, signal);
      } catch (error) {
        report.trouble(`nothing was relayed: ${messageOf(error)}`, error instanceof Failure ? error.hint : `${home.log} may say more; the program ran alone`);
        return { exitCode: await parts.exited, prompts: 0, answered: 0 };
      }
    },
  };
}
