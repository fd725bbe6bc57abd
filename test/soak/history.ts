/** One entry of the audit log, as far as the checker needs it. */
export interface Entry {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970, as everywhere here. */
  readonly at: number;
  /** Of the process that wrote it. */
  readonly pid: number;
}

/** A tap as the phone knows it. */
export interface Tapped {
  readonly updateId: number;
  readonly promptId: string;
  readonly label: string;
  readonly isAllowed: boolean;
  readonly at: number;
}

/** What a program read, by its own account. */
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

/** What must never be. Empty: all is well. */
export function problemsOf(history: History, allowedUser: number): string[] {
  return [...promptProblems(history, allowedUser), ...tapProblems(history), ...answerProblems(history), ...messageProblems(history)];
}

/** Decided at most once and by who may; typed at most once, and only if decided. */
function promptProblems({ log }: History, allowedUser: number): string[] {
  const byPrompt = new Map<string, Entry[]>();
  for (const entry of log) byPrompt.set(idOf(entry), [...(byPrompt.get(idOf(entry)) ?? []), entry]);
  return [...byPrompt].flatMap(([id, entries]) => {
    const of = (type: string): Entry[] => entries.filter((entry) => entry.type === type);
    const [decisions, intents, done] = [of("decision"), of("inject.intent"), of("inject.done")];
    return [
      ...(distinct(decisions) > 1 ? [`${id} was decided ${distinct(decisions)} times`] : []),
      ...(intents.length > 1 || done.length > 1 ? [`${id} was typed ${intents.length} times`] : []),
      ...(intents.length > distinct(decisions) ? [`${id} was typed undecided`] : []),
      ...(decisions.some(({ data }) => userOf(data) !== String(allowedUser)) ? [`${id} was decided by somebody else`] : []),
    ];
  });
}

/** One that was killed between the line of a decision and its row leaves the line; its tap comes again, and decides again. */
const distinct = (decisions: readonly Entry[]): number => new Set(decisions.map(({ data }) => data["update"])).size;

/** Each tap of who may is judged, or waits at Telegram for who polls next; no other is. */
function tapProblems(history: History): string[] {
  const judged = new Set(history.log.filter(({ type }) => type === "decision" || type === "decision.rejected").map(({ data }) => String(data["update"])));
  const strangers = history.taps.filter(({ updateId, isAllowed }) => !isAllowed && judged.has(String(updateId)));
  return [...lostTaps(history).map(({ updateId }) => `tap ${updateId} was lost`), ...strangers.map(({ updateId }) => `a stranger's tap ${updateId} was judged`)];
}

export function lostTaps({ log, taps, confirmed }: History): Tapped[] {
  const judged = new Set(log.filter(({ type }) => type === "decision" || type === "decision.rejected").map(({ data }) => String(data["update"])));
  return taps.filter(({ updateId, isAllowed }) => isAllowed && confirmed.has(updateId) && !judged.has(String(updateId)));
}

/** What the programs read is what a winning tap on that very question said, once, and meant to be typed. */
function answerProblems(history: History): string[] {
  const { answers, questions, log } = history;
  const meant = new Set(log.filter(({ type }) => type === "inject.intent").map((entry) => questions.get(idOf(entry))));
  const twice = answers.filter(({ question }, index) => answers.findIndex((other) => other.question === question) < index);
  return [
    ...misroutes(history).map(({ question, answer }) => `"${question}" got "${answer}", which nobody answered`),
    ...twice.map(({ question }) => `"${question}" was answered twice`),
    ...answers.filter(({ question }) => !meant.has(question)).map(({ question }) => `"${question}" was answered without an intent in the log`),
  ];
}

/** A message that may have come before says so, and comes twice at the most. */
function messageProblems({ messages }: History): string[] {
  const unmarked = [...messages].filter(([, { sent, marked }]) => sent > 2 || sent - marked > 1);
  return unmarked.map(([id, { sent, marked }]) => `${id} came ${sent} times, ${marked} of them marked`);
}

/** Answers that no tap on that very question's message gave. */
export function misroutes(history: History): Answered[] {
  const winners = winnersOf(history);
  return history.answers.filter((answered) => winners.get(told(answered)) === undefined);
}

/** The taps that the log names as decisions, by what the program should read of them. */
export function winnersOf({ log, taps, questions }: History): ReadonlyMap<string, Tapped> {
  const winning = new Set(log.filter(({ type }) => type === "decision").map(({ data }) => String(data["update"])));
  const winners = taps.filter(({ updateId }) => winning.has(String(updateId)));
  return new Map(winners.map((tap) => [told({ question: questions.get(tap.promptId) ?? "", answer: tap.label.charAt(0).toLowerCase() }), tap]));
}

/** A question and its answer, as a key. */
export function told({ question, answer }: Pick<Answered, "question" | "answer">): string {
  return `${question} ${answer}`;
}

export function idOf({ data }: Entry): string {
  return String(data["prompt"]);
}

function userOf({ by }: Readonly<Record<string, unknown>>): string {
  return typeof by === "object" && by !== null ? String(Reflect.get(by, "id")) : "";
}
