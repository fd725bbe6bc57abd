import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { RunReport } from "../../src/cli/log-file.ts";

test("a cause is told once after the run, whatever else came of it, and all of it is logged", () => {
  const folder = mkdtempSync(join(tmpdir(), "aegis-report-"));
  try {
    const file = join(folder, "aegis.log");
    const report = new RunReport(file, "warn", "abcdef");
    report.trouble("Telegram refused the bot token (getUpdates: 401 Unauthorized)", "mend it");
    report.trouble("a prompt could not be sent on telegram", "it waited", "Telegram refused the bot token (sendMessage: 401 Unauthorized)");
    report.trouble("a prompt could not be relayed", "it waited", "the disk is full");
    report.trouble("an answer was refused", "it waits", "the disk is full");
    report.trouble("answers had to wait (telegram:7): the disk is full", "see the log");
    report.trouble("one.toml:3:1: regex is missing", "skipped");
    report.trouble("two.toml:3:1: regex is missing", "skipped");
    assert.deepEqual(
      report.troubles.map(({ message }) => message),
      ["Telegram refused the bot token (getUpdates: 401 Unauthorized)", "a prompt could not be relayed: the disk is full", "one.toml:3:1: regex is missing", "two.toml:3:1: regex is missing"],
    );
    assert.equal(readFileSync(file, "utf8").split("\n").length, 8);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
