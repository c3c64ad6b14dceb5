import { spawn } from "node:child_process";
import { Refusal } from "#scripts/refusal.ts";

/** Packs everything in a folder into a .tar.gz. */
export async function packFolder(folder: string, file: string): Promise<void> {
  await runTar(["-czf", file, "-C", folder, "."]);
}

/** Unpacks a .tar.gz into a folder, as files of whoever unpacks it. */
export async function unpackFile(file: string, folder: string): Promise<void> {
  await runTar(["-xzf", file, "-C", folder, "--no-same-owner"]);
}

async function runTar(args: string[]): Promise<void> {
  const child = spawn("tar", args, { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words += text;
  });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  child.once("error", ({ message }) => resolve(message));
  child.once("close", (code) => resolve(code === 0 ? undefined : `exit code ${code}`));
  const fault = await promise;
  if (fault !== undefined) throw new Refusal(`tar failed: ${words.trim().split("\n")[0] || fault}`);
}
