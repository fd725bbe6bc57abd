import type { Json } from "../../prompt/event.ts";
import type { PermissionRequest } from "./claude.ts";
import { allow, denyAndStop, denyBecause } from "./claude-decision.ts";
import { inputText } from "./claude-input.ts";
import { suggestionText } from "./claude-suggestion.ts";
import { inquiryOf, type Inquiry, type Option } from "./inquiry.ts";

/** May a tool run? */
export function claudePermission({ tool_name: tool, tool_input: input, permission_suggestions: suggestions }: PermissionRequest): Inquiry {
  const always = alwaysOption(suggestions);
  const options: Option[] = [
    { label: "Yes", declines: false, take: () => allow() },
    ...(always === undefined ? [] : [always]),
    { label: "No", declines: true, take: () => denyAndStop("The user does not want this.") },
  ];
  const question = `Claude wants to use ${tool}. Do you want to proceed?`;
  // A button cuts a long label, so what it would grant stands here whole.
  const grants = always === undefined ? "" : `\n\n“${always.label}”`;
  return inquiryOf(
    "claude.permission",
    { type: always === undefined ? "yes_no" : "multiple_choice", question, excerpt: `${inputText(tool, input)}${grants}\n\n${question}\nA reply says No and tells Claude why.` },
    options,
    (text) => denyBecause(text),
  );
}

/** What Claude itself would offer as "don't ask again"; undefined: nothing, or something whose meaning is not known. */
function alwaysOption(suggestions: readonly Json[]): Option | undefined {
  const texts = suggestions.map(suggestionText);
  if (texts.length === 0 || texts.includes(undefined)) return undefined;
  return { label: `Yes, and ${texts.join(", and ")}`, declines: false, take: () => allow({ updatedPermissions: suggestions }) };
}
