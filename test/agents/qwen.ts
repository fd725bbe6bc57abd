import { join } from "node:path";
import type { Agent } from "./agent.ts";
import { writeJson } from "./files.ts";

export const qwen: Agent = {
  name: "qwen",
  version: "0.24.4",
  packageName: "@qwen-code/qwen-code",
  bin: "qwen",
  args: ["--auth-type", "openai", "--approval-mode", "default"],
  begin: (instruction) => ["-i", instruction],
  environment: (_home, modelUrl) => ({ OPENAI_API_KEY: "dummy", OPENAI_BASE_URL: `${modelUrl}/v1`, OPENAI_MODEL: "mock-model", QWEN_TELEMETRY_ENABLED: "false" }),
  seed(home, cwd, settled) {
    if (settled === "nothing") return;
    writeJson(join(home, ".qwen/settings.json"), {
      ui: { autoModeAcknowledged: true },
      general: { enableAutoUpdate: false, disableAutoUpdate: true, disableUpdateNag: true },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    });
    if (settled === "all") writeJson(join(home, ".qwen/trustedFolders.json"), { [cwd]: "TRUST_FOLDER" });
  },
};
