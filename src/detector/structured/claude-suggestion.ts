import * as z from "zod/mini";
import type { Json } from "../../prompt/event.ts";

const destination = z.enum(["session", "localSettings", "projectSettings", "userSettings"]);
const rule = z.object({ toolName: z.string(), ruleContent: z.optional(z.string()) });
const suggestion = z.discriminatedUnion("type", [
  z.object({ type: z.literal("addRules"), rules: z.array(rule).check(z.minLength(1)), behavior: z.literal("allow"), destination }),
  z.object({ type: z.literal("addDirectories"), directories: z.array(z.string()).check(z.minLength(1)), destination }),
  z.object({ type: z.literal("setMode"), mode: z.string(), destination }),
]);

const where = { session: "for this session", localSettings: "from now on in this folder", projectSettings: "from now on in this project", userSettings: "from now on everywhere" } as const;

/** What a permission update of Claude Code would change, in words; undefined when it is not known, so must not be offered. */
export function suggestionText(update: Json): string | undefined {
  const parsed = suggestion.safeParse(update);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  switch (data.type) {
    case "addRules":
      return `allow ${data.rules.map(({ toolName, ruleContent }) => (ruleContent === undefined ? toolName : `${toolName}(${ruleContent})`)).join(", ")} ${where[data.destination]}`;
    case "addDirectories":
      return `allow access to ${data.directories.join(", ")} ${where[data.destination]}`;
    case "setMode":
      return `switch to ${data.mode} mode ${where[data.destination]}`;
  }
}
