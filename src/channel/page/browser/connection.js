import { element, part } from "./dom.js";
/** @import { Connection } from "./aegis.js" */

/** @type {Record<Connection, { word: string, banner: string }>} */
const words = {
  live: { word: "live", banner: "" },
  lost: { word: "connection lost", banner: "aegis does not answer. Trying again …" },
  stranger: { word: "not admitted", banner: "This address is not valid, or no longer. Open the one that aegis printed when the session began." },
  rest: { word: "resting", banner: "This page is open in several newer tabs, and rests here. " },
  bye: { word: "ended", banner: "The session has ended. Nothing can be answered here any more." },
};

/** @param {Connection} connection */
export function showConnection(connection) {
  const { word, banner } = words[connection];
  const line = part("connection");
  line.dataset["state"] = connection;
  line.textContent = word;
  part("banner").hidden = banner === "";
  part("banner").replaceChildren(banner);
  if (connection === "rest") part("banner").append(wakeButton());
}

function wakeButton() {
  const button = element("button", { type: "button" }, "Use this tab");
  button.addEventListener("click", () => location.reload());
  return button;
}
