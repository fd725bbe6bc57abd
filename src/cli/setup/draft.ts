import type { ConfigFile } from "../config-schema.ts";
import { checked, readConfig } from "../config.ts";
import type { Environment, Home } from "../home.ts";
import type { Secret } from "../secret.ts";
import { readToken } from "../token.ts";
import { withKey, withoutKey } from "../toml-edit.ts";

/** Where the token is to be had from; exactly one of the three stands in the file. */
export type TokenKey = "bot_token" | "token_file" | "token_command";

const tokenKeys: readonly TokenKey[] = ["bot_token", "token_file", "token_command"];

/** The configuration file as it will be written: what was there, and what setup has learned. */
export class Draft {
  readonly #home: Home;
  #toml: string;

  /** @throws Failure when the file is wrong already */
  constructor(home: Home) {
    this.#home = home;
    this.#toml = readConfig(home);
    this.#checked();
  }

  get toml(): string {
    return this.#toml;
  }

  get allowedUsers(): readonly number[] {
    return this.#checked().allowed_users;
  }

  get apiRoot(): string {
    return this.#checked().api_root;
  }

  /** @returns undefined when none is configured */
  token(environment: Environment): Secret | undefined {
    return readToken(this.#checked(), this.#home, environment);
  }

  setToken(key: TokenKey, value: string): void {
    for (const other of tokenKeys) if (other !== key) this.#toml = withoutKey(this.#toml, ["telegram", other]);
    this.#set(key, value);
  }

  setApiRoot(root: string): void {
    this.#set("api_root", root);
  }

  allow(users: readonly number[]): void {
    this.#set("allowed_users", [...new Set([...this.allowedUsers, ...users])]);
  }

  #set(key: string, value: string | readonly number[]): void {
    this.#toml = withKey(this.#toml, ["telegram", key], value);
    this.#checked();
  }

  /** Without the environment, which does not belong into the file. */
  #checked(): ConfigFile["telegram"] {
    return checked(this.#toml, this.#home.config, {}).telegram;
  }
}
