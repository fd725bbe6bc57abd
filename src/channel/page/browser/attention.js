import { part } from "./dom.js";
/** @import { PromptView } from "../wire.ts" */

/** Prompts that a notice was shown for. @type {Map<string, Notification>} */
const notices = new Map();

/** Calls for the person while something waits: in the title, on the icon and, where it was allowed, by a notice. @param {PromptView[]} waiting */
export function attend(waiting) {
  const [first] = waiting;
  document.title = first ? `(${waiting.length}) ${first.session.name} asks · aegis` : "aegis";
  part("icon").setAttribute("href", first ? "/icon-waiting.svg" : "/icon.svg");
  const ids = new Set(waiting.map(({ id }) => id));
  for (const [id, notice] of notices) if (!ids.has(id)) dismiss(id, notice);
  for (const view of waiting) if (!view.quiet && !notices.has(view.id)) notify(view);
}

/** Shows the button that asks the browser for leave: only after a person's own click will it grant it. */
export function offerNotices() {
  if (!("Notification" in window)) return;
  const button = part("notify");
  button.hidden = Notification.permission !== "default";
  button.addEventListener("click", () => void askLeave(button));
}

/** @param {HTMLElement} button */
async function askLeave(button) {
  button.hidden = (await Notification.requestPermission()) !== "default";
}

/** @param {PromptView} view */
function notify({ id, session, question }) {
  if (!("Notification" in window) || Notification.permission !== "granted" || document.hasFocus()) return;
  try {
    const notice = new Notification(`${session.name} asks`, { body: question, tag: id, icon: "/icon-waiting.svg", requireInteraction: true });
    notice.addEventListener("click", () => window.focus());
    notices.set(id, notice);
  } catch {
    // Chrome on Android shows notices through service workers only, and throws here.
  }
}

/**
 * @param {string} id
 * @param {Notification} notice
 */
function dismiss(id, notice) {
  notice.close();
  notices.delete(id);
}
