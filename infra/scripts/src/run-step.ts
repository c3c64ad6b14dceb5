import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export type Step = {
  name: string;
  command: string;
  args: string[];
  /** Shown as it comes; otherwise only when the step fails. */
  live?: boolean;
};

export type Outcome = { name: string; seconds: number; passed: number; failed: number };

/** Runs one program as one check: passed when it exits with 0. */
export async function runStep(step: Step): Promise<Outcome> {
  const started = performance.now();
  const ok = (await runProgram(step)) === 0;
  const seconds = (performance.now() - started) / 1000;
  return { name: step.name, seconds, passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

export async function runProgram({ command, args, live }: Step): Promise<number> {
  const child = spawn(command, args, { cwd: ROOT, stdio: live ? "inherit" : "pipe" });
  const output: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number>((resolve) => {
    child.on("error", (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      resolve(-1);
    });
    child.on("close", (exitCode) => resolve(exitCode ?? -1));
  });
  if (code !== 0) process.stdout.write(Buffer.concat(output));
  return code;
}

export function report({ name, seconds, passed, failed }: Outcome): void {
  const verdict = failed > 0 ? `${failed} FAILED, ${passed} passed` : `${passed} passed`;
  console.log(`${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s   ${verdict}`);
}
