import type { Locator, Page } from "playwright-core";
import type { PageChannel } from "../../../src/channel/page/page-channel.ts";
import type { Deed, Shown, Stage } from "../channel.contract.ts";
import { openContext } from "./chromium.ts";
import { startPage } from "./client.ts";

// The newest card, or the outcome that took its place; resolves once it is no longer `before`.
const newest = (before: string): string => `new Promise((resolve) => {
  const look = () => {
    const card = [...document.querySelectorAll("article")].at(-1) ?? document.querySelector(".entry");
    const labels = [...(card?.querySelectorAll(".choice bdi") ?? [])].filter((label) => label.checkVisibility()).map((label) => label.innerText);
    const now = JSON.stringify({ text: card?.innerText ?? "", labels });
    if (now === ${JSON.stringify(before)}) return;
    observer.disconnect();
    resolve(now);
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
  look();
})`;

/** The page in a tab of a real browser. */
export async function openStage(): Promise<Stage> {
  const channel = await startPage();
  const context = await openContext({ width: 360, height: 740 });
  const tab = await context.newPage();
  await tab.goto(channel.url);
  return new PageStage(channel, tab);
}

class PageStage implements Stage {
  readonly channel: PageChannel;
  readonly #tab: Page;
  #marks = 0;

  constructor(channel: PageChannel, tab: Page) {
    this.channel = channel;
    this.#tab = tab;
  }

  async sees(fits: (shown: Shown) => boolean): Promise<Shown> {
    let now = "";
    for (;;) {
      now = await this.#tab.evaluate(newest(now));
      const shown: Shown = JSON.parse(now);
      if (shown.text !== "" && fits(shown)) return shown;
    }
  }

  async taps(label: string): Promise<Deed> {
    return this.#does((card) => card.getByRole("button", { name: label, exact: true }).click());
  }

  async writes(text: string): Promise<Deed> {
    return this.#does(async (card) => {
      await card.getByRole("textbox").fill(text);
      await card.getByRole("button", { name: "Send" }).click();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tab.context().close();
    await this.channel[Symbol.asyncDispose]();
  }

  /** The tab has shown everything that was sent so far: what is pushed last is seen last. */
  async #catchesUp(): Promise<void> {
    const name = `mark ${++this.#marks}`;
    this.channel.sessions([{ id: name, name, command: "", cwd: "", here: false, startedAt: 0, endedAt: null, exitCode: null, prompts: 0, answered: 0 }]);
    await this.#tab.locator("#lines").getByText(name, { exact: true }).waitFor();
  }

  // A card takes its next tap when the last one was judged, so a deed is begun here and not awaited.
  async #does(deed: (card: Locator) => Promise<void>): Promise<Deed> {
    await this.#catchesUp();
    const cards = this.#tab.getByRole("article");
    const card = cards.nth((await cards.count()) - 1);
    const done = deed(card);
    done.catch(() => undefined); // the tab was closed first
    return { told: () => done.then(() => card.locator(".told").getByText(/^(?!Sending)./).innerText()) };
  }
}
