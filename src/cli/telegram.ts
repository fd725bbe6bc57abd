import { messageOf } from "../async/message-of.ts";
import { systemClock } from "../async/clock.ts";
import type { Channel } from "../channel/channel.ts";
import type { TelegramState } from "../channel/telegram/health.ts";
import { telegramChannel } from "../channel/telegram/telegram.ts";
import type { AuditEvent } from "../prompt/event.ts";
import { redact } from "../prompt/redact.ts";
import type { TelegramConfig } from "./config.ts";
import { Failure } from "./failure.ts";
import type { RunReport } from "./log-file.ts";
import type { ChannelParts } from "./way.ts";

/** The Telegram channel of one session; nothing is sent or loaded before it is first used. */
export function openTelegram(telegram: TelegramConfig, { sessionId, config, store, report }: ChannelParts): Channel {
  const attest = (type: string, data: AuditEvent["data"]): void => {
    const event = { type, at: systemClock.wall(), sessionId, data };
    store.record(event).catch((error: unknown) => report.log("warn", `${type} not in the log: ${messageOf(error)}`));
  };
  // Each bot counts its updates by itself.
  const bot = `telegram:${telegram.token.reveal().split(":")[0]}`;
  return telegramChannel({
    token: telegram.token.reveal(),
    allowedUsers: telegram.allowedUsers,
    apiRoot: telegram.apiRoot,
    clock: systemClock,
    ...(config.redact ? { redact } : {}),
    offsets: { get: () => store.offset(bot), set: (offset) => store.setOffset(bot, offset) },
    onState: (state) => {
      tellState(state, report);
      attest(`telegram.${state.is}`, { message: state.message });
    },
    onMissed({ recipient, message }) {
      report.log("warn", `${recipient} was not reached: ${message}`);
      report.trouble(`one of the people on telegram.allowed_users was not reached: ${message}`, "they must have pressed Start in the chat with the bot, and not have blocked it");
    },
    onStranger: ({ count, ids }) => attest("auth.rejected", { count, ids }),
  });
}

/** What the person learns of Telegram after the run: of a cut connection only if it was still cut then. */
function tellState({ is, message }: TelegramState, report: RunReport): void {
  report.log(is === "ok" ? "info" : "warn", `Telegram: ${message}`);
  switch (is) {
    case "ok":
      return report.recovered("telegram");
    case "degraded":
      return report.failing("telegram", new Failure(`Telegram could not be reached: ${message}`, "prompts waited at the terminal; check the network, and telegram.api_root if you set it"));
    case "conflict":
      return report.trouble(`another program is polling this bot (${message})`, 'answers may have gone there; "aegis status" shows the sessions of this machine');
    case "refused":
      return report.trouble(`Telegram refused the bot token (${message})`, "put the token that @BotFather shows into telegram.bot_token");
  }
}
