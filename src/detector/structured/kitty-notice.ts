import { noticeOf, type Signal } from "./signal.ts";

/** OSC 99, kitty's "METADATA;WORDS": a notification may come in several sequences of one id, of which the last is marked done. */
export class KittyNotice {
  #id = "";
  #words: string[] = [];
  #length = 0;

  /** One more sequence. Gives the notification once it is whole. */
  read(data: string): Signal | undefined {
    const border = data.indexOf(";");
    if (border < 0) return undefined;
    const keys = new Map(data.slice(0, border).split(":").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
    const part = keys.get("p") ?? "title";
    const id = keys.get("i") ?? "";
    if (id !== this.#id) this.#begin(id);
    if (part === "title" || part === "body") this.#add(keys.get("e") === "1" ? Buffer.from(data.slice(border + 1), "base64").toString() : data.slice(border + 1));
    else if (keys.get("d") === undefined) return undefined;
    if (keys.get("d") === "0") return undefined;
    const notice = noticeOf(this.#words.join(": "));
    this.#begin("");
    return notice;
  }

  #begin(id: string): void {
    this.#id = id;
    this.#words = [];
    this.#length = 0;
  }

  /** A program that never says that it is done fills no memory. */
  #add(words: string): void {
    this.#length += words.length;
    if (words !== "" && this.#length <= 4096) this.#words.push(words);
  }
}
