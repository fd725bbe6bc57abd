import type { Recipient } from "../../prompt/nonce.ts";
import type { PromptId } from "../../prompt/prompt.ts";
import type { Ask } from "../channel.ts";
import { viewOf } from "./prompt-view.ts";
import type { Ending, PromptView } from "./wire.ts";

// How many closed prompts a tab can look back on.
const mostClosed = 100;

interface Posted {
  readonly ask: Ask;
  readonly view: PromptView;
}

/** The prompts of this run as people see them, oldest first. */
export class Board {
  readonly #recipient: Recipient;
  readonly #posted = new Map<PromptId, Posted>();

  constructor(recipient: Recipient) {
    this.#recipient = recipient;
  }

  get views(): PromptView[] {
    return Array.from(this.#posted.values(), ({ view }) => view);
  }

  /** undefined: it was never shown here. */
  find(id: PromptId): Ask | undefined {
    return this.#posted.get(id)?.ask;
  }

  isStanding(id: PromptId): boolean {
    return this.#posted.get(id)?.view.ending === null;
  }

  /** Shows a prompt that waits; one that is shown again waits again. */
  post(ask: Ask): PromptView {
    // Its question stands now, so that of no expired one does.
    for (const [id, { ask: earlier, view }] of this.#posted) if (view.ending?.mayAskAgain) this.#posted.set(id, { ask: earlier, view: { ...view, ending: { ...view.ending, mayAskAgain: false } } });
    return this.#keep(ask, null);
  }

  /** undefined: it no longer waits. */
  pend(ask: Ask, ending: Ending): PromptView | undefined {
    return this.isStanding(ask.prompt.id) ? this.#keep(ask, ending) : undefined;
  }

  close(ask: Ask, ending: Ending): PromptView {
    const view = this.#keep(ask, ending);
    this.#forgetOldest();
    return view;
  }

  #keep(ask: Ask, ending: Ending | null): PromptView {
    const view = viewOf(ask, this.#recipient, ending);
    this.#posted.set(ask.prompt.id, { ask, view });
    return view;
  }

  #forgetOldest(): void {
    const closed = [...this.#posted.values()].filter(({ view }) => view.ending !== null);
    for (const { view } of closed.slice(0, -mostClosed)) this.#posted.delete(view.id);
  }
}
