// A program of its own, because Node reads NODE_DEBUG only when it starts: a send, a tap, and a refusal.
import { askOf } from "../ask.ts";
import { openStage } from "./stage.ts";

await using stage = await openStage();
const leave = new AbortController();
await stage.channel.send(askOf(), leave.signal);
stage.api.fault("sendMessage", { kind: "error", code: 401, description: "Unauthorized" });
await stage.channel.send(askOf(), leave.signal).catch((error: unknown) => console.log(error));
await stage.ada.taps("Yes");
await stage.channel.replies(leave.signal)[Symbol.asyncIterator]().next();
leave.abort();
