import { messageOf } from "../async/message-of.ts";
import { systemClock } from "../async/clock.ts";
import type { Channel } from "../channel/channel.ts";
import type { TelegramState } from "../channel/telegram/health.ts";
import { botIdIn, botName, chatOf, recipientOf } from "../channel/telegram/recipient.ts";
import { spotId } from "../channel/telegram/spot.ts";
import { telegramChannel, type TelegramGroup } from "../channel/telegram/telegram.ts";
import type { AuditEvent } from "../prompt/event.ts";
import { redact } from "../prompt/redact.ts";
import type { MessageRef } from "../prompt/reply.ts";
import type { Store } from "../store/store.ts";
import type { TelegramConfig } from "./config.ts";
import { Failure } from "./failure.ts";
import type { RunReport } from "./log-file.ts";
import type { ChannelParts } from "./way.ts";

/** The Telegram channel of one session; nothing is sent or loaded before it is first used. */
export function openTelegram(telegram: TelegramConfig, { session, config, store, report }: ChannelParts): Channel {
  const attest = (type: string, data: AuditEvent["data"]): void => {
    const event = { type, at: systemClock.wall(), sessionId: session.id, data };
    store.record(event).catch((error: unknown) => report.log("warn", `${type} not in the log: ${messageOf(error)}`));
  };
  const groupOf = (chat: number): TelegramGroup => ({
    chat,
    topicName: `${redact(session.name)} (${session.id})`,
    async onOpened(thread) {
      attest("telegram.topic", { chat, thread });
      const opening = { recipient: recipientOf(chat), id: spotId({ thread, message: thread }) };
      await store.noted(session.id, opening).catch((error: unknown) => report.log("warn", `the session's topic is not remembered: ${messageOf(error)}`));
    },
    onRefused: (message) => report.trouble(`this session has no topic in the group: ${message}`, "the group must have topics switched on, and the bot the right to manage them; its messages stood among all others"),
  });
  // Each bot counts its updates by itself.
  const bot = botName(botIdIn(telegram.token.reveal()));
  return telegramChannel({
    token: telegram.token.reveal(),
    allowedUsers: telegram.allowedUsers,
    apiRoot: telegram.apiRoot,
    group: telegram.group === undefined ? undefined : groupOf(telegram.group),
    clock: systemClock,
    ...(config.redact ? { redact } : {}),
    lines: store.lines(bot),
    offsets: { get: () => store.offset(bot), set: (offset) => store.setOffset(bot, offset) },
    isConfidential: (message) => asksForSecret(message, store),
    onState: (state) => {
      tellState(state, report);
      attest(`telegram.${state.is}`, { message: state.message });
    },
    onMissed({ recipient, message }) {
      report.log("warn", `${recipient} was not reached: ${message}`);
      report.trouble(`${chatOf(recipient) ?? recipient} of telegram.allowed_users was not reached: ${message}`, "they must have pressed Start in the chat with the bot, and not have blocked it");
    },
    onStranger: ({ count, ids }) => attest("auth.rejected", { count, ids }),
  });
}

function asksForSecret(message: MessageRef, store: Store): boolean {
  return store.prompts({ shownBy: message }).some(({ prompt }) => prompt.detection.secret);
}

/** What the person learns of Telegram after the run: of a cut connection only if it was still cut then. */
function tellState({ is, message }: TelegramState, report: RunReport): void {
  report.log(is === "ok" ? "info" : "warn", `Telegram: ${message}`);
  switch (is) {
    case "ok":
      return report.recovered("telegram");
    case "degraded":
      return report.failing("telegram", new Failure(message, "prompts waited at the terminal; check the network, and telegram.api_root if you set it"));
    case "conflict":
      return report.trouble(message, 'answers may have gone there; "aegis status" shows the sessions of this machine');
    case "refused":
      return report.trouble(message, "put the token that @BotFather shows into telegram.bot_token");
  }
}
