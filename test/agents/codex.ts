import { join } from "node:path";
import type { Agent } from "./agent.ts";
import { writeText } from "./files.ts";

export const codex: Agent = {
  name: "codex",
  version: "0.169.0",
  packageName: "@openai/codex",
  bin: "codex",
  args: ["--no-daemon"],
  begin: (instruction) => [instruction],
  environment: () => ({ MODEL_KEY: "dummy" }),
  seed(home, cwd, settled, modelUrl) {
    const trusted = settled === "all" ? `[projects."${cwd}"]\ntrust_level = "trusted"\n` : "";
    writeText(
      join(home, ".codex/config.toml"),
      `model = "gpt-5"\nmodel_provider = "loopback"\ncheck_for_update_on_startup = false\napproval_policy = "on-request"\nsandbox_mode = "read-only"\n[analytics]\nenabled = false\n[model_providers.loopback]\nname = "loopback"\nbase_url = "${modelUrl}/v1"\nwire_api = "responses"\nenv_key = "MODEL_KEY"\n${trusted}`,
    );
  },
};
