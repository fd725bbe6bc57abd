import { existsSync } from "node:fs";
import { parse, stringify } from "smol-toml";
import { masked } from "./bot-token.ts";
import { writeConfig } from "./config-file.ts";
import { sections } from "./config-schema.ts";
import { checked, loadConfig, readConfig, variableOf } from "./config.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { withKey, type KeyPath, type TomlValue } from "./toml-edit.ts";

/** Where a value comes from. */
type Source = "file" | "environment" | "default";

interface Setting {
  readonly path: KeyPath;
  /** undefined: not set, and there is no default */
  readonly value: unknown;
  readonly source: Source;
}

/** "aegis config path". @returns 0 */
export function configPath({ home, output }: Context): number {
  output.line(home.config);
  return 0;
}

/** "aegis config show": every key with the value that holds now; secrets masked. @returns 0 */
export function configShow({ json }: { readonly json: boolean }, context: Context): number {
  const { output, home } = context;
  const all = settings(context);
  if (json) {
    const tables = [...sections().keys()].map((section) => [section, Object.fromEntries(all.filter(({ path }) => path[0] === section).map((setting) => [setting.path[1], { value: shownValue(setting) ?? null, source: setting.source }]))]);
    output.json({ file: home.config, ...Object.fromEntries(tables) });
    return 0;
  }
  output.line(output.paint.dim(`# ${home.config}${existsSync(home.config) ? "" : " (not there yet)"}`));
  for (const section of sections().keys()) {
    output.line(`\n${output.paint.bold(`[${section}]`)}`);
    for (const setting of all.filter(({ path }) => path[0] === section)) output.line(settingLine(setting, context));
  }
  return 0;
}

/** "aegis config get". @returns 1 when it is not set, and has no default */
export function configGet(name: string, { json }: { readonly json: boolean }, context: Context): number {
  const path = keyPath(name);
  const found = settings(context).find((setting) => setting.path.join() === path.join());
  const value = found && shownValue(found);
  if (json) context.output.json({ key: name, value: value ?? null, source: found?.source ?? "default" });
  else if (value !== undefined) context.output.line(typeof value === "string" ? value : JSON.stringify(value));
  return value === undefined ? 1 : 0;
}

/**
 * "aegis config set": sets one key in the file and leaves the rest of it as it was.
 * @param text  a value as in TOML; the quotes of a text may be left out
 */
export function configSet(name: string, text: string, { home, output }: Context): number {
  const path = keyPath(name);
  if (path[1] === "bot_token") throw new Failure("a token on the command line would be seen by every program of this machine", '"aegis setup" asks for it without showing it');
  const toml = readConfig(home);
  // What stands there already must be right, or the complaint would be about something else.
  checked(toml, home.config, {});
  writeConfig(home, accepted(toml, path, text));
  output.notice(`${name} is set in ${home.config}`);
  return 0;
}

/** The file with the first reading of `text` that the schema takes. */
function accepted(toml: string, path: KeyPath, text: string): string {
  const name = path.join(".");
  let refusal: unknown;
  for (const value of readings(text)) {
    try {
      const edited = withKey(toml, path, value);
      checked(edited, name, {});
      return edited;
    } catch (error) {
      refusal ??= error;
    }
  }
  if (refusal instanceof Failure && refusal.hint.startsWith("allowed is")) throw new Failure(`${name} cannot be ${JSON.stringify(text)}`, refusal.hint);
  throw refusal;
}

function readings(text: string): TomlValue[] {
  const numbers = text.split(",").map((part) => Number(part.trim() || Number.NaN));
  const list = numbers.every(Number.isFinite) ? [numbers] : [];
  return [...tomlValue(text), ...list, text];
}

function tomlValue(text: string): TomlValue[] {
  try {
    const { value } = parse(`value = ${text}`);
    if (Array.isArray(value)) return value.every((item) => typeof item === "number") ? [value] : [];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [value] : [];
  } catch {
    return [];
  }
}

/**
 * "aegis config validate": says whether the configuration can be used as it is, the token's source included.
 * @returns 0: yes; 1: no, and why
 */
export function configValidate({ home, environment, output }: Context): number {
  try {
    loadConfig(home, environment);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    output.failure(error);
    return 1;
  }
  output.line(existsSync(home.config) ? `${home.config} is good` : `${home.config} is not there yet; the defaults hold`);
  return 0;
}

function keyPath(name: string): KeyPath {
  const [section = "", key = "", ...rest] = name.split(".");
  const keys = sections().get(section);
  if (keys === undefined) throw new Failure(`there is no section "${section}"`, `a key is SECTION.KEY; the sections are ${[...sections().keys()].join(", ")}`);
  if (!keys.includes(key) || rest.length > 0) throw new Failure(`there is no key "${name}"`, `the keys of ${section} are ${keys.map((key) => `${section}.${key}`).join(", ")}`);
  return [section, key];
}

function settings({ home, environment }: Context): Setting[] {
  const toml = readConfig(home);
  const now = new Map(Object.entries(checked(toml, home.config, environment)));
  const written = new Map(Object.entries(parse(toml)));
  return [...sections()].flatMap(([section, keys]) =>
    keys.map((key): Setting => {
      const inFile = field(written.get(section), key) !== undefined;
      const source = environment[variableOf(section, key)] ? "environment" : inFile ? "file" : "default";
      return { path: [section, key], value: field(now.get(section), key), source };
    }),
  );
}

function field(table: unknown, key: string): unknown {
  return typeof table === "object" && table !== null ? Reflect.get(table, key) : undefined;
}

function shownValue({ path, value }: Setting): unknown {
  return path[1] === "bot_token" && typeof value === "string" ? masked(value) : value;
}

function settingLine(setting: Setting, { output }: Context): string {
  const [section, key] = setting.path;
  const value = shownValue(setting);
  if (value === undefined) return output.paint.dim(`# ${key} is not set`);
  const line = stringify({ [key]: value }).trimEnd();
  switch (setting.source) {
    case "file":
      return line;
    case "environment":
      return `${line}  ${output.paint.dim(`# from ${variableOf(section, key)}`)}`;
    case "default":
      return output.paint.dim(`${line}  # default`);
  }
}
