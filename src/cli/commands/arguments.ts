import { InvalidArgumentError } from "commander";

/** A whole number from 1 on. */
export function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError("It takes a whole number from 1 on.");
  return number;
}

/** Gathers an option that may be repeated. */
export function repeated(text: string, all: readonly string[] = []): string[] {
  return [...all, text];
}
