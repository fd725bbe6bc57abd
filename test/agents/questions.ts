import type { Question } from "./model/scene.ts";

function question(header: string, question: string, multiSelect: boolean, ...labels: readonly string[]): Question {
  return { header, question, multiSelect, options: labels.map((label) => ({ label, description: `What ${label} brings` })) };
}

export const database = question("Database", "Which database should the project use?", false, "PostgreSQL", "SQLite", "MySQL");
export const features = question("Features", "Which features do you want?", true, "Logging", "Metrics", "Tracing");
export const runtime = question("Runtime", "Which runtime should it have?", false, "Node", "Bun", "Deno");
