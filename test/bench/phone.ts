import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startBotApi } from "../botapi/server.ts";
import type { Workshop } from "./contender.ts";

/** What the detector waits for after a line-mode question, by design. */
const quietMs = 100;
/** Nobody taps sooner: the message must be read. Until then aegis is still writing down where it went. */
const readingMs = 500;

/**
 * Milliseconds from a question shown to its message requested, beyond the quiet; and from a tap handed out to its key read.
 *
 * @param beside the child of a session that was there before, and polls; undefined: the one that asks polls for itself
 */
export async function phone(shop: Workshop, questions: number, beside?: readonly string[]): Promise<{ asked: number[]; answered: number[] }> {
  await using api = await startBotApi();
  const ada = api.user(12_345_678);
  const home = mkdtempSync(join(shop.folder, "phone-"));
  const log = join(home, "asked.log");
  const config = `[telegram]\nbot_token = "${api.token}"\nallowed_users = [${ada.person.id}]\napi_root = "${api.url}"\n[prompts]\ndesk_seconds = 0\n`;
  writeFileSync(join(home, "config.toml"), config, { mode: 0o600 });
  const session = (child: readonly string[]) => spawn(shop.bench, ["drain", ...shop.telegram.around(child)], { env: { ...shop.env, AEGIS_HOME: home }, stdio: "ignore" });
  const first = beside && session(beside);
  if (first !== undefined) await api.polled();
  const held = session([shop.bench, "ask", String(questions), log]);
  const ended = new Promise((resolve) => held.once("exit", resolve));

  const sent: number[] = [];
  const tapped: number[] = [];
  for (let number = 1; number <= questions; number++) {
    const words = `number ${number}?`;
    const { at } = await api.call("sendMessage", ({ params }) => String(params["text"]).includes(words));
    const message = await api.message(({ text }) => text.includes(words));
    const yes = message.buttons.find(({ text }) => text === "Yes");
    if (yes === undefined) throw new Error(`no button Yes on: ${message.text}`);
    await api.polled();
    await delay(readingMs);
    sent.push(at);
    tapped.push(performance.timeOrigin + performance.now());
    ada.presses(yes, message);
  }
  await ended;
  first?.kill();
  // Not the first: it waits for the relay to be set up as well.
  const times = readFileSync(log, "utf8").trim().split("\n").map((line) => line.split(" ").map((microseconds) => Number(microseconds) / 1_000));
  return {
    asked: times.map(([shown = 0], index) => (sent[index] ?? Number.NaN) - shown - quietMs).slice(1),
    answered: times.map(([, read = 0], index) => read - (tapped[index] ?? Number.NaN)).slice(1),
  };
}
