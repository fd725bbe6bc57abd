/**
 * A Bot API to play with: `node --import tsx test/botapi/main.ts [user id]`, then point telegram.api_root at the address it prints.
 * Shows what the bot sends; `tap LABEL`, `reply TEXT`, `say TEXT`, `fault METHOD JSON`, `quit` are what a phone can do.
 */
import { createInterface } from "node:readline";
import type { Message } from "./chat.ts";
import type { Fault } from "./fault.ts";
import { startBotApi } from "./server.ts";

const userId = Number(process.argv[2] ?? 42);
await using api = await startBotApi();
const user = api.user(userId, { first_name: "Ada" });
console.log(`api_root      = "${api.url}"\nbot_token     = "${api.token}"\nallowed_users = [${userId}]`);

const shown = new Map<Message, number>();
const stop = new AbortController();
const show = async (): Promise<void> => {
  while (!stop.signal.aborted) {
    const news = await api.until("news", () => api.messages.find((message) => shown.get(message) !== message.edits), 2 ** 31 - 1);
    const verb = shown.has(news) ? "edited" : "sent";
    shown.set(news, news.edits);
    const file = news.document === undefined ? "" : ` [${news.document.fileName}, ${news.document.bytes.length} bytes]`;
    console.log(`\n── ${verb} ${news.id}${file}\n${news.text}\n${news.buttons.map((button) => `[ ${button.text} ]`).join("\n")}`);
  }
};
void show();

const commands: Record<string, (rest: string) => Promise<unknown>> = {
  tap: async (label) => console.log(`toast: ${await (await user.taps(label)).toast()}`),
  reply: async (text) => user.replies(text),
  say: async (text) => user.says(text),
  async fault(rest) {
    const [, method = "", json = ""] = /^(\S+)\s+(.*)$/.exec(rest) ?? [];
    const fault: Fault = JSON.parse(json);
    api.fault(method, fault);
  },
};
for await (const line of createInterface({ input: process.stdin, output: process.stdout })) {
  const [, word = "", rest = ""] = /^(\w+)\s*(.*)$/.exec(line.trim()) ?? [];
  if (word === "quit") break;
  const command = commands[word];
  if (command === undefined) console.log(`commands: ${Object.keys(commands).join(", ")}, quit`);
  else command(rest).catch((error: unknown) => console.log(String(error)));
}
stop.abort();
process.exit();
