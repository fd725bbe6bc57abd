/** One entry of the audit log, as far as the checker needs it. */
export interface Entry {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A tap as the phone knows it. */
export interface Tapped {
  readonly updateId: number;
  readonly promptId: string;
  readonly label: string;
  readonly isAllowed: boolean;
  /** Milliseconds on one clock with {@link Answered.at}. */
  readonly at: number;
}

/** What a program was told, as its terminal showed it. */
export interface Answered {
  readonly question: string;
  readonly answer: string;
  readonly at: number;
}

export interface History {
  readonly log: readonly Entry[];
  readonly taps: readonly Tapped[];
  /** Updates of which Telegram was told that they are dealt with; it keeps the others for who polls next. */
  readonly confirmed: ReadonlySet<number>;
  readonly answers: readonly Answered[];
  /** The question that each prompt's message showed last. */
  readonly questions: ReadonlyMap<string, string>;
  /** Messages with buttons that were sent, by prompt: how many are marked as perhaps sent before. */
  readonly messages: ReadonlyMap<string, { readonly sent: number; readonly marked: number }>;
}

export interface Figures {
  readonly prompts: number;
  readonly taps: number;
  readonly decisions: number;
  readonly answers: number;
  readonly misroutes: number;
  readonly lostTaps: number;
  readonly extraMessages: number;
  /** Milliseconds from the winning tap to what the terminal shows of it. */
  readonly p50: number;
  readonly p99: number;
}

/** One that was killed between the line of a decision and its row leaves the line; its tap comes again, and decides again. */
const distinct = (decisions: readonly Entry[]): number => new Set(decisions.map(({ data }) => data["update"])).size;

const idOf = ({ data }: Entry): string => String(data["prompt"]);

/** What must never be. Empty: all is well. */
export function problemsOf(history: History, allowedUser: number): string[] {
  const { log, taps, messages, confirmed } = history;
  const of = (type: string, id: string): Entry[] => log.filter((entry) => entry.type === type && idOf(entry) === id);
  const ids = new Set(log.filter(({ type }) => type === "prompt.detected").map(idOf));
  const problems = [...ids].flatMap((id) => {
    const [decisions, intents, done] = [of("decision", id), of("inject.intent", id), of("inject.done", id)];
    return [
      distinct(decisions) > 1 ? `${id} was decided ${distinct(decisions)} times` : "",
      intents.length > 1 || done.length > 1 ? `${id} was typed ${intents.length} times` : "",
      intents.length > distinct(decisions) ? `${id} was typed undecided` : "",
      decisions.some(({ data }) => userOf(data) !== String(allowedUser)) ? `${id} was decided by somebody else` : "",
    ];
  });
  const judged = new Set(log.filter(({ type }) => type === "decision" || type === "decision.rejected").map(({ data }) => String(data["update"])));
  const wrong = taps.filter(({ updateId, isAllowed }) => isAllowed !== judged.has(String(updateId)) && (!isAllowed || confirmed.has(updateId)));
  const unmarked = [...messages].filter(([, { sent, marked }]) => sent > 2 || sent - marked > 1);
  return [
    ...problems.filter((problem) => problem !== ""),
    ...wrong.map(({ updateId, isAllowed }) => (isAllowed ? `tap ${updateId} was lost` : `a stranger's tap ${updateId} was judged`)),
    ...misroutes(history).map(({ question, answer }) => `"${question}" got "${answer}", which nobody answered`),
    ...unmarked.map(([id, { sent, marked }]) => `${id} came ${sent} times, ${marked} of them marked`),
  ];
}

export function figuresOf(history: History): Figures {
  const { log, taps, answers, messages } = history;
  const delays = answers.flatMap((answered) => {
    const winner = winnerOf(answered, history);
    return winner === undefined ? [] : [answered.at - winner.at];
  });
  const sorted = delays.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return {
    prompts: log.filter(({ type }) => type === "prompt.detected").length,
    taps: taps.length,
    decisions: log.filter(({ type }) => type === "decision").length,
    answers: answers.length,
    misroutes: misroutes(history).length,
    lostTaps: problemsOf(history, 0).filter((problem) => problem.endsWith("was lost")).length,
    extraMessages: [...messages.values()].reduce((sum, { sent }) => sum + sent - 1, 0),
    p50: at(0.5),
    p99: at(0.99),
  };
}

/** Answers that no tap on that very question's message gave. */
function misroutes(history: History): Answered[] {
  return history.answers.filter((answered) => winnerOf(answered, history) === undefined);
}

/** The tap that the log names as the decision of the answered question. */
function winnerOf({ question, answer }: Answered, { log, taps, questions }: History): Tapped | undefined {
  const winners = new Set(log.filter(({ type }) => type === "decision").map(({ data }) => String(data["update"])));
  return taps.find(({ updateId, promptId, label }) => winners.has(String(updateId)) && questions.get(promptId) === question && label.toLowerCase().startsWith(answer));
}

function userOf({ by }: Readonly<Record<string, unknown>>): string {
  return typeof by === "object" && by !== null ? String(Reflect.get(by, "id")) : "";
}
