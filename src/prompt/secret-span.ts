/** A secret's place in a text, in UTF-16 units. */
export interface SecretSpan {
  readonly kind: string;
  /** Where that begins by which it is known, such as "password=": at the secret itself, or before it. */
  readonly sign: number;
  readonly from: number;
  readonly to: number;
}
