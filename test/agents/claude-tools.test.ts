import { resolve } from "node:path";
import { newestClaude } from "./claude.ts";
import { done, isHeard, isMade, isNotHeard, isNotMade, touching } from "./effects.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const servers = { mcpServers: { demo: { command: process.execPath, args: [resolve(import.meta.dirname, "mcp-demo.mjs")] } } };
const deploying: Visit["scene"] = () => [[{ calls: "mcp__demo__deploy", input: { region: "eu-west" } }], done];

/** A tool that needs no permission, but asks by a form of its server's. */
const asking = (tool: "confirm" | "configure"): Visit["scene"] => () => [[{ calls: `mcp__demo__${tool}`, input: {} }], done];

/** A sub-agent that makes `file`. */
function delegating(file: string): Visit["scene"] {
  return (studio) => {
    studio.model.plays(`sub-${file.replace(".", "-")}`, touching(file)(studio));
    return [[{ calls: "Task", input: { description: "Make a file", prompt: `scene:sub-${file.replace(".", "-")}`, subagent_type: "general-purpose" } }], done];
  };
}

tour(
  "tools of others",
  newestClaude,
  [
    { dialog: "MCP tool", scene: deploying, moves: [{ asks: /mcp__demo__deploy\nregion: eu-west/, taps: "No" }], effect: isNotHeard(/deployed to/) },
    { dialog: "MCP tool", scene: deploying, moves: [{ asks: /mcp__demo__deploy/, taps: "Yes" }], effect: isHeard(/deployed to eu-west/) },
    { dialog: "MCP server's question", scene: asking("confirm"), moves: [{ asks: /Deploy really\?/, buttons: [/^Accept$/, /^Cancel$/], taps: "Accept" }], effect: isHeard(/the person says accept/) },
    { dialog: "MCP server's question", scene: asking("confirm"), moves: [{ asks: /Deploy really\?/, taps: "Cancel" }], effect: isHeard(/the person says cancel/) },
    { dialog: "MCP server's form", scene: asking("configure"), moves: [{ asks: /Where shall it go\?[\s\S]*Region: /, buttons: [/^Cancel$/], taps: "Cancel" }], effect: isHeard(/the person says cancel/) },
    { dialog: "sub-agent's command", scene: delegating("sub.txt"), moves: [{ asks: /touch sub\.txt/, taps: "Yes" }], effect: isMade("sub.txt") },
    { dialog: "sub-agent's command", scene: delegating("never.txt"), moves: [{ asks: /touch never\.txt/, taps: "No" }], effect: isNotMade("never.txt") },
  ],
  { args: ["--mcp-config", JSON.stringify(servers), "--allowedTools", "mcp__demo__confirm,mcp__demo__configure"], skip: onlyInFull },
);
