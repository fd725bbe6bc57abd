const format = /\p{Cf}/u;
/** "No", "No, exit", "No (esc)": a word that refuses, alone or set off from what follows. */
const refuses =
  /^(?:no+|nope|nein|non|não|nie|нет|nei|nej|ei|abbrechen|annuler|cancelar|annulla|anuluj|отмена|いいえ|キャンセル|否|取消|no thanks?|cancel|reject|deny|decline|refuse|abort|disagree|don'?t (?:trust|allow|proceed|continue|run|delete|remove|overwrite|install|accept)|do not (?:trust|allow|proceed|continue|run|delete|remove|overwrite|install|accept)|exit|quit|stop|skip|keep planning|never)(?=$|\s*[,.;:!()[\]–—-]|\s+(?:operation|request|and (?:exit|quit|stop|abort|tell|cancel)|all|this|it|now)\b)/iu;
/** What turns such a beginning round: "No, continue without sandbox", "Skip the check and run it". */
const goesOn = /\b(?:continue|proceed|go ahead|anyway|without|allow|approve|accept|run it|trust|always|yes)\b/iu;

/** The label clearly declines. When in doubt it does not: a button marked as declining may be pressed for the person. */
export function declines(label: string): boolean {
  const plain = label.trim();
  if (format.test(label) || !refuses.test(plain)) return false;
  const first = refuses.exec(plain)?.[0] ?? "";
  return !goesOn.test(plain.slice(first.length));
}
