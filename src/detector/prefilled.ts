import { isInverse } from "./cells.ts";
import { styleAt, type View } from "./view.ts";
import type { Waiting } from "./waiting.ts";

/** A label that asks, and what stands behind it; what a shell or an interpreter prompts with is none. */
const filled = /^(?<label>[^\p{L}$#%❯>:?]{0,4}\p{L}[^$#%❯>:?]{0,60}[:?])\s+(?<value>\S.{0,120})$/u;

/**
 * "Save as: default.txt", the cursor behind it: a line editor was given an answer to start from (`read -e -i`, prompt_toolkit, nano).
 * Undefined: none stands there.
 */
export function prefilled({ lines, cursor, bracketsPaste, isFullScreen }: View, waiting: Waiting): { readonly label: string; readonly value: string } | undefined {
  const line = lines[cursor.line];
  const isEditing = waiting === "key" || ((waiting === "selects" || waiting === "polls" || waiting === "listens") && bracketsPaste);
  if (line === undefined || !isEditing || !cursor.visible || cursor.column < line.text.length) return undefined;
  // On a full screen a line may say anything; the one that asks is drawn as a bar.
  if (isFullScreen ? !isInverse(styleAt(line, 0)) : cursor.line < lines.length - 1) return undefined;
  const { label, value } = filled.exec(line.text)?.groups ?? {};
  return label === undefined || value === undefined ? undefined : { label, value };
}
