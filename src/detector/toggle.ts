import type { Choice } from "../prompt/detection.ts";
import { declines } from "./declining.ts";
import { styleAt, type Line } from "./view.ts";

/** Two answers side by side of which one is set: "? Want to answer? ‣ Nope / Yep". */
const toggle = /\s[‣›»…]\s+(\S[^/]*?)\s+\/\s+(\S[^/]*?)\s*$|[?:]\s+(Yes|No)\s?\/\s?(Yes|No)\s*$/u;

/** Undefined: none. Without choices: which one is set does not show, so that no key is sure. */
export function toggleChoices(line: Line): { readonly choices: readonly Choice[]; readonly default: string | undefined } | undefined {
  const [, marked, markedOther, bare, bareOther] = toggle.exec(line.text) ?? [];
  const one = marked ?? bare ?? "";
  const other = markedOther ?? bareOther ?? "";
  if (one === "" || other === "") return undefined;
  const isMarked = (label: string) => styleAt(line, line.text.lastIndexOf(label)) !== "";
  if (isMarked(one) === isMarked(other)) return { choices: [], default: undefined };
  const set = isMarked(one) ? one : other;
  const choices = [one, other].map((label) => ({ label, keys: label === set ? "\r" : `${label === one ? "\x1b[D" : "\x1b[C"}\r`, declines: declines(label) }));
  return { choices, default: set };
}
