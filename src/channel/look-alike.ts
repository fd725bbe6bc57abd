// Letters that most fonts draw exactly like Latin ones (Unicode's confusables.txt, Cyrillic, Greek, Armenian and Latin extensions),
// and the wide and mathematical forms of the Latin alphabet.
const twins =
  "[\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04BB\u0501\u051B\u051D\u04CF\u0410\u0412\u0415\u0417\u041A\u041C\u041D\u041E\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408\u051A\u051C" +
  "\u03B1\u03B9\u03BA\u03BD\u03BF\u03C1\u03C5\u03C7\u0391\u0392\u0395\u0396\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5\u03A7\u0578\u057D\u0570\u0585\u0581\u0261\u0131\u0251" +
  "\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\u{1D400}-\u{1D7FF}]";
const twin = new RegExp(twins, "gu");
/** A word that mixes them with Latin letters. In a word of their own script they are at home. */
const mixed = new RegExp(`(?<![\\p{L}\\p{N}_])(?=[\\p{L}\\p{M}\\p{N}_]{0,99}?${twins})(?=[\\p{L}\\p{M}\\p{N}_]{0,99}?[A-Za-z])[\\p{L}\\p{M}\\p{N}_]+`, "gu");

/** Signs that pass for / : ; . and, before a word, for the - of an option. */
const signs = /[\u2044\u2215\u29F8\uA789\u2236\u037E\u2024\u02D7]|(?<![^\s])[\u2010-\u2015\u2212](?=[\u2010-\u2015\u2212A-Za-z])/gu;

/** Writes out what looks like an ASCII character and is none, where it stands among them: an "аpt" whose first letter is Cyrillic. */
export function withoutLookAlikes(text: string, writeOut: (character: string) => string): string {
  return text.replace(signs, writeOut).replace(mixed, (word) => word.replace(twin, writeOut));
}
