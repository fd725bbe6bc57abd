import { namesSecret } from "./secret-name.ts";
import { secretOptions, type Holding, type SecretOptions } from "./secret-options.ts";
import { secretSpans, withoutSpans } from "./redact.ts";
import type { SecretSpan } from "./secret-span.ts";
import { shellCommands, type Word } from "./shell-words.ts";

/** Where in a word's text a secret stands. */
type Span = Pick<SecretSpan, "from" | "to">;

/** Run a script that is one of their words. */
const shells = new Set(["sh", "bash", "zsh", "dash", "ksh", "ash", "fish", "busybox", "su", "script", "runuser"]);
/** Hand words on to a shell. */
const handers = new Set(["ssh", "watch", "eval"]);
/** Of scripts within scripts. */
const deepest = 3;

/** "--password=…", "PGPASSWORD=…", "--from-literal=password=…", "user=ada,password=…" */
const assignment = /(?<![\w./:-])([\w./:-]{2,64})=(?=([^,;&\s"'}]+))/g;
/** The one assignment that a word is, whatever signs its value has. */
const wholeAssignment = /^-{0,2}([\w./:-]{2,64})=([^]+)$/;
const json = /"([\w-]{2,64})"\s*:\s*"([^"]+)"/g;
/** A header as curl and HTTPie take it. A scheme before the secret stays. */
const header = /^(?:(?:proxy-)?authorization\s*:\s*(?:(?:bearer|basic|token|digest|apikey|negotiate)\s+)?(\S+)|(?:set-)?cookie\s*:\s*([^\s;=]+=.+)|[\w-]+-(?:key|token|secret|password|auth)\s*:\s*(\S+))$/i;
/** A token in the place of a user: "https://TOKEN@host". */
const tokenUser = /^[a-z][a-z0-9+.-]{1,20}:\/\/((?=[^@]*\d)[^\s:@/]{20,})@/i;
const option = /^--?[A-Za-z][\w.-]*$/;
/** What stands for a secret, or is none: a file, a variable, a switch. */
const reference = /^(?:[@$%<‹].*|(?:env|file|fd|arn|keychain):.*|\w+:\/\/.*|(?:id|type|src|source|name)=.*|-||stdin|prompt|true|false|yes|no|none|null|\d)$/i;
const file = /[/\\~]|\.(?:pem|key|crt|p12|pfx|json|ya?ml|txt|env)$/i;
/** A word that nobody uses but as a password: letters and digits, and nothing that names, numbers or paths are made with. */
const wordlike = /^(?=.*\p{L})(?=.*[\d!#$^&*?])[^\s/:,.=@_-]{6,}$/u;

/**
 * A command line as it may be kept and shown. What a word is depends on those before it: "--password hunter2", "mysql -phunter2",
 * "curl -u ada:hunter2", in a shell's script too. What a single letter means is known of many programs; of others, "-p" with a word
 * like a password counts as one.
 */
export function redactCommand(command: readonly string[]): string[] {
  const words = command.map((text) => ({ text, at: 0 }));
  const spans = spansOf(words, deepest);
  return command.map((text, index) => withoutSpans(text, [...secretSpans(text), ...(spans[index] ?? []).map((span) => ({ kind: "argument", sign: span.from, ...span }))]));
}

/** Of each word, its secrets. @param depth how many scripts may still lie within each other */
function spansOf(words: readonly Word[], depth: number): Span[][] {
  let program: string | undefined;
  let options: SecretOptions | undefined;
  let isScript = false;
  return words.map(({ text }, index) => {
    const before = words[index - 1]?.text ?? "";
    const isRead = depth > 0 && isScript;
    const spans = [...(isRead ? [] : inWord(text)), ...joined(text, options), ...asValue(text, before, words[index - 2]?.text ?? "", options)];
    if (isRead || (depth > 0 && handers.has(program ?? "") && /\s/.test(text))) spans.push(...inScript(text, depth - 1));
    isScript = shells.has(program ?? "") && /^-[a-z]*c$/.test(text);
    // A secret is no program, whatever it is called.
    const name = spans.length === 0 ? nameOf(text) : "";
    const command = secretOptions.get(`${program} ${name}`);
    if (command !== undefined) options = command;
    else if (index === 0 || shells.has(name) || handers.has(name) || secretOptions.has(name)) {
      program = name;
      options = secretOptions.get(name);
    }
    return spans;
  });
}

function inScript(script: string, depth: number): Span[] {
  return shellCommands(script).flatMap((words) => spansOf(words, depth).flatMap((spans, index) => spans.map((span) => moved(span, words[index]?.at ?? 0))));
}

/** What a word says of itself. */
function inWord(text: string): Span[] {
  const [, name = "", value = ""] = wholeAssignment.exec(text) ?? [];
  if (namesSecret(name)) return isReference(name, value) ? [] : [{ from: text.length - value.length, to: text.length }];
  const pairs = [...text.matchAll(assignment), ...text.matchAll(json)].flatMap(({ 0: match, 1: name = "", 2: value = "", index }) => {
    const from = index + match.length - (match.endsWith('"') ? value.length + 1 : 0);
    return namesSecret(name) && !isReference(name, value) ? [{ from, to: from + value.length }] : [];
  });
  const held = header.exec(text)?.slice(1).find((value) => value !== undefined);
  const user = tokenUser.exec(text)?.[1];
  return [
    ...pairs,
    ...(held === undefined || isReference("", held) ? [] : [{ from: text.length - held.length, to: text.length }]),
    ...(user === undefined ? [] : [{ from: text.indexOf(user), to: text.indexOf(user) + user.length }]),
  ];
}

/** An option and its value in one word, as its program takes them. */
function joined(text: string, options: SecretOptions | undefined): Span[] {
  const [name, holding] = Object.entries(options?.joined ?? {}).find(([name]) => text.startsWith(name) && text.length > name.length) ?? [];
  return name === undefined || holding === undefined ? [] : heldIn(text.slice(name.length), holding).map((span) => moved(span, name.length));
}

/** The value of the option before it. */
function asValue(text: string, before: string, beforeThat: string, options: SecretOptions | undefined): Span[] {
  const holding = options?.next?.[before] ?? (options?.bundles === true && /^-[A-Za-z#]{2,}$/.test(before) ? options.next?.[`-${before.at(-1)}`] : undefined);
  if (holding !== undefined) return option.test(text) ? [] : heldIn(text, holding);
  const isNamed = option.test(before) ? namesSecret(before.replace(/^-+/, "")) : isSetting(before, beforeThat);
  if (isNamed) return option.test(text) || isReference(before, text) ? [] : [{ from: 0, to: text.length }];
  return before === "-p" && options === undefined && wordlike.test(text) ? [{ from: 0, to: text.length }] : [];
}

/** "config set _authToken …" */
function isSetting(before: string, beforeThat: string): boolean {
  return /^(?:set|put)$/.test(beforeThat) && namesSecret(before);
}

function heldIn(value: string, holding: Holding): Span[] {
  const from = holding === "whole" ? 0 : value.indexOf(holding) + 1;
  const isNone = value.slice(from) === "" || (holding !== "whole" && from === 0) || isReference("", value) || value.startsWith("‹redacted", from);
  return isNone ? [] : [{ from, to: value.length }];
}

function isReference(name: string, value: string): boolean {
  return reference.test(value) || (/key$/i.test(name) && file.test(value));
}

/** Without its folder. */
function nameOf(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}

function moved({ from, to }: Span, by: number): Span {
  return { from: from + by, to: to + by };
}
