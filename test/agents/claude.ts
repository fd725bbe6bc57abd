import { join } from "node:path";
import type { Agent } from "./agent.ts";
import { writeJson } from "./files.ts";

/** No key of anybody: the model on loopback asks for none. */
const key = `sk-ant-dummy-${"0".repeat(40)}`;

/** @param manual the permission mode in which it asks: its name changed with 2.1.330 */
function claude(version: string, manual: string): Agent {
  return {
    name: "claude",
    version,
    packageName: "@anthropic-ai/claude-code",
    bin: "claude",
    args: ["--permission-mode", manual],
    begin: (instruction) => [instruction],
    environment: (_home, modelUrl) => ({
      ANTHROPIC_BASE_URL: modelUrl,
      ANTHROPIC_API_KEY: key,
      DISABLE_TELEMETRY: "1",
      DISABLE_ERROR_REPORTING: "1",
      DISABLE_AUTOUPDATER: "1",
      DISABLE_BUG_COMMAND: "1",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    }),
    seed(home, cwd, settled) {
      if (settled === "nothing") return;
      const onboarded = { hasCompletedOnboarding: true, theme: "dark", lastOnboardingVersion: version, numStartups: 20, hasSeenAutoModeIntro: true };
      const trusted = { customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] }, projects: { [cwd]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true, allowedTools: [] } } };
      writeJson(join(home, ".claude.json"), settled === "all" ? { ...onboarded, ...trusted } : onboarded);
    },
  };
}

export const newestClaude = claude("2.1.330", "manual");
export const oldClaude = claude("2.0.54", "default");
