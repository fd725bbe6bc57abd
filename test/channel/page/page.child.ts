import { startPage } from "./client.ts";

// Serves a page on the port of its first argument, prints its address and waits to be killed.
const page = await startPage(Number(process.argv[2]));
process.stdout.write(`${page.url}\n`);
