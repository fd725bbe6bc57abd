import { Card } from "./card.js";
import { part } from "./dom.js";
import { entry } from "./entry.js";
/** @import { AnswerPost, Ending, PromptView } from "../wire.ts" */

// As many as aegis itself remembers.
const mostPast = 100;

/** The prompts that wait, as cards, and those that are over, as lines below them. */
export class Board {
  /** @type {(post: AnswerPost) => Promise<{ say: string }>} */
  #send;
  /** @type {Map<string, Card>} */
  #cards = new Map();
  /** @type {Map<string, HTMLElement>} */
  #past = new Map();
  #isLive = false;

  /** @param {(post: AnswerPost) => Promise<{ say: string }>} send */
  constructor(send) {
    this.#send = send;
  }

  /** @returns {PromptView[]} the prompts that wait, oldest first */
  get waiting() {
    return Array.from(this.#cards.values(), ({ view }) => view);
  }

  /** @param {readonly PromptView[]} views all there are, oldest first */
  reset(views) {
    const known = new Set(views.map(({ id }) => id));
    for (const id of this.#cards.keys()) if (!known.has(id)) this.#drop(id);
    for (const view of views) this.show(view);
    this.#showQuiet();
  }

  /** @param {PromptView} view */
  show(view) {
    if (view.ending === null) this.#open(view);
    else if (view.ending.tone === "pending") this.#card(view).pend(view.ending.say);
    else this.#close(view, view.ending);
    this.#showQuiet();
  }

  /** @param {boolean} isLive whether an answer would get through */
  connect(isLive) {
    this.#isLive = isLive;
    for (const card of this.#cards.values()) card.connect(isLive);
  }

  /** Brings the times that are left up to date. */
  tick() {
    for (const card of this.#cards.values()) card.tick();
  }

  /** @param {PromptView} view */
  #open(view) {
    // What was typed into a standing card outlives a new connection; a prompt that is asked again is a new card.
    if (this.#cards.get(view.id)?.shows(view)) return;
    this.#drop(view.id);
    this.#card(view);
    announce(`${view.session.name} asks: ${view.question}`);
  }

  /** @param {PromptView} view */
  #card(view) {
    const standing = this.#cards.get(view.id);
    if (standing) return standing;
    const card = new Card(view, this.#send);
    card.connect(this.#isLive);
    this.#cards.set(view.id, card);
    part("prompts").append(card.element);
    return card;
  }

  /**
   * @param {PromptView} view
   * @param {Ending} ending
   */
  #close(view, ending) {
    const card = this.#cards.get(view.id);
    const hadFocus = card?.element.contains(document.activeElement);
    this.#drop(view.id);
    const line = entry(view, ending);
    this.#past.set(view.id, line);
    part("past").prepend(line);
    for (const oldest of [...this.#past.keys()].slice(0, -mostPast)) this.#drop(oldest);
    part("history").hidden = false;
    if (card) {
      line.classList.add("new");
      announce(`${view.question}: ${ending.say}`);
    }
    if (hadFocus) line.focus();
  }

  /** @param {string} id */
  #drop(id) {
    this.#cards.get(id)?.element.remove();
    if (this.#cards.delete(id)) for (const card of this.#cards.values()) card.ripen();
    this.#past.get(id)?.remove();
    this.#past.delete(id);
  }

  #showQuiet() {
    part("quiet").hidden = this.#cards.size > 0;
  }
}

/** @param {string} words for a screen reader */
function announce(words) {
  part("announcer").textContent = words;
}
