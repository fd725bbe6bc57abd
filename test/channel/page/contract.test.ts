import { test } from "node:test";
import { channelContract } from "../channel.contract.ts";
import { skip, useChromium } from "./chromium.ts";
import { openStage } from "./stage.ts";

useChromium();
if (skip) test("page: the contract, in a real browser", { skip });
else channelContract("page", openStage);
