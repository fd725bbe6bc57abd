/** A bot token as @BotFather gives it: the bot's own number, which is public, and the secret. */
export const botTokenForm = /^\d+:[\w-]+$/;

/** A bot token as it may be shown: nothing of the secret. */
export function masked(token: string): string {
  return `${token.split(":")[0]}:…`;
}
