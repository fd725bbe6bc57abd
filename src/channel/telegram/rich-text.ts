/** A piece of a text that is shown in its own way. Offsets and lengths in UTF-16 units, as Telegram counts. */
export interface Entity {
  readonly type: "code" | "pre" | "bold";
  readonly offset: number;
  readonly length: number;
}

/**
 * Text with entities instead of markup: nothing to escape, so nothing of the child's can become markup.
 * In `code` and `pre` Telegram makes no links, mentions or commands of what is written there.
 */
export class RichText {
  readonly text: string;
  readonly entities: readonly Entity[];

  constructor(text = "", entities: readonly Entity[] = []) {
    this.text = text;
    this.entities = entities;
  }

  get length(): number {
    return this.text.length;
  }

  plus(text: string, type?: Entity["type"]): RichText {
    if (text === "") return this;
    const entity = type === undefined ? [] : [{ type, offset: this.length, length: text.length }];
    return new RichText(this.text + text, [...this.entities, ...entity]);
  }

  followedBy(other: RichText): RichText {
    const moved = other.entities.map((entity) => ({ ...entity, offset: entity.offset + this.length }));
    return new RichText(this.text + other.text, [...this.entities, ...moved]);
  }

  /** The same words without entities, for a server that refuses them. */
  get plain(): RichText {
    return new RichText(this.text);
  }
}
