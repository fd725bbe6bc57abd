import { badRequest } from "./api-error.ts";
import { isDict, isInteger } from "./params.ts";

/** Offsets and lengths in UTF-16 units. */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly language?: string;
}

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

const entityTypes = new Set([
  "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "expandable_blockquote",
  "text_link", "text_mention", "custom_emoji", "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
]);
const opaque = new Set(["code", "pre"]);

/** What sendMessage and editMessageText accept: 1 to 4,096 units, entities within the text, none through a surrogate pair. */
export function checkedText(text: string | undefined, entities: unknown): FormattedText {
  if (text === undefined || text.trim() === "") throw badRequest("message text is empty");
  if (text.length > 4096) throw badRequest("message is too long");
  if (/\p{Surrogate}/u.test(text)) throw badRequest("strings must be encoded in UTF-8");
  const checked = entities === undefined ? [] : checkedEntities(text, entities);
  return trimmed(text, checked);
}

function checkedEntities(text: string, value: unknown): Entity[] {
  if (!Array.isArray(value)) throw badRequest("can't parse entities: expected an Array");
  const entities = value.map((item: unknown) => checkedEntity(text, item)).sort((a, b) => a.offset - b.offset || b.length - a.length);
  const open: Entity[] = [];
  for (const entity of entities) {
    while (open.length > 0 && endOf(last(open)) <= entity.offset) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined) {
      if (endOf(entity) > endOf(outer)) throw badRequest(`can't parse entities: ${entity.type} at ${entity.offset} overlaps ${outer.type}`);
      if (opaque.has(outer.type) || (opaque.has(entity.type) && !outer.type.endsWith("blockquote"))) throw badRequest(`can't parse entities: ${entity.type} inside ${outer.type}`);
    }
    open.push(entity);
  }
  return entities;
}

function checkedEntity(text: string, item: unknown): Entity {
  if (!isDict(item)) throw badRequest("can't parse entities: expected an Object");
  const { type, offset, length } = item;
  if (typeof type !== "string" || !entityTypes.has(type)) throw badRequest(`can't parse entities: unknown type ${String(type)}`);
  if (!isInteger(offset) || !isInteger(length)) throw badRequest("can't parse entities: offset and length must be integers");
  if (offset < 0 || length <= 0 || offset + length > text.length) throw badRequest(`can't parse entities: ${type} at ${offset}+${length} is out of bounds (${text.length})`);
  if (splitsPair(text, offset) || splitsPair(text, offset + length)) throw badRequest(`can't parse entities: ${type} at ${offset}+${length} splits a character`);
  return { type, offset, length, ...(typeof item["language"] === "string" ? { language: item["language"] } : {}) };
}

/** Telegram cuts white space off both ends and moves the entities along. */
function trimmed(text: string, entities: readonly Entity[]): FormattedText {
  const kept = text.trim();
  const start = text.indexOf(kept);
  const moved = entities.flatMap((entity) => {
    const from = Math.max(0, entity.offset - start);
    const to = Math.min(kept.length, endOf(entity) - start);
    return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
  });
  return { text: kept, entities: moved };
}

const linkish = /(?<![\w@./])(?:https?:\/\/\S+|@[A-Za-z]\w{2,}|#[\w·]*[A-Za-z_·][\w·]*|\$[A-Z]{2,8}\b|\/[A-Za-z]\w*|[\w.+-]+@[\w-]+\.[a-z]{2,}|(?:[\w-]+\.)+(?:com|org|net|io|dev|sh|me|app)\b\S*)/g;

/** What Telegram would turn into links, mentions, hashtags and commands by itself: everything that looks so outside code and pre. */
export function autoLinks({ text, entities }: FormattedText): string[] {
  const covered = (at: number): boolean => entities.some((entity) => opaque.has(entity.type) && at >= entity.offset && at < endOf(entity));
  return [...text.matchAll(linkish)].filter((match) => !covered(match.index)).map((match) => match[0]);
}

const endOf = (entity: Entity): number => entity.offset + entity.length;

function last(open: readonly Entity[]): Entity {
  const entity = open.at(-1);
  if (entity === undefined) throw new RangeError("no open entity");
  return entity;
}

function splitsPair(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}
