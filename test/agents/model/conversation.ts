export type Dict = Readonly<Record<string, unknown>>;

/** One entry of what an agent sent, whatever the API. */
export interface Entry {
  readonly by: "user" | "model";
  readonly text: string;
  /** What tools gave, as JSON or text. */
  readonly results: readonly string[];
}

/** A request for the model's next turn. */
export interface Conversation {
  /** Parameter schemas of the tools on offer, by name. None: a side errand (a title, a summary). */
  readonly tools: ReadonlyMap<string, Dict>;
  readonly entries: readonly Entry[];
  readonly isStreamed: boolean;
}

/** Which scene is wanted ("scene:NAME" in what the user said last), and how many turns of it are over. */
export function cueOf({ entries }: Conversation): { name: string; turn: number } | undefined {
  const at = entries.findLastIndex(({ by, text }) => by === "user" && /scene:[\w-]+/.test(text));
  const name = [...(entries[at]?.text ?? "").matchAll(/scene:([\w-]+)/g)].at(-1)?.[1];
  return name === undefined ? undefined : { name, turn: entries.slice(at).filter(({ by }) => by === "model").length };
}

export function dict(value: unknown): Dict {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

export function dicts(value: unknown): Dict[] {
  return Array.isArray(value) ? value.map(dict) : [];
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}
