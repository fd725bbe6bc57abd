import * as z from "zod/mini";
import type { Json } from "../../prompt/event.ts";
import { claudePermission } from "./claude-permission.ts";
import { claudePlan } from "./claude-plan.ts";
import { claudeQuestions } from "./claude-questions.ts";
import type { Inquiry, Notice } from "./inquiry.ts";

const request = z.object({
  hook_event_name: z.literal("PermissionRequest"),
  tool_name: z.string().check(z.minLength(1), z.maxLength(200)),
  tool_input: z.record(z.string(), z.json()),
  permission_suggestions: z._default(z.array(z.json()), []),
});
const stop = z.object({ hook_event_name: z.literal("Stop"), last_assistant_message: z._default(z.string(), "") });

export type PermissionRequest = z.infer<typeof request>;

/**
 * Reads what Claude Code gives to a hook (seen in 2.0.54 to 2.1.330).
 * @returns undefined for what is not known: then nothing is answered, and its dialog stays
 */
export function readClaude(event: Json): Notice | undefined {
  const asks = request.safeParse(event);
  if (asks.success) {
    const inquiry = inquiryFor(asks.data);
    return inquiry && { is: "asks", inquiry };
  }
  const over = stop.safeParse(event);
  return over.success ? { is: "turn_over", lastWords: over.data.last_assistant_message } : undefined;
}

function inquiryFor(request: PermissionRequest): Inquiry | undefined {
  // Allowed without answers, Claude up to 2.1.100 would take that for an answer: nothing.
  if (request.tool_name === "AskUserQuestion") return claudeQuestions(request);
  if (request.tool_name === "ExitPlanMode") return claudePlan(request);
  return claudePermission(request);
}
