import type { Json } from "../../prompt/event.ts";
import type { PermissionRequest } from "./claude.ts";
import { allow, denyAndStop, denyBecause } from "./claude-decision.ts";
import { inputText } from "./claude-input.ts";
import { suggestionText } from "./claude-suggestion.ts";
import { inquiryOf, type Inquiry, type Option } from "./inquiry.ts";

/** May a tool run? */
export function claudePermission({ tool_name: tool, tool_input: input, permission_suggestions: suggestions }: PermissionRequest): Inquiry {
  const lasting = suggestions.flatMap(lastingOption);
  const options: Option[] = [
    { label: "Yes", declines: false, take: () => allow() },
    ...lasting,
    { label: "No", declines: true, take: () => denyAndStop("The user does not want this.") },
  ];
  const question = `Claude wants to use ${tool}. Do you want to proceed?`;
  // A button cuts a long label, so what it would grant stands here whole.
  const grants = lasting.map(({ label }) => `“${label}”\n`).join("");
  const excerpt = `${inputText(tool, input)}\n\n${question}\n${grants}A reply says No and tells Claude why.`;
  return inquiryOf("claude.permission", { type: lasting.length === 0 ? "yes_no" : "multiple_choice", question, excerpt }, options, denyBecause);
}

/** One that Claude itself would offer, so that it does not ask again; none when its meaning is not known. */
function lastingOption(suggestion: Json): Option[] {
  const text = suggestionText(suggestion);
  return text === undefined ? [] : [{ label: `Yes, and ${text}`, declines: false, take: () => allow({ updatedPermissions: [suggestion] }) }];
}
