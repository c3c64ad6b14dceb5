import { Refusal } from "./refusal.ts";

/** Runs one command of the repository; whatever goes wrong is one clear line and exit code 1. */
export async function runCommand(command: () => Promise<number> | Promise<void>): Promise<void> {
  process.stdout.on("error", ignoreClosedPipe);
  process.stderr.on("error", ignoreClosedPipe);
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    process.stderr.write(`tsudoi: ${describe(error)}\n`);
    process.exitCode = 1;
  }
}

/** A reader that went away, such as `head`, must not take the system down with it. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

function describe(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (!(error instanceof Error)) return oneLine(String(error));
  const code = "code" in error ? String(error.code) : "";
  const named = code === "" || error.message.includes(code) ? "" : ` (${code})`;
  return `unexpected error: ${oneLine(error.message)}${named}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}
