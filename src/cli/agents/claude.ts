import type { Json } from "../../prompt/event.ts";
import type { AgentMark } from "./agent-mark.ts";
import type { Disk } from "./disk.ts";

/** npm's package, its native parts, and the installer's folder of versions. */
export const claudeMark: AgentMark = { name: "claude", packageName: "@anthropic-ai/claude-code", installed: /[\\/](?:claude-code(?:-[\w-]+)?|claude[\\/]versions)[\\/]|[\\/]claude$/ };

/** Longer than any prompt may stay open: Claude's own limit is 600 s, and then it would stop listening. */
const patienceSeconds = 604_800;
const briefSeconds = 10;

/** Words that make Claude Code something else than a session with dialogs. */
const errands = new Set(
  `-p --print -v --version -h --help --bg --background --desktop agents attach auth auto-mode config doctor gateway import install kill logs
   mcp migrate-installer plugin plugins purge respawn rm setup-token stop ultrareview update upgrade`.split(/\s+/),
);

type Settings = { readonly [key: string]: Json };

/**
 * Claude Code's own words with hooks added for this run, by `--settings`: they come on top of the person's own, whose files stay as
 * they are. The settings hold no secret: Claude Code up to 2.1.100 leaves them in a file that anybody may read (notes of 2026-11).
 */
export function dressClaude(words: readonly string[], hook: string, disk: Disk): readonly string[] | undefined {
  const own = words.slice(0, words.includes("--") ? words.indexOf("--") : words.length);
  if (own.some((word) => errands.has(word))) return undefined;
  const at = own.findIndex((word) => word === "--settings" || word.startsWith("--settings="));
  if (at < 0) return ["--settings", JSON.stringify({ hooks: hooksFor(hook, {}) }), ...words];
  const isJoined = own[at]?.includes("=") === true;
  const given = settingsIn(isJoined ? (own[at] ?? "").slice("--settings=".length) : (own[at + 1] ?? ""), disk);
  if (given === undefined) return undefined;
  const merged = JSON.stringify({ ...given, hooks: hooksFor(hook, given["hooks"]) });
  return [...words.slice(0, at), "--settings", merged, ...words.slice(at + (isJoined ? 1 : 2))];
}

function hooksFor(hook: string, given: Json | undefined): Json {
  const before = isSettings(given) ? given : {};
  const added = (event: string, timeout: number): Json => {
    const others = before[event];
    return [...(Array.isArray(others) ? others : []), { hooks: [{ type: "command", command: hook, timeout }] }];
  };
  return { ...before, PermissionRequest: added("PermissionRequest", patienceSeconds), Stop: added("Stop", briefSeconds) };
}

/** What the person gave to --settings: JSON, or a file of it. Undefined when it can't be read; Claude itself then says so. */
function settingsIn(word: string, disk: Disk): Settings | undefined {
  try {
    const value: unknown = JSON.parse(word.trimStart().startsWith("{") ? word : disk.read(word));
    return isSettings(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
