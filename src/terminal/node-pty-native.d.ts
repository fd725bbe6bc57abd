/** The native half of node-pty 1.2.0-beta.15 (pinned exactly in package.json): src/unix/pty.cc. */
declare module "node-pty/lib/utils.js" {
  export function loadNativeModule(name: "pty"): { readonly dir: string; readonly module: NativePty };

  export interface NativePty {
    fork(
      file: string,
      args: readonly string[],
      env: readonly string[],
      cwd: string,
      cols: number,
      rows: number,
      uid: number,
      gid: number,
      utf8: boolean,
      helperPath: string,
      onExit: (code: number, signal: number) => void,
    ): { readonly fd: number; readonly pid: number; readonly pty: string };
    resize(fd: number, cols: number, rows: number, pixelWidth: number, pixelHeight: number): void;
  }
}
