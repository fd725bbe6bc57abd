import { badRequest } from "./api-error.ts";
import type { Fields, Upload } from "./body.ts";

export type Dict = Readonly<Record<string, unknown>>;

export function isDict(value: unknown): value is Dict {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Typed reading of a call's parameters; refuses wrong types, and names that the method does not know. */
export class Params {
  readonly #fields: Fields;
  readonly #read = new Set<string>();

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  #get(name: string): unknown {
    this.#read.add(name);
    return this.#fields.get(name) ?? undefined;
  }

  string(name: string): string | undefined {
    const value = this.#get(name);
    if (value === undefined || typeof value === "string") return value;
    throw badRequest(`field "${name}" must be of type String`);
  }

  integer(name: string): number | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (isInteger(number)) return number;
    throw badRequest(`field "${name}" must be a Number`);
  }

  boolean(name: string): boolean | undefined {
    const value = this.#get(name);
    if (value === undefined || typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    throw badRequest(`field "${name}" must be of type Boolean`);
  }

  /** An object or array, as such or as JSON in a string. */
  json(name: string): unknown {
    const value = this.#get(name);
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw badRequest(`can't parse ${name} JSON object`);
    }
  }

  upload(name: string): Upload | undefined {
    const value = this.#get(name);
    if (!isDict(value) || typeof value["fileName"] !== "string" || !Buffer.isBuffer(value["bytes"])) return undefined;
    return { fileName: value["fileName"], bytes: value["bytes"] };
  }

  /** Refuses the call if it carries a parameter that nobody read. Telegram ignores those; here they are a defect of the caller. */
  finish(method: string): void {
    const unknown = [...this.#fields.keys()].filter((name) => name !== "method" && !this.#read.has(name));
    if (unknown.length > 0) throw badRequest(`${method} does not know the parameter "${unknown.join('", "')}"`);
  }

  /** The parameters as plain data, for the record of calls. */
  get all(): Dict {
    return Object.fromEntries(this.#fields);
  }
}
