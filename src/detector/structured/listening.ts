import type { Terminal } from "@xterm/headless";
import { KittyNotice } from "./kitty-notice.ts";
import { readOsc133, readOsc777, readOsc9, type Signal } from "./signal.ts";

/** Hears what comes beside the screen. The emulator has put pieces together and the string guard has cut them at 4,096 bytes. */
export function listen(terminal: Terminal, hear: (signal: Signal) => void): void {
  const kitty = new KittyNotice();
  const readers: ReadonlyArray<[number, (data: string) => Signal | undefined]> = [
    [9, readOsc9],
    [99, (data) => kitty.read(data)],
    [133, readOsc133],
    [777, readOsc777],
  ];
  for (const [number, read] of readers) {
    terminal.parser.registerOscHandler(number, (data) => {
      const signal = read(data);
      if (signal !== undefined) hear(signal);
      return true;
    });
  }
  terminal.onBell(() => hear({ is: "bell" }));
}
