import { spawnSync } from "node:child_process";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../../..");

export type Ran = { passed: boolean; output: string };

/** Runs one of Prometheus' own tools to its end, from the root of the repository unless told otherwise. */
export function run(
  tool: "promtool" | "amtool",
  args: string[],
  { input = "", cwd = ROOT } = {},
): Ran {
  const { status, stdout, stderr, error } = spawnSync(tool, args, { input, cwd, encoding: "utf8" });
  if (error)
    throw new Error(`${tool} cannot be run; it comes with the package prometheus`, {
      cause: error,
    });
  return { passed: status === 0, output: stdout + stderr };
}
