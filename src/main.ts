#!/usr/bin/env node
import { helpPage } from "./cli/help-page.ts";

// First of all: without a listener, SIGUSR1 from any process of this user opens a debugger in ours.
process.on("SIGUSR1", () => undefined);

void start(process.argv.slice(2));

async function start(words: readonly string[]): Promise<void> {
  const help = helpPage(words, new URL(".", import.meta.url));
  if (help === undefined) {
    const { main } = await import("./cli/program.ts");
    process.exitCode = await main(words);
  } else {
    // A reader that has seen enough is no fault.
    process.stdout.on("error", () => undefined).write(help);
  }
  // What may still hold the loop (a keep-alive socket) must not hold the person's shell.
  setTimeout(() => process.exit(), 200).unref();
}
