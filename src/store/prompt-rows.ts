import type { Detection } from "../prompt/detection.ts";
import type { Prompt } from "../prompt/prompt.ts";
import type { Answer, Decision } from "../prompt/reply.ts";
import type { PromptRow, PromptStatus } from "./store.ts";

/** A row of the table `prompts`. */
export interface PromptRecord {
  readonly id: string;
  readonly session_id: string;
  readonly detection: string;
  readonly opened_at: number;
  readonly expires_at: number;
  readonly status: PromptStatus;
  readonly why: string | null;
  readonly closed_at: number | null;
  readonly decided_at: number | null;
  readonly decision_seq: number | null;
  readonly answer_choice: number | null;
  readonly answer_text: string | null;
  readonly answer_salt: string | null;
  readonly label: string | null;
  readonly by_channel: string | null;
  readonly by_id: string | null;
  readonly by_name: string | null;
  readonly nonce: string | null;
  readonly recipient: string | null;
}

export function promptOf(record: PromptRecord): Prompt {
  return {
    id: record.id,
    sessionId: record.session_id,
    detection: detectionOf(record.detection),
    openedAt: record.opened_at,
    expiresAt: record.expires_at,
  };
}

export function detectionOf(json: string): Detection {
  const detection: Omit<Detection, "default"> & { readonly default?: string } = JSON.parse(json);
  // JSON knows no undefined.
  return { ...detection, default: detection.default };
}

/** undefined: nobody has decided it. A text that was erased reads as "". */
export function decisionOf(record: PromptRecord): Decision | undefined {
  const { decided_at, by_channel, by_id, by_name, recipient } = record;
  if (decided_at === null || by_channel === null || by_id === null || by_name === null || recipient === null) return undefined;
  return {
    promptId: record.id,
    sessionId: record.session_id,
    answer: answerOf(record),
    label: record.label ?? record.answer_text ?? "",
    by: { channel: by_channel, id: by_id, name: by_name },
    at: decided_at,
    nonce: record.nonce ?? undefined,
    recipient,
  };
}

function answerOf({ answer_choice, answer_text }: PromptRecord): Answer {
  return answer_choice === null ? { text: answer_text ?? "" } : { choice: answer_choice };
}

export function promptRowOf(record: PromptRecord): PromptRow {
  return {
    prompt: promptOf(record),
    status: record.status,
    decision: decisionOf(record),
    why: record.why ?? undefined,
    closedAt: record.closed_at ?? undefined,
  };
}
