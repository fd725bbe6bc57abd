import { version } from "node:process";
import Database from "better-sqlite3";
import { codeOf } from "../async/code-of.ts";
import { messageOf } from "../async/message-of.ts";
import { StoreTrouble } from "./store.ts";

/** Says what happened to the store in words that a person can act on. */
export function troubleOf(error: unknown, path: string): StoreTrouble {
  if (error instanceof StoreTrouble) return error;
  return new StoreTrouble(words(error, path), { cause: error });
}

function words(error: unknown, path: string): string {
  if (error instanceof Database.SqliteError) return sqliteWords(error.code, error.message, path);
  const code = codeOf(error);
  if (code === "ENOSPC") return `the disk that holds ${path} is full`;
  // Its own words are six lines about the versions of modules.
  if (code === "ERR_DLOPEN_FAILED" || code === "MODULE_NOT_FOUND") return `SQLite cannot be loaded: better-sqlite3 was built for another Node.js than ${version}, or not at all; "npm rebuild better-sqlite3" builds it`;
  if (code === "EROFS" || code === "EACCES") return `${path} or the log beside it cannot be written (${code})`;
  return messageOf(error);
}

function sqliteWords(code: string, message: string, path: string): string {
  if (isBusyCode(code)) return `another program holds ${path} locked`;
  if (code === "SQLITE_FULL") return `the disk that holds ${path} is full`;
  if (code.startsWith("SQLITE_READONLY") || code === "SQLITE_CANTOPEN") return `${path} cannot be written`;
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") return `${path} is damaged (${message}); move it away, and the log's copy is rebuilt`;
  return `${path}: ${message} (${code})`;
}

export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && isBusyCode(error.code);
}

function isBusyCode(code: string): boolean {
  return code === "SQLITE_BUSY" || code.startsWith("SQLITE_BUSY_") || code === "SQLITE_LOCKED";
}
