/** How the next call of a method goes wrong. */
export type Fault =
  /** `retryAfter` in seconds */
  | { readonly kind: "flood"; readonly retryAfter: number }
  /** Refused with this code and description, unprocessed. */
  | { readonly kind: "error"; readonly code: number; readonly description: string }
  /** A web page instead of JSON, as gateways (502) and captive portals (200) send it. */
  | { readonly kind: "html"; readonly status: number }
  | { readonly kind: "redirect"; readonly location: string }
  /** The connection is cut before the call is processed. */
  | { readonly kind: "reset" }
  /** Never answered and not processed; ends when the caller hangs up. */
  | { readonly kind: "hang" }
  /** Processed, then the connection is cut. */
  | { readonly kind: "lost" }
  /** Processed, then half of the answer is sent. */
  | { readonly kind: "truncated" }
  /** Processed; the updates of the answer come twice and the last of them first. */
  | { readonly kind: "jumbled" };

interface Planned {
  readonly fault: Fault;
  left: number;
}

/** Faults planned per method, used up in the order in which they were planned. */
export class Faults {
  readonly #planned = new Map<string, Planned[]>();

  /** @param times how many calls it hits; Infinity until lifted by disposing of what is returned */
  plan(method: string, fault: Fault, times = 1): Disposable {
    const entry: Planned = { fault, left: times };
    const key = method.toLowerCase();
    this.#planned.set(key, [...(this.#planned.get(key) ?? []), entry]);
    return { [Symbol.dispose]: () => void (entry.left = 0) };
  }

  /** A fault planned for "*" hits every method. */
  next(method: string): Fault | undefined {
    for (const key of [method.toLowerCase(), "*"]) {
      const entry = this.#planned.get(key)?.find((planned) => planned.left > 0);
      if (entry === undefined) continue;
      entry.left -= 1;
      return entry.fault;
    }
    return undefined;
  }
}
