import { clockTime } from "./clock-time.js";
import { element, marked } from "./dom.js";
import { excerptBlock } from "./excerpt.js";
/** @import { Ending, PromptView } from "../wire.ts" */

/**
 * A prompt that is over, and how it ended.
 *
 * @param {PromptView} view
 * @param {Ending} ending
 */
export function entry({ question, excerpt, session, openedAt }, { tone, say, receipt }) {
  const time = element("time", { dateTime: new Date(openedAt).toISOString() }, clockTime(openedAt));
  const said = element("p", { className: "said" }, ...marked(say));
  if (receipt) said.append(" ", element("code", { title: "the entry of the audit log" }, receipt));
  const about = element("p", { className: "aside" }, time, " · ", ...marked(session.name));
  const more = element("details", {}, element("summary", {}, ...marked(question)), excerptBlock(excerpt));
  const made = element("li", { className: "entry", tabIndex: -1 }, about, more, said);
  made.dataset["tone"] = tone;
  return made;
}
