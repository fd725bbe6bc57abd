import { codeOf } from "../async/code-of.ts";
import { messageOf } from "../async/message-of.ts";

/** What is wrong and what to do, for the person: printed as two lines, without a stack. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly hint: string;

  /** @param message  lower case, no full stop */
  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** Why a file can't be used, in a person's words, from what Node says of it. */
export function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ENOENT":
      return "no such file or directory";
    case "EEXIST":
      return "it is not a directory";
    case "ENOTDIR":
      return "a part of its path is not a directory";
    case "EISDIR":
      return "it is a directory";
    case "EROFS":
      return "the file system is read-only";
    case "ENOSPC":
      return "no space left on the device";
    case undefined:
    default:
      return messageOf(error);
  }
}
