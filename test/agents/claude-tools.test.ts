import { resolve } from "node:path";
import { newestClaude } from "./claude.ts";
import { done, isHeard, isMade, isNotHeard, isNotMade, touching } from "./effects.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const servers = { mcpServers: { demo: { command: process.execPath, args: [resolve(import.meta.dirname, "mcp-demo.mjs")] } } };
const deploying: Visit["scene"] = () => [[{ calls: "mcp__demo__deploy", input: { region: "eu-west" } }], done];

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
    { dialog: "sub-agent's command", scene: delegating("sub.txt"), moves: [{ asks: /touch sub\.txt/, taps: "Yes" }], effect: isMade("sub.txt") },
    { dialog: "sub-agent's command", scene: delegating("never.txt"), moves: [{ asks: /touch never\.txt/, taps: "No" }], effect: isNotMade("never.txt") },
  ],
  { args: ["--mcp-config", JSON.stringify(servers)], skip: onlyInFull },
);
