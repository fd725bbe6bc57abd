import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { syscallOf } from "../../terminal/proc.ts";
import { good, type Finding } from "./finding.ts";

/** What the kernel tells us of programs, and what it lets them do to each other. */
export async function systemFindings(): Promise<Finding[]> {
  if (process.platform !== "linux") return [good("kernel.evidence", "this kernel does not say what a program waits for; silence alone is judged")];
  return [await evidenceFinding(), injectionFinding(), ...memoryFindings()];
}

async function evidenceFinding(): Promise<Finding> {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  try {
    await new Promise((resolve) => child.once("spawn", resolve).once("error", resolve));
    if (child.pid !== undefined && syscallOf(child.pid, child.pid) !== undefined) return good("kernel.evidence", "the kernel says what a program waits for");
  } finally {
    child.kill("SIGKILL");
  }
  return { id: "kernel.evidence", is: "warning", what: "the kernel does not say what a program waits for", why: "unknown prompts are then told by silence alone, which errs more often", mend: "allow /proc/PID/syscall for your own programs: containers need CAP_SYS_PTRACE for it, hidepid hides it" };
}

function injectionFinding(): Finding {
  const mode = setting("/proc/sys/dev/tty/legacy_tiocsti");
  if (mode === "0") return good("kernel.tiocsti", "programs can't type into their terminal (TIOCSTI is off)");
  return { id: "kernel.tiocsti", is: "warning", what: "programs can type into their own terminal (TIOCSTI)", why: "a program could answer its own prompt, and no approver of any kind would be asked", mend: mode === undefined ? "Linux 6.2 and later can turn it off" : 'run "sudo sysctl -w dev.tty.legacy_tiocsti=0", and put it into /etc/sysctl.d' };
}

function memoryFindings(): Finding[] {
  if (setting("/proc/sys/kernel/yama/ptrace_scope") !== "0") return [];
  return [{ id: "kernel.ptrace", is: "warning", what: "any program of yours may read the memory of another (ptrace_scope is 0)", why: "it could read the keys by which taps are told from forgeries", mend: 'run "sudo sysctl -w kernel.yama.ptrace_scope=1"' }];
}

function setting(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1").trim();
  } catch {
    return undefined;
  }
}
