import type { Json } from "../../prompt/event.ts";
import type { PermissionRequest } from "./claude.ts";
import { allow, denyAndStop, denyBecause } from "./claude-decision.ts";
import { inquiryOf, type Inquiry, type Taken } from "./inquiry.ts";

/** Shall the plan be carried out? */
export function claudePlan({ tool_input: input }: PermissionRequest): Inquiry {
  const question = "Claude has written up a plan and is ready to execute. Would you like to proceed?";
  const { plan } = input;
  const text = typeof plan === "string" ? plan : JSON.stringify(input, undefined, 2);
  return inquiryOf(
    "claude.plan",
    { type: "multiple_choice", question, excerpt: `${text.trimEnd()}\n\n${question}\nA reply keeps planning and tells Claude what to change.` },
    [
      { label: "Yes, and accept edits", declines: false, take: () => approve(input, "acceptEdits") },
      { label: "Yes, and ask for each edit", declines: false, take: () => approve(input, "default") },
      { label: "No, keep planning", declines: true, take: () => denyAndStop("The user wants to keep planning.") },
    ],
    (text) => denyBecause(text),
  );
}

/** A bare allow leaves the dialog in 2.1.330: the plan has to be given back with it. */
function approve(input: { readonly [key: string]: Json }, mode: string): Taken {
  return allow({ updatedInput: input, updatedPermissions: [{ type: "setMode", mode, destination: "session" }] });
}
