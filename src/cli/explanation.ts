import type { Study } from "../detector/detector.ts";
import type { Waiting } from "../detector/waiting.ts";

const kernel: { readonly [waiting in Waiting]: string } = {
  line: "the program reads a line: a prompt for sure",
  lines: "the program would take a line, among other things",
  aside: "the program would take a line beside its work: only words that ask at the cursor count",
  secret: "the program reads with the echo off: a secret",
  key: "the program reads single keys: a prompt for sure",
  polls: "the terminal is raw and polled: the text decides",
  selects: "the terminal is raw and selected on: the text decides",
  listens: "the terminal is raw and listened to: the text decides",
  hidden: "the terminal is raw, but no one in sight reads it",
  no: "the program works or waits for something else: vetoed",
  unknown: "it was not asked (no evidence in the recording, or not Linux): text and silence decide",
};

/** Why a look at a still screen raised something, or nothing. */
export function explanationOf({ at, stillMs, waiting, reading, isEarly, calls }: Study): string {
  const time = (at / 1000).toFixed(2).padStart(8);
  return `${time}  ${Math.round(stillMs)} ms still; kernel: ${kernel[waiting]}; screen: ${seen(reading)}${calls ? "; it calls for a person itself" : ""}${isEarly ? "; waits for a longer silence" : ""}`;
}

/** The same for looks that went by the same things, however long the silence was. */
export function reasonsOf({ waiting, reading, calls }: Study): string {
  return `${waiting} ${seen(reading)}${calls ? "; it calls for a person itself" : ""}`;
}

function seen(reading: Study["reading"]): string {
  if (reading.is === "busy") return "a busy mark vetoes";
  if (reading.is === "own") return "a menu that the person opened";
  if (reading.is === "nothing") return "no pattern matches";
  const { pattern, confidence, type, idle, secret } = reading.sighting;
  return `${pattern} ${confidence.toFixed(2)} sees ${secret ? "a secret" : idle ? "a line for instructions" : type}`;
}
