import { JoinedLines } from "./joined-lines.ts";
import { privateKeys } from "./private-key.ts";
import { secretKinds } from "./secret-kinds.ts";
import type { SecretSpan } from "./secret-span.ts";

/**
 * Takes secrets out of a text before it leaves the machine or is kept: `‹redacted github …a1b2›`. What kind it was and its last four
 * characters stay, so that whoever approves still sees that a secret is in the command, and which.
 *
 * Works on what the terminal shows: a secret that the terminal's width or a frame has broken over lines is found as well. Takes time
 * in proportion to the text's length.
 */
export function redact(text: string): string {
  return withoutSpans(text, secretSpans(text));
}

/** A text in which other secrets were found, in whatever order. */
export function withoutSpans(text: string, spans: readonly SecretSpan[]): string {
  let result = "";
  let at = 0;
  for (const { kind, from, to } of inOrder(spans)) {
    result += `${text.slice(at, from)}‹redacted ${kind}${lastFour(text.slice(from, to))}›`;
    at = to;
  }
  return result + text.slice(at);
}

/** Secrets in the order of the text, none over another. */
export function secretSpans(text: string): SecretSpan[] {
  const joined = new JoinedLines(text);
  return inOrder([...privateKeys(text), ...inLine(text), ...inLine(joined.text).flatMap((span) => joined.broken(span))]);
}

function inOrder(found: readonly SecretSpan[]): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const span of found.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = spans.at(-1);
    if (last === undefined || span.from >= last.to) spans.push(span);
    else if (span.to > last.to) spans[spans.length - 1] = { ...last, to: span.to };
  }
  return spans;
}

function inLine(text: string): SecretSpan[] {
  return secretKinds.flatMap(({ name, form }) =>
    [...text.matchAll(form)].map(({ 0: match, 1: sign = "", index }) => ({ kind: name, sign: index, from: index + sign.length, to: index + match.length })),
  );
}

/** Of a secret that is long enough to keep the rest to itself. */
function lastFour(secret: string): string {
  const plain = secret.replace(/[^A-Za-z0-9]/g, "");
  return plain.length >= 16 && !secret.includes("PRIVATE KEY") ? ` …${plain.slice(-4)}` : "";
}
