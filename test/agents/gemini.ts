import { join } from "node:path";
import type { Agent } from "./agent.ts";
import { writeJson } from "./files.ts";

export const gemini: Agent = {
  name: "gemini",
  version: "0.61.0",
  packageName: "@google/gemini-cli",
  bin: "gemini",
  args: [],
  begin: (instruction) => ["-i", instruction],
  environment: (_home, modelUrl) => ({ GEMINI_API_KEY: "dummy", GOOGLE_GEMINI_BASE_URL: modelUrl, GEMINI_TELEMETRY_ENABLED: "false", GEMINI_CLI_NO_RELAUNCH: "true" }),
  seed(home, cwd, settled) {
    if (settled === "nothing") return;
    writeJson(join(home, ".gemini/settings.json"), {
      security: { auth: { selectedType: "gemini-api-key" } },
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false, disableAutoUpdate: true },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    });
    if (settled === "all") writeJson(join(home, ".gemini/trustedFolders.json"), { [cwd]: "TRUST_FOLDER" });
  },
};
