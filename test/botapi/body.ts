import { badRequest } from "./api-error.ts";

/** A file of a multipart body. */
export interface Upload {
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** The parameters of one call, before anything is known of their types. Forms give strings and uploads only. */
export type Fields = Map<string, unknown>;

/** Reads what telegraf and others send: JSON, a URL-encoded form, multipart, or a query. */
export function parseFields(contentType: string | undefined, body: Buffer, query: URLSearchParams): Fields {
  const type = (contentType ?? "").toLowerCase();
  if (type.startsWith("application/json")) return fromJson(body.toString("utf8"));
  if (type.startsWith("multipart/form-data")) return fromMultipart(contentType ?? "", body);
  return new Map<string, unknown>([...query, ...new URLSearchParams(body.toString("utf8"))]);
}

function fromJson(text: string): Fields {
  const value: unknown = text === "" ? {} : JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw badRequest("can't parse request body as an object");
  return new Map(Object.entries(value));
}

function fromMultipart(contentType: string, body: Buffer): Fields {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw badRequest("multipart body without a boundary");
  const fields: Fields = new Map();
  // latin1 keeps one character per byte, so that positions in the string are positions in the body.
  for (const part of body.toString("latin1").split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf("\r\n\r\n");
    const header = Buffer.from(part.slice(0, end), "latin1").toString("utf8");
    const bytes = Buffer.from(part.slice(end + 4, -2), "latin1");
    const name = /\bname="([^"]*)"/i.exec(header)?.[1];
    if (name === undefined) throw badRequest("multipart part without a name");
    const fileName = /\bfilename="([^"]*)"/i.exec(header)?.[1];
    fields.set(name, fileName === undefined ? bytes.toString("utf8") : ({ fileName, bytes } satisfies Upload));
  }
  return fields;
}
