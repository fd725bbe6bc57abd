import { StoreTrouble } from "./store.ts";

/**
 * Whether an SQLite ("3.51.3") keeps its journal whole when two processes write and one of them empties it at the wrong moment, which
 * is what several sessions of one home do: mended in 3.51.3 and 3.50.7 (sqlite.org/wal.html, "the WAL-reset bug").
 */
export function isSound(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return major > 3 || minor > 51 || (minor === 51 && patch >= 3) || (minor === 50 && patch >= 7);
}

/** @throws StoreTrouble for one that is not {@link isSound} */
export function refuseUnsound(version: string): void {
  if (!isSound(version)) throw new StoreTrouble(`SQLite ${version} can damage a database that several sessions share; reinstall aegis with better-sqlite3 12.9 or newer`);
}
