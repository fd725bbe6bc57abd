/** A refusal in Telegram's own words; becomes `{ ok: false, error_code, description, parameters }`. */
export class ApiError extends Error {
  readonly code: number;
  readonly retryAfter: number | undefined;

  /** @param retryAfter seconds, with code 429 */
  constructor(code: number, description: string, retryAfter?: number) {
    super(description);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export const badRequest = (description: string): ApiError => new ApiError(400, `Bad Request: ${description}`);
