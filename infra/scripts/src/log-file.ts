import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** Two files of this size at most for each part: enough for days of a demo, nothing for a disk. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Opens a log for appending; what was written before this start is kept once, beside it. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (existsSync(path) && statSync(path).size > 0) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o600);
}

/** Keeps a log that is being written within its size: writers append, so they go on after the cut. */
export function trimLog(path: string): void {
  if (!existsSync(path) || statSync(path).size < MAX_BYTES) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
}

const TAIL_BYTES = 16 * 1024;

/** The line of a log that says best why its writer ended. */
export function lastWords(path: string): string | undefined {
  return findLastWords(readTail(path));
}

export function findLastWords(text: string): string | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const words = lines.map(faultIn).findLast((fault) => fault !== undefined) ?? lines.at(-1);
  return words?.slice(0, LONGEST_WORDS);
}

const LONGEST_WORDS = 300;

function readTail(path: string): string {
  if (!existsSync(path)) return "";
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8");
  } finally {
    closeSync(file);
  }
}

/** The text of a structured line of level error or fatal, or of a thrown error. */
function faultIn(line: string): string | undefined {
  if (!line.startsWith("{")) return /^(?:\w*Error\b|(?:api|worker):)/.test(line) ? line : undefined;
  try {
    const { level, msg, err } = JSON.parse(line);
    if (level !== "error" && level !== "fatal") return undefined;
    const cause = err?.causes?.[0]?.message ?? err?.message;
    return cause === undefined ? String(msg) : `${msg}: ${cause}`;
  } catch {
    return undefined;
  }
}

/** Writes the lines of a service that speaks to this process. */
export function createLogWriter(path: string): (line: string) => void {
  const file = openLog(path);
  let lines = 0;
  return (line) => {
    writeSync(file, `${line}\n`);
    lines += 1;
    if (lines % LINES_PER_TRIM === 0) trimLog(path);
  };
}

const LINES_PER_TRIM = 10_000;
