/**
 * Makes the README's picture from a real run: `npm run picture`. A real Claude Code asks in a real terminal under the built aegis,
 * against a model and a Bot API of our own on loopback; what both showed is drawn. Only the folders' random names are made readable.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { newestClaude } from "../agents/claude.ts";
import { Studio } from "../agents/studio.ts";
import { rowsOf, type Run } from "./cells.ts";
import { pictureOf } from "./svg.ts";

const target = resolve(import.meta.dirname, "../../fixtures/picture/aegis.svg");
const size = { cols: 78, rows: 30 };

await using studio = await Studio.open(newestClaude);
studio.model.plays("release", [[{ says: "All 214 tests pass. Publishing it now." }, { runs: "npm publish --access public", because: "Publish version 2.0.0" }], [{ says: "Done." }]]);
const terminal = studio.run({ instruction: "Release 2.0.0 scene:release", ...size });
const message = await studio.desk.api.message(({ text, buttons }) => text.includes("npm publish") && buttons.length > 0);
await terminal.shows(/❯ 1\. Yes/);

const readable = (text: string): string => text.replaceAll(studio.desk.cwd, "~/shop").replace(/\S*\/node_modules\/\.bin\/claude/g, "claude").replace(/ ?scene:release/g, "");
const named = (run: Run): Run => {
  const text = readable(run.text);
  return text === run.text || run.ground !== undefined ? { ...run, text: text.padEnd(run.text.length) } : { ...run, text, cells: text.length };
};
const rows = await rowsOf(terminal.output, size.cols, size.rows);
const shown = rows.map((runs) => runs.map((run) => named(run)));
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, pictureOf({ rows: shown, cols: size.cols, bot: "aegis", message: { text: readable(message.text), code: [...message.within("pre"), ...message.within("code")].map(readable), buttons: message.buttons.map(({ text }) => text) } }));
