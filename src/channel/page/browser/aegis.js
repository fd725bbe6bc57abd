/** @import { AgainPost, AnswerPost, AnswerResult, PageEvent } from "../wire.ts" */

/** @typedef {"live" | "lost" | "stranger" | "rest" | "bye"} Connection */

const retryMs = 1000;
// The server beats every 15 s. A stream this silent is dead, even if nobody closed it: a tunnel that broke.
const deafMs = 40_000;

/**
 * Follows the session until it ends: `onEvent` gets what aegis pushes, `onConnection` how the line stands.
 * The token travels in a header, so the stream is read with fetch: EventSource cannot send one.
 *
 * @param {string} token
 * @param {{ onEvent: (event: PageEvent) => void, onConnection: (connection: Connection) => void }} handlers
 */
export async function follow(token, { onEvent, onConnection }) {
  for (;;) {
    const hangUp = new AbortController();
    const response = await fetch("/api/events", { headers: authorization(token), signal: hangUp.signal }).catch(() => undefined);
    if (response?.status === 401 || response?.status === 429) return onConnection("stranger");
    if (response?.ok && response.body) {
      onConnection("live");
      const last = await readEvents(response.body, onEvent, hangUp);
      if (last?.is === "bye" || last?.is === "rest") return onConnection(last.is);
    }
    onConnection("lost");
    await new Promise((resume) => setTimeout(resume, retryMs));
  }
}

/**
 * @param {string} token
 * @param {AnswerPost} post
 * @returns {Promise<{ say: string }>} what came of it; never rejects
 */
export async function answer(token, post) {
  return await send(token, "/api/answers", post);
}

/**
 * Has an expired prompt asked anew.
 *
 * @param {string} token
 * @param {AgainPost} post
 * @returns {Promise<{ say: string }>} what came of it; never rejects
 */
export async function askAgain(token, post) {
  return await send(token, "/api/again", post);
}

/**
 * @param {string} token
 * @param {string} path
 * @param {AnswerPost | AgainPost} post
 * @returns {Promise<{ say: string }>}
 */
async function send(token, path, post) {
  const headers = { ...authorization(token), "Content-Type": "application/json" };
  try {
    const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(post) });
    if (!response.ok) return { say: `Not sent: ${await response.text()}` };
    /** @type {Pick<AnswerResult, "say">} */
    const result = await response.json();
    return result;
  } catch {
    return { say: "aegis does not answer. Whether this was sent is not known." };
  }
}

/** @param {string} token */
function authorization(token) {
  return { Authorization: `Bearer ${token}` };
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {(event: PageEvent) => void} onEvent
 * @param {AbortController} hangUp
 * @returns {Promise<PageEvent | undefined>} the last event before the stream ended, broke or fell silent
 */
async function readEvents(body, onEvent, hangUp) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let unread = "";
  /** @type {PageEvent | undefined} */
  let last;
  for (;;) {
    const deaf = setTimeout(() => hangUp.abort(), deafMs);
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
    clearTimeout(deaf);
    if (done) return last;
    const blocks = (unread + decoder.decode(value, { stream: true })).split("\n\n");
    unread = blocks.pop() ?? "";
    for (const block of blocks) {
      if (!block.startsWith("data: ")) continue; // the heartbeat
      /** @type {PageEvent} */
      const event = JSON.parse(block.slice("data: ".length));
      onEvent(event);
      last = event;
    }
  }
}
