import type { HookPlace } from "../../../src/relay/hooks/hook-socket.ts";
import { TemporaryFolder } from "../../temporary-folder.ts";

/** A session's folder, where its hooks call. */
export class HookFolder extends TemporaryFolder {
  readonly place: HookPlace = { socket: this.at("s.sock"), bearer: this.at("s.key") };
}
