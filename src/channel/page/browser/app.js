import { answer, follow } from "./aegis.js";
import { Card } from "./card.js";
import { part } from "./dom.js";
import { entry } from "./entry.js";
/** @import { Connection } from "./aegis.js" */
/** @import { AnswerPost, PageEvent, PromptView } from "../wire.ts" */

const token = location.hash.slice(1);
/** @type {Map<string, Card>} */
const waiting = new Map();
/** @type {Map<string, HTMLElement>} */
const past = new Map();

/** @type {Record<Connection, string>} */
const connectionWords = {
  live: "live",
  lost: "connection lost, trying again …",
  stranger: "wrong address",
  rest: "resting: newer tabs are open",
  bye: "session ended",
};

/** @param {Connection} connection */
function onConnection(connection) {
  const line = part("connection");
  line.dataset["state"] = connection;
  line.textContent = connectionWords[connection];
  for (const card of waiting.values()) card.connect(connection === "live");
}

/** @param {PageEvent} event */
function onEvent(event) {
  switch (event.is) {
    case "snapshot":
      part("foot").textContent = `aegis ${event.version}`;
      for (const prompt of event.prompts) show(prompt);
      break;
    case "prompt":
      show(event.prompt);
      break;
    case "sessions":
    case "frame":
    case "rest":
    case "bye":
      break;
  }
  part("quiet").hidden = waiting.size > 0;
}

/** @param {PromptView} view */
function show(view) {
  const { id, ending } = view;
  if (ending === null) open(view);
  else if (ending.tone === "pending") (waiting.get(id) ?? open(view)).pend(ending.say);
  else settle(view, entry(view, ending));
}

/** @param {PromptView} view */
function open(view) {
  const standing = waiting.get(view.id);
  if (standing) return standing;
  const card = new Card(view, (/** @type {AnswerPost} */ post) => answer(token, post));
  waiting.set(view.id, card);
  part("prompts").append(card.element);
  part("announcer").textContent = `${view.session.name} asks: ${view.question}`;
  return card;
}

/**
 * @param {PromptView} view
 * @param {HTMLElement} line
 */
function settle(view, line) {
  const card = waiting.get(view.id);
  const hadFocus = card?.element.contains(document.activeElement);
  card?.element.remove();
  waiting.delete(view.id);
  past.get(view.id)?.remove();
  past.set(view.id, line);
  part("past").prepend(line);
  part("history").hidden = false;
  if (card) part("announcer").textContent = view.ending?.say ?? "";
  if (hadFocus) line.focus();
}

addEventListener("hashchange", () => location.reload());
part("quiet").textContent = "Nothing waits for you.";
void follow(token, { onEvent, onConnection });
