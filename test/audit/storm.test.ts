import { test } from "node:test";
import { storm } from "./storm.ts";

/** Half of them here, half in storm-one-file.test.ts: a file has five minutes, on however busy a machine. */
const kills = Number(process.env["AEGIS_STORM_KILLS"] ?? 500);

test(`${kills} kills over eight writers of a log in many files lose nothing that was acknowledged`, (context) => storm(kills, 40_000, context));
