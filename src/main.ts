#!/usr/bin/env node
// First of all: without a listener, SIGUSR1 from any process of this user opens a debugger in ours.
process.on("SIGUSR1", () => undefined);

const { main } = await import("./cli/program.ts");
process.exitCode = await main(process.argv.slice(2));
// What may still hold the loop (a keep-alive socket) must not hold the person's shell.
setTimeout(() => process.exit(), 200).unref();
