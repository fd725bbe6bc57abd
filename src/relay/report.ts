import { messageOf } from "../async/message-of.ts";

export type LogLevel = "error" | "warn" | "info" | "debug";

/** Where trouble goes while the child owns the screen: to the log at once, to the person after the run. */
export interface Report {
  /**
   * Something that the person must know, once.
   *
   * @param why its cause, which may be that of more: whatever has a cause that was told is only logged
   */
  trouble(what: string, hint: string, why?: string): void;
  /** One line for aegis.log. */
  log(level: LogLevel, message: string): void;
}

/** Runs a part of the relay so that its failure is told, and harms neither the child nor the other parts. */
export async function sheltered(name: string, report: Report, part: () => Promise<void>): Promise<void> {
  try {
    await part();
  } catch (error) {
    const what = messageOf(error);
    report.log("error", `${name} stopped: ${error instanceof Error ? (error.stack ?? what) : what}`);
    report.trouble(`the relay broke (${name})`, 'the child was not touched; "aegis logs" has the details', what);
  }
}
