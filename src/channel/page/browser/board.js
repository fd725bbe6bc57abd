import { Card } from "./card.js";
import { part } from "./dom.js";
import { entry, noteEntry } from "./entry.js";
/** @import { AnswerPost, Ending, NoteView, PromptView } from "../wire.ts" */

// As many as aegis itself remembers, of this run and of earlier ones.
const mostPast = 150;

/**
 * The ways back to aegis.
 *
 * @typedef {object} Line
 * @property {(post: AnswerPost) => Promise<{ say: string }>} send
 * @property {(promptId: string) => Promise<{ say: string }>} askAgain
 */

/** The prompts that wait, as cards, and those that are over, as lines below them. */
export class Board {
  /** @type {Line} */
  #line;
  /** @type {Map<string, Card>} */
  #cards = new Map();
  /** @type {Map<string, HTMLElement>} */
  #past = new Map();
  #isLive = false;

  /** @param {Line} line */
  constructor(line) {
    this.#line = line;
  }

  /** @returns {PromptView[]} the prompts that wait, oldest first */
  get waiting() {
    return Array.from(this.#cards.values(), ({ view }) => view);
  }

  /**
   * @param {readonly PromptView[]} views all there are, oldest first
   * @param {readonly NoteView[]} notes likewise
   */
  reset(views, notes) {
    const known = new Set(views.map(({ id }) => id));
    for (const id of this.#cards.keys()) if (!known.has(id)) this.#drop(id);
    const moments = [...views.map((view) => ({ at: view.openedAt, show: () => this.show(view) })), ...notes.map((note) => ({ at: note.at, show: () => this.#keep(note.id, noteEntry(note)) }))];
    for (const { show } of moments.toSorted((a, b) => a.at - b.at)) show();
    this.#showQuiet();
  }

  /** @param {PromptView} view */
  show(view) {
    if (view.ending === null) this.#open(view);
    else if (view.ending.tone === "pending") this.#card(view).pend(view.ending.say);
    else this.#close(view, view.ending);
    this.#showQuiet();
  }

  /** @param {NoteView} note */
  note(note) {
    const line = noteEntry(note);
    line.classList.add("new");
    this.#keep(note.id, line);
    announce(note.text);
  }

  /** @param {boolean} isLive whether an answer would get through */
  connect(isLive) {
    this.#isLive = isLive;
    document.body.classList.toggle("live", isLive);
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
    // This is the question that stands: no expired one can be asked again.
    for (const button of part("past").querySelectorAll(".anew")) button.remove();
    announce(`${view.session.name} asks: ${view.question}`);
  }

  /** @param {PromptView} view */
  #card(view) {
    const standing = this.#cards.get(view.id);
    if (standing) return standing;
    const card = new Card(view, this.#line.send);
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
    const line = entry(view, ending, this.#line.askAgain);
    this.#keep(view.id, line);
    if (card) {
      line.classList.add("new");
      announce(`${view.question}: ${ending.say}`);
    }
    if (hadFocus) line.focus();
  }

  /**
   * @param {string} id
   * @param {HTMLElement} line
   */
  #keep(id, line) {
    this.#past.get(id)?.remove();
    this.#past.delete(id);
    this.#past.set(id, line);
    part("past").prepend(line);
    for (const oldest of [...this.#past.keys()].slice(0, -mostPast)) this.#drop(oldest);
    part("history").hidden = false;
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
