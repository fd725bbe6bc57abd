import type { Press } from "../talk.ts";

const id = "[a-z0-9]{4,10}";
const forms = {
  address: new RegExp(`^to:(${id}):(${id})$`),
  confirm: new RegExp(`^do:(${id}):(${id}):([A-Za-z0-9_-]{22}):([01])$`),
  again: new RegExp(`^again:(${id})$`),
  answer: new RegExp(`^say:(${id}):(${id})$`),
  mute: new RegExp(`^mute:(${id})$`),
};

/** The callback data of a note's button, at most 64 bytes. @throws RangeError when it would not come back as it went */
export function pressData(press: Press): string {
  const data = written(press);
  if (parsePress(data) === undefined) throw new RangeError(`no callback data for ${press.is}`);
  return data;
}

function written(press: Press): string {
  switch (press.is) {
    case "address":
      return `to:${press.order}:${press.session}`;
    case "confirm":
      return `do:${press.session}:${press.order}:${press.nonce}:${press.yes ? 1 : 0}`;
    case "again":
      return `again:${press.prompt}`;
    case "answer":
      return `say:${press.draft}:${press.prompt}`;
    case "mute":
      return `mute:${press.session}`;
  }
}

/** @returns undefined for anything that no note's button carries */
export function parsePress(data: string): Press | undefined {
  const [, order = "", session] = forms.address.exec(data) ?? [];
  if (session !== undefined) return { is: "address", order, session };
  const [, asker = "", asked = "", nonce = "", yes] = forms.confirm.exec(data) ?? [];
  if (yes !== undefined) return { is: "confirm", session: asker, order: asked, nonce, yes: yes === "1" };
  const prompt = forms.again.exec(data)?.[1];
  if (prompt !== undefined) return { is: "again", prompt };
  const [, draft = "", answered] = forms.answer.exec(data) ?? [];
  if (answered !== undefined) return { is: "answer", draft, prompt: answered };
  const muted = forms.mute.exec(data)?.[1];
  return muted === undefined ? undefined : { is: "mute", session: muted };
}
