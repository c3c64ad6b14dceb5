import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";

const QUIET_MS = 5_000;
const KEPT_LINES = 10_000;

/** A reason to stop that the person can act on: shown as one line, without a stack. */
export class Stop extends Error {
  name = "Stop";
}

/** Standard output belongs to the command. */
export function step(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs a program that nobody can answer, and shows every few seconds what it said last.
 * Resolves with its exit code and its last lines; never rejects.
 */
export function run(program, args, { cwd, env, quiet = false }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const lines = [];
    const started = Date.now();
    const heartbeat = setInterval(() => {
      const seconds = Math.round((Date.now() - started) / 1000);
      if (!quiet) step(`  ${seconds} s  ${(lines[lines.length - 1] ?? "").slice(0, 100)}`);
    }, QUIET_MS);
    keepLines(child.stdout, lines);
    keepLines(child.stderr, lines);
    const kill = () => child.kill();
    process.once("exit", kill);
    const finish = (code) => {
      process.off("exit", kill);
      clearInterval(heartbeat);
      resolve({ code, lines });
    };
    child.on("error", (error) => {
      lines.push(error.message);
      finish(-1);
    });
    child.on("close", (code) => finish(code ?? -1));
  });
}

function keepLines(stream, lines) {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  stream.on("data", (chunk) => {
    const parts = (rest + decoder.write(chunk)).split(/\r?\n|\r/);
    rest = parts.pop();
    for (const part of parts) if (part.trim()) lines.push(part.trim());
    lines.splice(0, lines.length - KEPT_LINES);
  });
  stream.on("end", () => {
    if (rest.trim()) lines.push(rest.trim());
  });
}

/** The line of a failed program's output that says why. */
export function reasonOf({ code, lines }) {
  const telling = lines.find((line) => /^(E:|npm (err|error)|.*ERR_PNPM|error\b)/i.test(line));
  return telling ?? lines[lines.length - 1] ?? `exit code ${code}`;
}
