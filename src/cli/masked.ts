/** A bot token as it may be shown: the bot's own number, which is public, and nothing of the secret. */
export function masked(token: string): string {
  return `${token.split(":")[0]}:…`;
}
