import type { TelegramClient } from "../../channel/telegram/client.ts";
import { good, type Finding } from "./finding.ts";

/** Whether people can be asked in the group, each session in a topic of its own. */
export async function groupFinding(client: TelegramClient, group: number, signal: AbortSignal): Promise<Finding> {
  const found = await client.group(group, signal);
  const name = `group ${group}`;
  if (found === undefined) return { id: "telegram.group", is: "bad", what: `the bot is not in ${name}`, why: "telegram.group says to ask people there", mend: "add the bot to the group, or take telegram.group out of config.toml" };
  if (!found.isForum) return { id: "telegram.group", is: "warning", what: `${name} has no topics`, why: "messages of all sessions stand among each other", mend: "switch topics on in the group's settings" };
  if (!found.managesTopics) return { id: "telegram.group", is: "warning", what: `the bot may not manage topics in ${name}`, why: "messages of all sessions stand among each other", mend: "make the bot an administrator that may manage topics" };
  return good("telegram.group", `${name} has topics, and the bot manages them`);
}
