import type { Choice } from "../prompt/detection.ts";
import { declines } from "./declining.ts";
import type { View } from "./view.ts";

/** 'enter "x" for expert configuration mode,' */
const told = /^\s*(?:[-*]\s+)?(?:please\s+)?(?:enter|type|press|hit|use)\s+["'`<[(]?([\p{L}\p{N}]{1,3})["'`>\])]?\s+(?:for|to)\s+(.*?)[,.;]?$/iu;
/** "anything else, or an empty line will select standard mode." */
const empty = /\b(?:empty line|just enter)\b.*?\b(?:selects?|uses?|for|to)\s+(.*?)[,.;]?$/iu;

/** Answers that are told in sentences, a line each, right above line `below`; with the words that introduce them. Undefined: none. */
export function proseList({ lines }: View, below: number, enter: string): { readonly question: string | undefined; readonly choices: readonly Choice[]; readonly from: number } | undefined {
  const choices: Choice[] = [];
  let from = below;
  for (; from > 0; from--) {
    const text = lines[from - 1]?.text ?? "";
    const [, key = "", label = empty.exec(text)?.[1]] = told.exec(text) ?? [];
    if (label === undefined) break;
    choices.unshift({ label, keys: key === "" ? "\r" : `${key}${enter}`, declines: declines(label) });
  }
  if (choices.length < 2) return undefined;
  const above = lines[from - 1]?.text.trim() ?? "";
  return { question: /[:?]$/.test(above) ? above : undefined, choices, from };
}
