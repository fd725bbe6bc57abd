/** A field of something that came from outside; undefined: it has none of this name, or is no object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
