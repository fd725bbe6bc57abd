import { join } from "node:path";
import type { Agent } from "./agent.ts";
import { writeJson } from "./files.ts";

export const copilot: Agent = {
  name: "copilot",
  version: "1.0.102",
  packageName: "@github/copilot",
  bin: "copilot",
  args: [],
  begin: (instruction) => ["-i", instruction],
  environment: (_home, modelUrl) => ({
    COPILOT_AUTO_UPDATE: "false",
    COPILOT_PROVIDER_BASE_URL: `${modelUrl}/v1`,
    COPILOT_PROVIDER_API_KEY: "dummy",
    COPILOT_PROVIDER_TYPE: "openai",
    COPILOT_MODEL: "mock-model",
    COPILOT_OFFLINE: "true",
  }),
  seed(home, cwd, settled) {
    if (settled !== "all") return;
    writeJson(join(home, ".copilot/config.json"), { trusted_folders: [cwd], trustedFolders: [cwd], firstLaunchAt: "2026-11-21T10:56:04.139Z", appTipShown: true });
  },
};
