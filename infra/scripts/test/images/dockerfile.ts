import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../../..");
const DOCKERFILE = "infra/docker/Dockerfile";

export type Copy = { from: string | undefined; sources: string[]; to: string };

/** One stage, with everything it inherits from the stages below it. */
export type Stage = {
  name: string;
  /** The image at the bottom. */
  image: string;
  instructions: { name: string; text: string }[];
  copies: Copy[];
  env: Record<string, string>;
  /** The last of each. */
  user: string | undefined;
  command: string[] | undefined;
  healthCheck: string[] | undefined;
  stopSignal: string | undefined;
};

export type Dockerfile = { args: Record<string, string>; stages: Map<string, Stage> };

/** The part of the language that our file is written in; anything else is an error. */
export function readDockerfile(): Dockerfile {
  const args: Record<string, string> = {};
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const { name, text } of instructionsOf(readFileSync(join(ROOT, DOCKERFILE), "utf8"))) {
    if (name === "FROM") {
      stage = openStage(text, args, stages);
      stages.set(stage.name, stage);
    } else if (stage === undefined) {
      const [key = "", value = ""] = text.split("=");
      args[key] = value;
    } else {
      stage.instructions.push({ name, text });
      apply(stage, name, text);
    }
  }
  return { args, stages };
}

function instructionsOf(text: string): { name: string; text: string }[] {
  const lines = text
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n\s*/g, " ")
    .split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, name = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
      if (name === "") throw new Error(`${DOCKERFILE}: not an instruction: ${line}`);
      return { name, text: rest };
    });
}

function openStage(text: string, args: Record<string, string>, stages: Map<string, Stage>): Stage {
  const [, base = "", name = ""] = /^(\S+) AS (\S+)$/.exec(text) ?? [];
  const below = stages.get(base);
  const image = base.replace(/\$\{(\w+)\}/g, (_, key: string) => args[key] ?? "");
  const empty = { instructions: [], copies: [], env: {} };
  const nothing = {
    user: undefined,
    command: undefined,
    healthCheck: undefined,
    stopSignal: undefined,
  };
  if (below === undefined) return { name, image, ...empty, ...nothing };
  const { instructions, copies, env } = below;
  return {
    ...below,
    name,
    instructions: [...instructions],
    copies: [...copies],
    env: { ...env },
  };
}

function apply(stage: Stage, name: string, text: string): void {
  if (name === "COPY") stage.copies.push(readCopy(text));
  if (name === "ENV") {
    for (const [, key = "", value = ""] of text.matchAll(/(\w+)=(\S*)/g)) stage.env[key] = value;
  }
  if (name === "USER") stage.user = text;
  if (name === "STOPSIGNAL") stage.stopSignal = text;
  if (name === "CMD") stage.command = JSON.parse(text);
  if (name === "HEALTHCHECK") stage.healthCheck = JSON.parse(text.slice(text.indexOf("[")));
}

function readCopy(text: string): Copy {
  const words = text.split(" ");
  const from = words[0]?.startsWith("--from=") ? words.shift()?.slice("--from=".length) : undefined;
  const to = words.pop() ?? "";
  return { from, sources: words, to };
}

/** Whether a path of the repository gets into the build at all; the last line that matches decides. */
export function createContextFilter(): (path: string) => boolean {
  const text = readFileSync(join(ROOT, `${DOCKERFILE}.dockerignore`), "utf8");
  const rules = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return (path) => {
    let isIn = true;
    for (const rule of rules) {
      const isException = rule.startsWith("!");
      const pattern = isException ? rule.slice(1) : rule;
      if (toRegExp(pattern).test(path)) isIn = isException;
    }
    return isIn;
  };
}

/** Docker's own: a star takes leading dots too, and a folder takes what is in it along. */
function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+]/g, "\\$&")
    .replace(/\*\*\/|\*/g, (stars) => (stars === "*" ? "[^/]*" : "(?:.*/)?"));
  return new RegExp(`^${source}(?:/.*)?$`);
}
