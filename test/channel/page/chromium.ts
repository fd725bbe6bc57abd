import { existsSync } from "node:fs";
import { after, before, type TestContext } from "node:test";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** Why browser tests cannot run here; false: they can. */
export const skip = existsSync(executablePath) ? false : `no ${executablePath}: apt-get install -y chromium`;

/** A foreign name that the browser finds on loopback, as DNS rebinding makes it. */
export const rebound = "rebound.example";

let browser: Browser | undefined;

/** Starts one browser for the file's tests, with a profile of its own. */
export function useChromium(): void {
  before(async () => {
    if (skip) return;
    browser = await chromium.launch({
      executablePath,
      // A test run that ends this process must not wait for the browser, which goes with its pipe anyway.
      handleSIGTERM: false,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", `--host-resolver-rules=MAP ${rebound} 127.0.0.1`],
    });
  });
  after(() => browser?.close());
}

/** A person's browser: its storage and its tabs are nobody else's. */
export async function openContext(viewport: { width: number; height: number }, device: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (!browser) throw new Error("useChromium() first");
  return await browser.newContext({ ...device, viewport });
}

/** A tab with a profile of its own. */
export async function openTab(t: TestContext, url: string, viewport = { width: 360, height: 740 }): Promise<Page> {
  const context = await openContext(viewport);
  t.after(() => context.close());
  const tab = await context.newPage();
  await tab.goto(url);
  return tab;
}
