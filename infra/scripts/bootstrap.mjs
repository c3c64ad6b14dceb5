// Runs on whatever Node the machine has: no dependency, and no syntax younger than Node 18 outside ./bootstrap.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 18;

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const [command = "start", ...args] = process.argv.slice(2);

if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
  refuse(
    `Node ${OLDEST_NODE} or newer is needed; this is ${process.version}. See https://nodejs.org`,
  );
} else {
  const { prepare } = await import("./bootstrap/prepare.mjs");
  const { endOnSignal, runCommand } = await import("./bootstrap/command.mjs");
  try {
    const letGo = endOnSignal();
    const prepared = await prepare({ root, command, env: process.env });
    letGo();
    process.exitCode = await runCommand({ ...prepared, args });
  } catch (error) {
    // What the system refuses, such as a folder that cannot be written, explains itself.
    if (error.name !== "Stop" && error.syscall === undefined) throw error;
    refuse(error.message);
  }
}

function refuse(reason) {
  process.stderr.write(`tsudoi: ${reason}\n`);
  process.exitCode = 1;
}
