import type { Json } from "../../prompt/event.ts";

/** Longer than any prompt may stay open: Claude's own limit is 600 s, and then it would stop listening. */
const patienceSeconds = 604_800;
const briefSeconds = 10;

/** Words that make Claude Code something else than a session with dialogs. */
const errands = new Set(["-p", "--print", "-v", "--version", "-h", "--help", "mcp", "config", "update", "upgrade", "doctor", "install", "setup-token", "plugin", "migrate-installer"]);

type Settings = { readonly [key: string]: Json };

/**
 * `claude …` with hooks added for this run, by `--settings`: they come on top of the person's own, whose files stay as they are.
 * The settings hold no secret: Claude Code up to 2.1.100 leaves them in a file that anybody may read (notes of 2026-11).
 */
export function dressClaude([name = "", ...words]: readonly string[], hook: string, files: (path: string) => string): readonly string[] | undefined {
  const own = words.slice(0, words.includes("--") ? words.indexOf("--") : words.length);
  if (own.some((word) => errands.has(word))) return undefined;
  const at = own.findIndex((word) => word === "--settings" || word.startsWith("--settings="));
  if (at < 0) return [name, "--settings", JSON.stringify({ hooks: hooksFor(hook, {}) }), ...words];
  const isJoined = own[at]?.includes("=") === true;
  const given = settingsIn(isJoined ? (own[at] ?? "").slice("--settings=".length) : (own[at + 1] ?? ""), files);
  if (given === undefined) return undefined;
  const merged = JSON.stringify({ ...given, hooks: hooksFor(hook, given["hooks"]) });
  return [name, ...words.slice(0, at), "--settings", merged, ...words.slice(at + (isJoined ? 1 : 2))];
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
function settingsIn(word: string, files: (path: string) => string): Settings | undefined {
  try {
    const value: unknown = JSON.parse(word.trimStart().startsWith("{") ? word : files(word));
    return isSettings(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
