import type { SecretSpan } from "./secret-span.ts";

/** The end of a line inside a word, with what a frame puts around it. */
const brokenWord = /(?<=[A-Za-z0-9_+/=.-])[ \t]{0,200}(?:[│┃║|][ \t]{0,200})?\n[ \t]{0,200}(?:[│┃║|][ \t]{0,200})?(?=[A-Za-z0-9_+/=.:-])/g;

/** What goes on after a break and is but an everyday word is more likely the next line's beginning. */
const everydayWord = /^(?:[A-Z]?[a-z]{0,11}|[A-Z]{1,11})[.:]?$/;

interface Gap {
  /** Where it stood, in the joined text. */
  readonly at: number;
  readonly length: number;
}

/** A text whose broken lines are put together again. Which ends of lines are breaks cannot be known, so all are taken for such; {@link broken} sorts them out. */
export class JoinedLines {
  readonly text: string;
  readonly #gaps: readonly Gap[];

  constructor(original: string) {
    const gaps: Gap[] = [];
    let removed = 0;
    this.text = original.replace(brokenWord, (gap: string, index: number) => {
      gaps.push({ at: index - removed, length: gap.length });
      removed += gap.length;
      return "";
    });
    this.#gaps = gaps;
  }

  /** A secret of the joined text, in the original's places: none if no break is in it, shorter if what follows a break hardly belongs to it. */
  broken({ kind, sign, from, to }: SecretSpan): SecretSpan[] {
    const inside = this.#gaps.filter((gap) => gap.at > sign && gap.at < to);
    if (inside.length === 0) return [];
    const breaks = inside.filter((gap) => gap.at >= from);
    const end = breaks.find((gap, index) => everydayWord.test(this.text.slice(gap.at, breaks[index + 1]?.at ?? to)))?.at ?? to;
    if (end === from) return [];
    return [{ kind, sign: this.#original(sign), from: this.#original(from), to: this.#original(end - 1) + 1 }];
  }

  /** The place of a character of the joined text. */
  #original(at: number): number {
    return this.#gaps.reduce((place, gap) => (gap.at <= at ? place + gap.length : place), at);
  }
}
