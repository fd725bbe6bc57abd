import * as z from "zod/mini";
import type { PermissionRequest } from "./claude.ts";
import { allow, denyAndStop } from "./claude-decision.ts";
import { inquiryOf, type Inquiry, type Option, type Taken } from "./inquiry.ts";

const filled = z.string().check(z.minLength(1));
const text = z._default(z.string(), "");
const question = z.object({
  question: filled,
  header: text,
  multiSelect: z._default(z.boolean(), false),
  options: z.array(z.object({ label: filled, description: text })).check(z.minLength(1)),
});
const questions = z.array(question).check(z.minLength(1));
type Question = z.infer<typeof question>;

/** The answers so far, by question. */
type Answers = { readonly [question: string]: string };

/** What Claude asks of its own accord, one question after the other; undefined when the input is not of that form. */
export function claudeQuestions({ tool_input: input }: PermissionRequest): Inquiry | undefined {
  const parsed = questions.safeParse(input["questions"]);
  if (!parsed.success) return undefined;
  const all = parsed.data;

  const ask = (index: number, answers: Answers): Taken => {
    const current = all[index];
    if (current === undefined) return allow({ updatedInput: { ...input, answers } });
    const answered = (text: string): Taken => ask(index + 1, { ...answers, [current.question]: text });
    const count = all.length > 1 ? `${index + 1}/${all.length} ` : "";
    return { next: current.multiSelect ? several(current, count, new Set(), answered) : single(current, count, answered) };
  };
  const first = ask(0, {});
  return "next" in first ? first.next : undefined;
}

const decline: Option = { label: "Decline to answer", declines: true, take: () => denyAndStop("The user declined to answer the questions.") };

function single(asked: Question, count: string, answered: (text: string) => Taken): Inquiry {
  const options = asked.options.map(({ label }): Option => ({ label, declines: false, take: () => answered(label) }));
  return inquiryOf("claude.question", sheet(asked, count, asked.options.map(({ label }) => label)), [...options, decline], answered);
}

/** Each tap ticks or unticks, and asks again, until Submit. */
function several(asked: Question, count: string, ticked: ReadonlySet<string>, answered: (text: string) => Taken): Inquiry {
  const labels = asked.options.map(({ label }) => label);
  const boxed = labels.map((label) => `${ticked.has(label) ? "☑" : "☐"} ${label}`);
  const toggles = labels.map((label, index): Option => ({
    label: boxed[index] ?? label,
    declines: false,
    take: () => ({ next: several(asked, count, toggled(ticked, label), answered) }),
  }));
  const submit: Option = { label: "Submit", declines: false, take: () => answered(labels.filter((label) => ticked.has(label)).join(", ")) };
  return inquiryOf("claude.question", sheet(asked, count, boxed), [...toggles, ...(ticked.size > 0 ? [submit] : []), decline], answered);
}

function toggled(ticked: ReadonlySet<string>, label: string): ReadonlySet<string> {
  return new Set(ticked.has(label) ? [...ticked].filter((other) => other !== label) : [...ticked, label]);
}

function sheet({ question, header, options }: Question, count: string, labels: readonly string[]): Parameters<typeof inquiryOf>[1] {
  const rows = options.map(({ description }, index) => `${labels[index] ?? ""}${description === "" ? "" : `\n     ${description}`}`);
  return { type: "multiple_choice", question, excerpt: [`${count}${header}`.trim(), question, "", ...rows].join("\n").trim() };
}
