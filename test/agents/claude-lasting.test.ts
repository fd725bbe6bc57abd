import { resolve } from "node:path";
import { newestClaude } from "./claude.ts";
import { done, holds, isHeard, isMade, touching } from "./effects.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const servers = { mcpServers: { demo: { command: process.execPath, args: [resolve(import.meta.dirname, "mcp-demo.mjs")] } } };
const deploying: Visit["scene"] = () => [[{ calls: "mcp__demo__deploy", input: { region: "eu-west" } }], done];
/** Claude fetches by https and the page is on http: that it tried is what allowing it led to. */
const fetching: Visit["scene"] = ({ model }) => [[{ fetches: `${model.url}/page` }], done];
/** Nothing about what was allowed before is asked again. */
const unasked: Visit["moves"] = [];

tour(
  "what is not asked again",
  newestClaude,
  [
    { dialog: "MCP tool", scene: deploying, moves: [{ asks: /mcp__demo__deploy/, taps: "Yes, and allow mcp__demo__deploy from now on in this folder" }], effect: holds(".claude/settings.local.json", /mcp__demo__deploy/) },
    { dialog: "MCP tool", scene: deploying, moves: unasked, effect: isHeard(/deployed to eu-west/) },
    { dialog: "web page", scene: fetching, moves: [{ asks: /WebFetch\nurl: /, taps: "Yes" }], effect: isHeard(/SSL/) },
    { dialog: "web page", scene: fetching, moves: [{ asks: /WebFetch\nurl: /, taps: /^Yes, and allow WebFetch/ }], effect: holds(".claude/settings.local.json", /WebFetch\(domain:127\.0\.0\.1\)/) },
    { dialog: "web page", scene: fetching, moves: unasked, effect: () => undefined },
    { dialog: "shell command", scene: touching("access.txt"), moves: [{ asks: /touch access\.txt/, taps: /^Yes, and allow access to / }], effect: isMade("access.txt") },
    {
      dialog: "notebook",
      scene: (studio) => [
        [{ writes: studio.file("cells.ipynb"), content: JSON.stringify({ cells: [{ cell_type: "code", id: "one", metadata: {}, outputs: [], execution_count: null, source: ["x = 1"] }], metadata: {}, nbformat: 4, nbformat_minor: 5 }) }],
        [{ reads: studio.file("cells.ipynb") }],
        [{ calls: "NotebookEdit", input: { notebook_path: studio.file("cells.ipynb"), cell_id: "one", new_source: "x = 2", cell_type: "code", edit_mode: "replace" } }],
        done,
      ],
      moves: [{ asks: /Write\n.*cells\.ipynb/, taps: "Yes" }, { asks: /NotebookEdit\n[\s\S]*x = 2/, taps: "Yes" }],
      effect: holds("cells.ipynb", /x = 2/),
    },
    { dialog: "new file", scene: (studio) => [[{ writes: studio.file("many.txt"), content: "many\n" }], done], moves: [{ asks: /many\.txt/, taps: "Yes, and switch to acceptEdits mode for this session" }], effect: holds("many.txt", /^many$/m) },
    { dialog: "new file", scene: (studio) => [[{ writes: studio.file("more.txt"), content: "more\n" }], done], moves: unasked, effect: holds("more.txt", /^more$/m) },
  ],
  { args: ["--mcp-config", JSON.stringify(servers), "--settings", JSON.stringify({ skipWebFetchPreflight: true })], skip: onlyInFull },
);
