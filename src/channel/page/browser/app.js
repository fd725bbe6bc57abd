import { answer, askAgain, follow } from "./aegis.js";
import { attend, offerNotices } from "./attention.js";
import { Board } from "./board.js";
import { showConnection } from "./connection.js";
import { part } from "./dom.js";
import { Screen } from "./screen.js";
import { endSession, showSessions } from "./sessions.js";
/** @import { Connection } from "./aegis.js" */
/** @import { PageEvent } from "../wire.ts" */

const token = location.hash.slice(1);
const board = new Board({ send: (post) => answer(token, post), askAgain: (promptId) => askAgain(token, { promptId }) });
const screen = new Screen();

/** @param {PageEvent} event */
function onEvent(event) {
  switch (event.is) {
    case "snapshot":
      part("foot").textContent = `aegis ${event.version} · this page is served by your own machine, to it alone`;
      board.reset(event.prompts, event.notes);
      attend(board.waiting);
      showSessions(event.sessions);
      if (event.frame) screen.show(event.frame);
      break;
    case "prompt":
      board.show(event.prompt);
      attend(board.waiting);
      break;
    case "note":
      board.note(event.note);
      break;
    case "sessions":
      showSessions(event.sessions);
      break;
    case "frame":
      screen.show(event.frame);
      break;
    case "rest":
    case "bye":
      break; // the stream ends with it, and onConnection says so
  }
}

/** @param {Connection} connection */
function onConnection(connection) {
  showConnection(connection);
  board.connect(connection === "live");
  if (connection !== "bye") return;
  attend([]);
  endSession();
}

// The address aegis printed was opened in a tab that showed another one.
addEventListener("hashchange", () => location.reload());
offerNotices();
setInterval(() => board.tick(), 10_000);
void follow(token, { onEvent, onConnection });
