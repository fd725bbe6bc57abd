import { idOf, lostTaps, misroutes, told, winnersOf, type History } from "./history.ts";

/** Times in milliseconds. */
export interface Figures {
  readonly prompts: number;
  readonly taps: number;
  readonly decisions: number;
  readonly answers: number;
  readonly misroutes: number;
  readonly lostTaps: number;
  /** Messages beyond the first of their prompt. */
  readonly extraMessages: number;
  /** From the winning tap to the moment when the program has read its key. */
  readonly toKey: readonly number[];
  /** From the judgement, in whatever process, to the moment when the asking session sets out to type. */
  readonly toSession: readonly number[];
}

export function figuresOf(history: History): Figures {
  const { log, taps, answers, messages } = history;
  const winners = winnersOf(history);
  const decidedAt = new Map(log.filter(({ type }) => type === "decision").map((entry) => [idOf(entry), entry.at]));
  return {
    prompts: log.filter(({ type }) => type === "prompt.detected").length,
    taps: taps.length,
    decisions: decidedAt.size,
    answers: answers.length,
    misroutes: misroutes(history).length,
    lostTaps: lostTaps(history).length,
    extraMessages: [...messages.values()].reduce((sum, { sent }) => sum + sent - 1, 0),
    toKey: answers.flatMap((answered) => {
      const winner = winners.get(told(answered));
      return winner === undefined ? [] : [answered.at - winner.at];
    }),
    toSession: log.flatMap((entry) => {
      const decided = decidedAt.get(idOf(entry));
      return entry.type === "inject.intent" && decided !== undefined ? [entry.at - decided] : [];
    }),
  };
}

/** All rounds as one. */
export function sumOf(rounds: readonly Figures[]): Figures {
  const sum = (count: (figures: Figures) => number): number => rounds.reduce((total, figures) => total + count(figures), 0);
  return {
    prompts: sum(({ prompts }) => prompts),
    taps: sum(({ taps }) => taps),
    decisions: sum(({ decisions }) => decisions),
    answers: sum(({ answers }) => answers),
    misroutes: sum(({ misroutes }) => misroutes),
    lostTaps: sum(({ lostTaps }) => lostTaps),
    extraMessages: sum(({ extraMessages }) => extraMessages),
    toKey: rounds.flatMap(({ toKey }) => toKey),
    toSession: rounds.flatMap(({ toSession }) => toSession),
  };
}

/** The value below which this share of the others lies, rounded; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
