import { test } from "node:test";
import { storm } from "./storm.ts";

/** The other half is in storm.test.ts. */
const kills = Number(process.env["AEGIS_STORM_KILLS"] ?? 500);

test(`${kills} kills over eight writers of a log in one file lose nothing that was acknowledged`, (context) => storm(kills, 1e9, context));
