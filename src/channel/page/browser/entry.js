import { clockTime } from "./clock-time.js";
import { element, marked } from "./dom.js";
import { excerptBlock } from "./excerpt.js";
/** @import { Ending, NoteView, PromptView } from "../wire.ts" */

/**
 * A prompt that is over, and how it ended.
 *
 * @param {PromptView} view
 * @param {Ending} ending
 * @param {(promptId: string) => Promise<{ say: string }>} askAgain
 */
export function entry({ id, question, excerpt, session, openedAt }, { tone, say, receipt, mayAskAgain }, askAgain) {
  const said = element("p", { className: "said" }, ...marked(say));
  if (receipt) said.append(" ", element("code", { title: "the entry of the audit log" }, receipt));
  const about = element("p", { className: "aside" }, moment(openedAt), " · ", ...marked(session.name));
  const more = element("details", {}, element("summary", {}, ...marked(question)), excerptBlock(excerpt));
  const made = element("li", { className: "entry", tabIndex: -1 }, about, more, said);
  made.dataset["tone"] = tone;
  if (mayAskAgain) made.append(againButton(() => askAgain(id)));
  return made;
}

/**
 * What a session said besides its prompts.
 *
 * @param {NoteView} note
 */
export function noteEntry({ at, text, excerpt }) {
  const made = element("li", { className: "entry", tabIndex: -1 }, element("p", { className: "aside" }, moment(at)), element("p", { className: "said" }, ...marked(text)));
  made.dataset["tone"] = "neutral";
  if (excerpt !== null) made.append(excerptBlock(excerpt));
  return made;
}

/** @param {number} at */
function moment(at) {
  return element("time", { dateTime: new Date(at).toISOString() }, clockTime(at));
}

/**
 * For a program that still waits: its question then comes as a new card.
 *
 * @param {() => Promise<{ say: string }>} ask
 */
function againButton(ask) {
  const button = element("button", { type: "button", className: "again" }, "Ask again");
  const told = element("span", { className: "aside", role: "status" });
  const press = async () => {
    button.disabled = true;
    told.textContent = "Asking …";
    told.textContent = (await ask()).say;
    button.disabled = false;
  };
  button.addEventListener("click", () => void press());
  return element("p", { className: "anew" }, button, " ", told);
}
