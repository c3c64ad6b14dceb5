import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { join } from "node:path";
import { runCommand } from "./command.ts";
import { ROOT } from "./run-step.ts";

const MAIN = join(ROOT, "apps/bench/src/main.ts");
const FORWARDED = ["SIGINT", "SIGTERM"] as const;

/** The measurements run in a process of their own, which ends what it started when this one is gone. */
async function bench(words: string[]): Promise<number> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  const [code, signal] = await once(child, "exit");
  return code ?? 128 + constants.signals[signal as NodeJS.Signals];
}

await runCommand(() => bench(process.argv.slice(2)));
