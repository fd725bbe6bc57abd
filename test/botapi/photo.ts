import { badRequest } from "./api-error.ts";

/** Telegram's limits of a photo: bytes, both sides together, one side by the other. */
const maxBytes = 10 * 1024 * 1024;
const maxSides = 10_000;
const maxRatio = 20;

/** Refuses what Telegram does not take for a photo. Here only PNG is one. */
export function checkPhoto(bytes: Buffer): void {
  if (bytes.length > maxBytes) throw badRequest(`file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${maxBytes} bytes`);
  if (bytes.length < 24 || bytes.toString("latin1", 1, 4) !== "PNG" || bytes.toString("latin1", 12, 16) !== "IHDR") throw badRequest("IMAGE_PROCESS_FAILED");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width + height > maxSides || Math.max(width, height) > maxRatio * Math.min(width, height)) throw badRequest("PHOTO_INVALID_DIMENSIONS");
}
