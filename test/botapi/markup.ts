import { badRequest } from "./api-error.ts";
import { isDict } from "./params.ts";

export interface Button {
  readonly text: string;
  /** The callback data; undefined: the button opens a link or copies a text. */
  readonly data: string | undefined;
}

export interface Markup {
  /** Row after row. */
  readonly buttons: readonly Button[];
  /** Telegram lets bots edit only messages without markup or with an inline keyboard. */
  readonly editable: boolean;
}

export const noMarkup: Markup = { buttons: [], editable: true };

const actions = ["callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat", "web_app", "login_url", "pay"];

export function checkedMarkup(value: unknown): Markup {
  if (value === undefined) return noMarkup;
  if (!isDict(value)) throw badRequest("object expected as reply markup");
  if ("inline_keyboard" in value) return { buttons: inlineButtons(value["inline_keyboard"]), editable: true };
  if (value["force_reply"] === true) {
    const placeholder = value["input_field_placeholder"];
    if (placeholder !== undefined && (typeof placeholder !== "string" || placeholder.length < 1 || placeholder.length > 64)) throw badRequest("BUTTON_PLACEHOLDER_INVALID");
    return { buttons: [], editable: false };
  }
  if (value["remove_keyboard"] === true || Array.isArray(value["keyboard"])) return { buttons: [], editable: false };
  throw badRequest("object expected as reply markup");
}

function inlineButtons(rows: unknown): Button[] {
  if (!Array.isArray(rows)) throw badRequest("can't parse inline keyboard: Array expected");
  const buttons = rows.flatMap((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest("can't parse inline keyboard: row must be an Array");
    return row.map(checkedButton);
  });
  if (buttons.length > 100) throw badRequest("REPLY_MARKUP_TOO_LONG");
  return buttons;
}

function checkedButton(button: unknown): Button {
  if (!isDict(button)) throw badRequest("can't parse inline keyboard button: Object expected");
  const { text, callback_data: data } = button;
  if (typeof text !== "string" || text.trim() === "") throw badRequest("can't parse inline keyboard button: Text must be non-empty");
  if (actions.filter((action) => action in button).length !== 1) throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  if (!("callback_data" in button)) return { text, data: undefined };
  const bytes = typeof data === "string" ? Buffer.byteLength(data) : 0;
  if (typeof data !== "string" || bytes < 1 || bytes > 64) throw badRequest("BUTTON_DATA_INVALID");
  return { text, data };
}
