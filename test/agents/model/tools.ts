import type { Dict } from "./conversation.ts";
import type { Act, Question } from "./scene.ts";

/** A call of one of the tools that the agent offers. */
export interface Call {
  readonly tool: string;
  readonly input: Dict;
  /** The tool takes this text instead of JSON. */
  readonly raw?: string;
}

type Offered = ReadonlyMap<string, Dict>;
type Wish<Kind extends string> = Extract<Act, Record<Kind, unknown>>;

/** What this agent calls for `act`; undefined: it only speaks. `planFile` is where the agent wants a plan. */
export function callFor(act: Act, tools: Offered, planFile: string): Call | undefined {
  if ("runs" in act) return runs(act, tools);
  if ("writes" in act) return writes(act.writes, act.content, tools);
  if ("drafts" in act) return writes(planFile, act.drafts, tools);
  if ("reads" in act) return named(tools, { Read: { file_path: act.reads }, read_file: { file_path: act.reads }, read: { filePath: act.reads }, view: { path: act.reads } }) ?? shell(`cat ${act.reads}`, tools);
  if ("edits" in act) return edits(act, tools);
  if ("fetches" in act) return fetches(act.fetches, tools);
  if ("asks" in act) return asks(act.asks, tools);
  if ("proposes" in act) return proposes(act.proposes, tools, planFile);
  if ("calls" in act) return { tool: act.calls, input: act.input };
  return undefined;
}

/** The first of `inputs` whose tool is on offer. */
function named(tools: Offered, inputs: Readonly<Record<string, Dict>>): Call | undefined {
  const found = Object.entries(inputs).find(([tool]) => tools.has(tool));
  return found && { tool: found[0], input: found[1] };
}

function has(tools: Offered, tool: string, parameter: string): boolean {
  const properties = tools.get(tool)?.["properties"];
  return typeof properties === "object" && properties !== null && parameter in properties;
}

function runs({ runs: command, because }: Wish<"runs">, tools: Offered): Call {
  const plain = { command, description: because };
  const call = named(tools, {
    Bash: plain,
    run_shell_command: { ...plain, ...(has(tools, "run_shell_command", "is_background") ? { is_background: false } : {}) },
    bash: { ...plain, ...(has(tools, "bash", "mode") ? { mode: "sync", initial_wait: 30 } : {}) },
  });
  return call ?? shell(command, tools, because);
}

/** Codex: a command outside the sandbox needs a person. */
function shell(command: string, tools: Offered, because?: string): Call {
  const escalated = because === undefined ? {} : { sandbox_permissions: "require_escalated", justification: because };
  const call = named(tools, { exec_command: { cmd: command, ...escalated }, shell_command: { command, ...escalated } });
  return call ?? { tool: "shell", input: { command: ["bash", "-lc", command], ...escalated } };
}

function writes(path: string, content: string, tools: Offered): Call {
  const call = named(tools, { Write: { file_path: path, content }, write_file: { file_path: path, content }, write: { filePath: path, content }, create: { path, file_text: content } });
  return call ?? patch(`*** Add File: ${path}\n${content.replace(/\n$/, "").replace(/^/gm, "+")}`, tools);
}

function edits({ edits: path, from, to }: Wish<"edits">, tools: Offered): Call {
  const edit = has(tools, "edit", "path") ? { path, old_str: from, new_str: to } : has(tools, "edit", "file_path") ? { file_path: path, old_string: from, new_string: to } : { filePath: path, oldString: from, newString: to };
  const call = named(tools, { Edit: { file_path: path, old_string: from, new_string: to }, replace: { file_path: path, instruction: "change it", old_string: from, new_string: to }, edit });
  return call ?? patch(`*** Update File: ${path}\n@@\n-${from}\n+${to}`, tools);
}

function patch(body: string, tools: Offered): Call {
  const text = `*** Begin Patch\n${body}\n*** End Patch`;
  if (!tools.has("apply_patch")) return shell(`apply_patch <<'PATCH'\n${text}\nPATCH`, tools);
  return { tool: "apply_patch", input: { input: text, patchText: text }, raw: text };
}

function fetches(url: string, tools: Offered): Call {
  const web = has(tools, "web_fetch", "url") ? { url, prompt: "Summarise the page" } : { prompt: `Summarise ${url}` };
  const call = named(tools, { WebFetch: { url, prompt: "Summarise the page" }, web_fetch: web, webfetch: { url, format: "text" }, fetch: { url } });
  // Claude Code offers WebFetch only after a tool search, but takes the call all the same.
  return call ?? (tools.has("Bash") || tools.has("ToolSearch") ? { tool: "WebFetch", input: { url, prompt: "Summarise the page" } } : shell(`curl -s ${url}`, tools, "Fetch the page?"));
}

function asks(questions: readonly Question[], tools: Offered): Call {
  const [first] = questions;
  const names = (question: Question) => question.options.map(({ label }) => label);
  const askUser = has(tools, "ask_user", "questions")
    ? { questions: questions.map((question) => ({ ...question, type: "choice" })) }
    : has(tools, "ask_user", "requestedSchema")
      ? { message: first?.question, requestedSchema: { properties: Object.fromEntries(questions.map((question) => [question.header.toLowerCase(), { type: "string", title: question.question, enum: names(question) }])) } }
      : { question: first?.question, choices: first === undefined ? [] : names(first) };
  const call = named(tools, {
    AskUserQuestion: { questions },
    ask_user_question: { questions },
    ask_user: askUser,
    request_user_input: { questions: questions.map(({ header, question, options }, index) => ({ id: `q${index}`, header, question, options })) },
    question: { questions: questions.map(({ header, question, options, multiSelect }) => ({ header, question, options, multiple: multiSelect })) },
  });
  return call ?? { tool: "AskUserQuestion", input: { questions } };
}

function proposes(plan: string, tools: Offered, planFile: string): Call {
  const call = named(tools, { ExitPlanMode: { plan }, exit_plan_mode: has(tools, "exit_plan_mode", "plan_path") ? { plan_path: planFile } : has(tools, "exit_plan_mode", "summary") ? { summary: plan } : { plan } });
  return call ?? { tool: "ExitPlanMode", input: { plan } };
}
