import { element, marked } from "./dom.js";
import { excerptBlock } from "./excerpt.js";
import { origin } from "./origin.js";
/** @import { AnswerPost, ChoiceView, PromptView } from "../wire.ts" */

// A card may appear, or move, under a finger that was on its way to something else: it takes no tap before it could be seen.
const unripeMs = 600;
const minuteMs = 60_000;

/** A prompt that waits: what is asked, and the ways to answer it. */
export class Card {
  /** @type {(post: AnswerPost) => Promise<{ say: string }>} */
  #send;
  #answers = element("fieldset", {});
  #told = element("p", { className: "told", role: "status" });
  #times = element("span", {});
  #isRipe = false;
  #isLive = true;
  #isSending = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #ripening;

  /**
   * @param {PromptView} view
   * @param {(post: AnswerPost) => Promise<{ say: string }>} send
   */
  constructor(view, send) {
    this.view = view;
    this.#send = send;
    const title = element("h3", { id: `question-${view.id}` }, ...marked(view.question));
    this.element = element("article", { className: view.idle ? "card idle" : "card", tabIndex: -1 }, origin(view.session), title);
    this.element.setAttribute("aria-labelledby", title.id);
    if (view.excerpt.trim() !== view.question.trim()) this.element.append(excerptBlock(view.excerpt));
    this.#fill();
    this.element.append(this.#answers, this.#told, element("p", { className: "aside" }, `${capital(view.seenBy)} · `, this.#times));
    this.element.addEventListener("keydown", (event) => this.#jump(event));
    this.ripen();
    this.tick();
  }

  /**
   * Whether this card already shows `view`, and still waits.
   *
   * @param {PromptView} view
   */
  shows(view) {
    return !this.#answers.hidden && JSON.stringify(view) === JSON.stringify(this.view);
  }

  /** Takes no tap for a moment: the card has just appeared or moved. */
  ripen() {
    clearTimeout(this.#ripening);
    this.#isRipe = false;
    this.#showReadiness();
    this.#ripening = setTimeout(() => {
      this.#isRipe = true;
      this.#showReadiness();
    }, unripeMs);
  }

  /** Brings the times up to date. */
  tick() {
    const asked = Date.now() - this.view.openedAt;
    const left = this.view.expiresAt - Date.now();
    this.#times.textContent = `asked ${asked < minuteMs ? "just now" : `${span(asked)} ago`} · ${left > 0 ? `expires in ${span(left)}` : "expires now"}`;
  }

  /** @param {boolean} isLive whether an answer would get through */
  connect(isLive) {
    this.#isLive = isLive;
    this.ripen();
  }

  /**
   * An answer has won and is being typed.
   *
   * @param {string} say
   */
  pend(say) {
    this.#answers.hidden = true;
    this.element.classList.add("pending");
    this.#told.textContent = say;
  }

  #fill() {
    const { choices, textNonce, enterGives, secret } = this.view;
    const accepts = choices.filter(({ declines }) => !declines);
    const declines = choices.filter(({ declines }) => declines);
    this.#answers.append(element("legend", { className: "unseen" }, "Your answer"));
    if (textNonce !== null) this.#answers.append(this.#field(textNonce));
    if (accepts.length > 0) this.#answers.append(element("div", { className: "choices" }, ...accepts.map((choice) => this.#button(choice))));
    if (declines.length > 0) this.#answers.append(element("div", { className: "choices declining" }, ...declines.map((choice) => this.#button(choice))));
    if (choices.length === 0 && textNonce === null) this.#answers.append(element("p", { className: "desk" }, deskWords(secret)));
    if (enterGives !== null) this.#answers.append(element("p", { className: "aside" }, "Enter alone would give: ", element("b", {}, ...marked(enterGives))));
  }

  /** @param {ChoiceView} choice */
  #button({ choice, label, nonce }) {
    const number = element("span", { className: "number", ariaHidden: "true" }, String(choice + 1));
    const button = element("button", { type: "button", className: "choice" }, number, element("bdi", {}, ...marked(label)));
    button.dataset["choice"] = String(choice);
    button.addEventListener("click", () => void this.#answer({ promptId: this.view.id, nonce, choice }));
    return button;
  }

  /** @param {string} nonce */
  #field(nonce) {
    const input = element("input", {
      type: this.view.secret ? "password" : "text",
      id: `text-${this.view.id}`,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: false,
      enterKeyHint: "send",
      required: true,
    });
    const label = element("label", { htmlFor: input.id }, fieldWords(this.view));
    const form = element("form", { className: "text" }, label, input, element("button", { type: "submit" }, "Send"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#answer({ promptId: this.view.id, nonce, text: input.value });
    });
    return form;
  }

  /** @param {AnswerPost} post */
  async #answer(post) {
    if (!this.#isReady) return;
    this.#isSending = true;
    this.#told.textContent = "Sending …";
    this.#showReadiness();
    const { say } = await this.#send(post);
    this.#isSending = false;
    if (!this.#answers.hidden) this.#told.textContent = say; // else all tabs have been told already, in the same words
    this.#showReadiness();
  }

  get #isReady() {
    return this.#isRipe && this.#isLive && !this.#isSending;
  }

  // Not "disabled": that would take the focus from whoever answers by keyboard, and the caret from whoever types.
  #showReadiness() {
    this.#answers.ariaDisabled = String(!this.#isReady);
  }

  /**
   * A digit goes to its choice and answers nothing: that takes a second, deliberate key.
   *
   * @param {KeyboardEvent} event
   */
  #jump(event) {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!/^[1-9]$/.test(event.key)) return;
    /** @type {HTMLButtonElement | null} */
    const button = this.#answers.querySelector(`button[data-choice="${Number(event.key) - 1}"]`);
    button?.focus();
  }
}

/**
 * "5 min", "3 h", "2 days": as much of a time as a person wants to know.
 *
 * @param {number} ms
 */
function span(ms) {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** @param {PromptView} view */
function fieldWords({ secret, idle }) {
  if (secret) return "The password, as it would be typed";
  return idle ? "Type the next instruction" : "Type an answer";
}

/** @param {boolean} secret */
function deskWords(secret) {
  return secret ? "A password is wanted. It waits at the keyboard; nothing is typed from here." : "This one waits at the keyboard.";
}

/** @param {string} words */
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
