// A program of its own: node-fetch leaves a timer of 500 s behind when a body breaks off, so that its process has to be ended.
import { FastClock, quick } from "./fast-clock.ts";
import { openStage } from "./stage.ts";
import { askOf } from "../ask.ts";

await using stage = await openStage({ clock: new FastClock(), patience: quick });
const { signal } = new AbortController();
stage.api.fault("getUpdates", { kind: "truncated" });
stage.api.fault("sendMessage", { kind: "truncated" });
await stage.channel.send(askOf(), signal);
await stage.ada.taps("Yes");
const { value } = await stage.channel.replies(signal)[Symbol.asyncIterator]().next();
console.log(JSON.stringify([value.reply.answer, stage.ada.inbox.map((message) => message.text.split("\n")[0])]));
process.exit();
