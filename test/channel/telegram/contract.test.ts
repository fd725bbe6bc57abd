import { channelContract } from "../channel.contract.ts";
import { openStage } from "./stage.ts";

channelContract("telegram", () => openStage());
