import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { invokedFrom } from "./config.ts";
import { Refusal } from "./refusal.ts";

/** Whole numbers given as `--name N`; another name, or anything that is no number, is refused with the usage. */
export function readCounts<const Name extends string>(
  names: readonly Name[],
  usage: string,
  words = process.argv.slice(2),
): Partial<Record<Name, number>> {
  const values = read(
    Object.fromEntries(names.map((name) => [name, { type: "string" }])),
    usage,
    words,
  );
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const text = values[name];
    if (text === undefined) continue;
    if (!/^\d{1,8}$/.test(text)) throw new Refusal(`--${name} must be a whole number: ${usage}`);
    counts[name] = Number(text);
  }
  return counts;
}

export function readOption(name: string, usage: string, words = process.argv.slice(2)): string {
  const value = read({ [name]: { type: "string" } }, usage, words)[name];
  if (value === undefined || value === "") throw new Refusal(`--${name} is missing: ${usage}`);
  return value;
}

/** The one file that a command works on, from where the operator stands. */
export function readFileName(usage: string, words = process.argv.slice(2)): string {
  const [file, ...more] = words;
  if (file === undefined || more.length > 0 || file.startsWith("-")) throw new Refusal(usage);
  return resolve(invokedFrom(), file);
}

type Options = Record<string, { type: "string" }>;

function read(
  options: Options,
  usage: string,
  words: string[],
): Record<string, string | undefined> {
  try {
    return parseArgs({ args: words, options, strict: true, allowPositionals: false }).values;
  } catch {
    throw new Refusal(usage);
  }
}
