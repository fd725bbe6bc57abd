import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newestClaude } from "./claude.ts";
import { done, isMade, isNotMade, touching } from "./effects.ts";
import { gate, type Gate, type Step } from "./gate.ts";
import { onlyInFull } from "./tour.ts";

const agent = newestClaude;
const trust = { dialog: "trust this folder", asks: /seen on the screen[\s\S]*Is this a project you created or one you trust\?/, buttons: ["Yes, I trust this folder", "No, exit"] };
const trusted: Step = { ...trust, taps: "Yes, I trust this folder" };
const key = { dialog: "API key", asks: /Do you want to use this API key\?/, buttons: ["Yes", "No (recommended)"] };
const bypass = { dialog: "bypass warning", asks: /Bypass Permissions mode[\s\S]*By proceeding, you accept all responsibility/, buttons: ["Yes, I accept", "No, exit"] };

const exits: Gate["effect"] = async (_studio, _phone, terminal) => assert.notEqual(await terminal.exit(), undefined);

/** What Claude wrote down about its key. */
function keyIs(answer: "approved" | "rejected"): Gate["effect"] {
  return async ({ home }, phone) => {
    await phone.turnOver();
    const { customApiKeyResponses } = JSON.parse(readFileSync(join(home, ".claude.json"), "utf8"));
    assert.equal(customApiKeyResponses[answer].length, 1);
  };
}

gate({ agent, settled: "onboarding", steps: [trusted, { ...key, taps: "Yes" }], effect: keyIs("approved") });
gate({ agent, settled: "onboarding", steps: [trusted, { ...key, taps: "No (recommended)" }], effect: keyIs("rejected") }, { skip: onlyInFull });
gate({ agent, settled: "onboarding", steps: [{ ...trust, taps: "No, exit" }], effect: exits });

/** Root may bypass only where it says that this is a sandbox. */
const bypassing = { agent, args: ["--dangerously-skip-permissions"], env: { IS_SANDBOX: "1" } };
gate(
  {
    ...bypassing,
    steps: [{ ...bypass, taps: "Yes, I accept" }],
    async effect(studio, phone) {
      studio.model.plays("unasked", touching("unasked.txt")(studio));
      studio.desk.ada.replies("scene:unasked", { to: await phone.turnOver() });
      await phone.turnOver();
      isMade("unasked.txt")(studio);
    },
  },
  { skip: onlyInFull },
);
gate({ ...bypassing, steps: [{ ...bypass, taps: "No, exit" }], effect: exits }, { skip: onlyInFull });

/** The model on loopback knows no safety check, so auto mode can't have this one made. */
const sending: Gate["begins"] = async ({ model, desk }, phone) => {
  model.plays("sending", [[{ runs: "curl -s http://127.0.0.1:9/ -d @notes.txt; touch sent.txt", because: "Send the notes" }], done]);
  desk.ada.replies("scene:sending", { to: await phone.turnOver() });
};
const auto = { dialog: "auto mode can't check", asks: /seen on the screen[\s\S]*Auto mode can't check actions in this session/, buttons: ["Stay in auto mode", "Leave for accept edits mode and stop", "Cancel"] };
/** No hook tells of this one. */
const permission: Step = { dialog: "shell command that auto mode can't check", asks: /seen on the screen: claude\.permission[\s\S]*touch sent\.txt/, buttons: ["Yes", "No"], taps: "Yes" };
const automatic = { agent, args: ["--permission-mode", "auto"], begins: sending };

gate(
  {
    ...automatic,
    steps: [{ ...auto, taps: "Stay in auto mode" }, permission],
    async effect(studio, phone) {
      await phone.turnOver();
      isMade("sent.txt")(studio);
    },
  },
  { skip: onlyInFull },
);
for (const taps of ["Leave for accept edits mode and stop", "Cancel"]) {
  gate(
    {
      ...automatic,
      steps: [{ ...auto, taps }],
      async effect(studio, phone, terminal) {
        await phone.turnOver();
        isNotMade("sent.txt")(studio);
        if (taps.startsWith("Leave")) await terminal.shows(/accept edits on/);
      },
    },
    { skip: onlyInFull },
  );
}
