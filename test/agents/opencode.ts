import type { Agent } from "./agent.ts";

export const opencode: Agent = {
  name: "opencode",
  version: "1.18.33",
  packageName: "opencode-ai",
  bin: "opencode",
  args: [],
  begin: (instruction) => ["--prompt", instruction],
  environment: (_home, modelUrl) => ({
    OPENCODE_DISABLE_AUTOUPDATE: "1",
    OPENCODE_DISABLE_MODELS_FETCH: "1",
    OPENCODE_DISABLE_LSP_DOWNLOAD: "1",
    OPENCODE_DISABLE_SHARE: "1",
    OPENCODE_DISABLE_DEFAULT_PLUGINS: "1",
    OPENCODE_CONFIG_CONTENT: JSON.stringify({
      autoupdate: false,
      share: "disabled",
      model: "loopback/mock-model",
      small_model: "loopback/mock-model",
      provider: { loopback: { npm: "@ai-sdk/openai-compatible", name: "Loopback", options: { baseURL: `${modelUrl}/v1`, apiKey: "dummy" }, models: { "mock-model": { name: "Mock Model" } } } },
      permission: { bash: "ask", edit: "ask", webfetch: "ask" },
    }),
  }),
  seed: () => undefined,
};
