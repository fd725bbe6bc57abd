/** The code that Node and the system give an error: "ENOENT", "EPIPE"; undefined: it has none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
