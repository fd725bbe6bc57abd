import * as z from "zod/mini";
import { parseApiRoot } from "../channel/telegram/api-root.ts";
import { botTokenForm } from "./bot-token.ts";

function isApiRoot(text: string): boolean {
  try {
    parseApiRoot(text);
    return true;
  } catch {
    return false;
  }
}

const text = (allowed: string) => z.string({ error: allowed }).check(z.minLength(1, { error: allowed }));
const seconds = (allowed: string, minimum: number, maximum: number) => z.number({ error: allowed }).check(z.gte(minimum, { error: allowed }), z.lte(maximum, { error: allowed }));
const group = () => {
  const error = "the number of a group, which is negative, like -1001234567890";
  return z.number({ error }).check(z.int({ error }), z.negative({ error }));
};
const truth = () => z._default(z.boolean({ error: "true or false" }), true);

const timeOfDay = () => {
  const allowed = 'a time of day, like "22:00"';
  return z.optional(z.string({ error: allowed }).check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: allowed })));
};

const port = () => {
  const allowed = "a port, 0 to 65535";
  return z.number({ error: allowed }).check(z.int({ error: allowed }), z.gte(0, { error: allowed }), z.lte(65_535, { error: allowed }));
};

const person = () => {
  const allowed = "numeric Telegram user ids, like [12345678]";
  return z.number({ error: allowed }).check(z.int({ error: allowed }), z.positive({ error: "numeric ids of people, which are positive" }));
};

/** Every section and key, with its default and the words that say what is allowed (they end up in the error). */
export const configSchema = z.strictObject({
  telegram: z._default(
    z.strictObject({
      bot_token: z.optional(
        z
          .string({ error: "the token that @BotFather gave, in quotes" })
          .check(z.regex(botTokenForm, { error: 'the token that @BotFather gave, like "123456789:AA…"' })),
      ),
      token_file: z.optional(text("the path of a file that holds the token")),
      token_command: z.optional(text("a command that prints the token")),
      allowed_users: z._default(z.array(person(), { error: "a list of numeric Telegram user ids, like [12345678]" }), []),
      group: z.optional(group()),
      api_root: z._default(
        z
          .string({ error: "an https address, or http on loopback" })
          .check(z.refine(isApiRoot, { error: "an https address, or http on loopback, without user, query or fragment" })),
        "https://api.telegram.org",
      ),
    }),
    { allowed_users: [], api_root: "https://api.telegram.org" },
  ),
  prompts: z.prefault(
    z.strictObject({
      stuck_timeout_seconds: z._default(seconds("a number of seconds, 0.1 to 3600", 0.1, 3600), 2),
      timeout_seconds: z._default(seconds("a number of seconds, 0.1 to 604800 (a week)", 0.1, 604_800), 3600),
      on_timeout: z._default(z.enum(["wait", "decline"], { error: '"wait" or "decline"' }), "wait"),
      desk_seconds: z._default(seconds("a number of seconds, 0 to 3600", 0, 3600), 10),
      free_text: truth(),
      secrets: z._default(z.enum(["local", "relay"], { error: '"local" or "relay"' }), "local"),
      redact: truth(),
      reminder: truth(),
    }),
    {},
  ),
  quiet: z.prefault(z.strictObject({ from: timeOfDay(), to: timeOfDay(), prompts: truth() }), {}),
  notices: z.prefault(z.strictObject({ ended: truth(), idle: truth(), limit: truth(), said: truth() }), {}),
  page: z.prefault(z.strictObject({ port: z._default(port(), 0) }), {}),
  audit: z.prefault(z.strictObject({ witness_command: z.optional(text("a command that takes a line on stdin")) }), {}),
  log: z.prefault(z.strictObject({ level: z._default(z.enum(["error", "warn", "info", "debug"], { error: '"error", "warn", "info" or "debug"' }), "info") }), {}),
});

export type ConfigFile = z.infer<typeof configSchema>;

/** The keys of each section, in the file's order. */
export function sections(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, section] of Object.entries(configSchema.shape)) {
    found.set(name, Object.keys(section.def.innerType.shape));
  }
  return found;
}
