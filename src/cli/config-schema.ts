import * as z from "zod";

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function isSafeRoot(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const plain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return plain && (url.protocol === "https:" || (url.protocol === "http:" && loopback.test(url.hostname)));
}

const text = (allowed: string) => z.string({ error: allowed }).min(1, { error: allowed });
const seconds = (allowed: string, minimum: number, maximum: number) => z.number({ error: allowed }).min(minimum, { error: allowed }).max(maximum, { error: allowed });
const timeOfDay = () => z.string({ error: 'a time of day, like "22:00"' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day, like "22:00"' });
const truth = () => z.boolean({ error: "true or false" });

/** Every section and key, with its default and the words that say what is allowed (they end up in the error). */
export const configSchema = z.strictObject({
  telegram: z
    .strictObject({
      bot_token: z
        .string({ error: "the token that @BotFather gave, in quotes" })
        .regex(/^\d+:[\w-]+$/, { error: 'the token that @BotFather gave, like "123456789:AA…"' })
        .optional(),
      token_file: text("the path of a file that holds the token").optional(),
      token_command: text("a command that prints the token").optional(),
      allowed_users: z
        .array(
          z.number({ error: "numeric Telegram user ids, like [12345678]" }).int({ error: "numeric Telegram user ids, like [12345678]" }).positive({ error: "numeric ids of people, which are positive" }),
          { error: "a list of numeric Telegram user ids, like [12345678]" },
        )
        .default([]),
      api_root: z
        .string({ error: "an https address, or http on loopback" })
        .refine(isSafeRoot, { error: "an https address, or http on loopback, without user, query or fragment" })
        .default("https://api.telegram.org"),
    })
    .default({ allowed_users: [], api_root: "https://api.telegram.org" }),
  prompts: z
    .strictObject({
      stuck_timeout_seconds: seconds("seconds, 0.1 to 3600", 0.1, 3600).default(2),
      timeout_seconds: seconds("seconds, 0.1 to 604800 (a week)", 0.1, 604_800).default(3600),
      on_timeout: z.enum(["wait", "decline"], { error: '"wait" or "decline"' }).default("wait"),
      desk_seconds: seconds("seconds, 0 to 3600", 0, 3600).default(10),
      free_text: truth().default(true),
      secrets: z.enum(["local", "relay"], { error: '"local" or "relay"' }).default("local"),
      redact: truth().default(true),
      reminder: truth().default(true),
    })
    .prefault({}),
  quiet: z.strictObject({ from: timeOfDay().optional(), to: timeOfDay().optional(), prompts: truth().default(true) }).prefault({}),
  notices: z.strictObject({ ended: truth().default(true), idle: truth().default(true), limit: truth().default(true) }).prefault({}),
  page: z.strictObject({ port: z.number({ error: "a port, 0 to 65535" }).int({ error: "a port, 0 to 65535" }).min(0, { error: "a port, 0 to 65535" }).max(65_535, { error: "a port, 0 to 65535" }).default(0) }).prefault({}),
  audit: z.strictObject({ witness_command: text("a command that takes a line on stdin").optional() }).prefault({}),
  log: z.strictObject({ level: z.enum(["error", "warn", "info", "debug"], { error: '"error", "warn", "info" or "debug"' }).default("info") }).prefault({}),
});

export type ConfigFile = z.infer<typeof configSchema>;

/** The keys of each section, in the file's order. */
export function sections(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, section] of Object.entries(configSchema.shape)) {
    found.set(name, Object.keys(section.unwrap().shape));
  }
  return found;
}
