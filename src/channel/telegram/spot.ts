/** Where in a chat a message stands. */
export interface Spot {
  /** The number of the message with which its topic begins; 0: in no topic. */
  readonly thread: number;
  readonly message: number;
}

/** A spot as the id of a message: "678", in a topic "45.678". */
export function spotId({ thread, message }: Spot): string {
  return thread === 0 ? String(message) : `${thread}.${message}`;
}

export function spotOf(id: string): Spot {
  const [first = "", second] = id.split(".");
  return second === undefined ? { thread: 0, message: Number(first) } : { thread: Number(first), message: Number(second) };
}
