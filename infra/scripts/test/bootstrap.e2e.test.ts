import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";

const SCRIPTS = join(import.meta.dirname, "..");

const PROBE = `
import { appendFileSync } from "node:fs";
const [log, mode] = process.argv.slice(2);
const note = (line) => appendFileSync(log, line + "\\n");
if (mode === "exit") process.exit(7);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    note(signal);
    if (signal === "SIGTERM") process.exit(0);
  });
}
note("up");
setInterval(() => {}, 1_000);
`;

const MANIFEST = {
  type: "module",
  packageManager: "pnpm@0.0.0-none",
  scripts: { probe: "node infra/scripts/bootstrap.mjs probe" },
};

/** A repository with the bootstrap, one command and nothing to install. */
async function aRepository() {
  const root = await mkdtemp(join(tmpdir(), "tsudoi-bootstrap-"));
  const scripts = join(root, "infra/scripts");
  for (const folder of ["apps", "packages", "node_modules/.bin", "infra/scripts/src"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  cpSync(join(SCRIPTS, "bootstrap.mjs"), join(scripts, "bootstrap.mjs"));
  cpSync(join(SCRIPTS, "bootstrap"), join(scripts, "bootstrap"), { recursive: true });
  writeFileSync(join(root, "package.json"), JSON.stringify(MANIFEST));
  writeFileSync(join(scripts, "src/probe.ts"), PROBE);
  symlinkSync(process.execPath, join(root, "node_modules/.bin/node"));
  const packages = await import(join(scripts, "bootstrap/packages.mjs"));
  packages.markInstalled(root);
  return {
    root,
    log: join(root, "log"),
    bootstrap: join(scripts, "bootstrap.mjs"),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  };
}

type Result = { code: number | null; stdout: string; stderr: string };

async function run(args: string[], env: Record<string, string> = {}): Promise<Result> {
  const child = spawn("env", [...assignments(env), process.execPath, ...args]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

function assignments(env: Record<string, string>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function readLog(path: string): string[] {
  return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
}

async function startProbe(bootstrap: string, log: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [bootstrap, "probe", log], { stdio: "inherit" });
  await vi.waitFor(() => expect(readLog(log)).toEqual(["up"]), 10_000);
  return child;
}

describe("bootstrap", () => {
  it("runs the command as it is, saying nothing, when nothing is missing", async () => {
    await using repository = await aRepository();
    const result = await run([repository.bootstrap, "probe", repository.log, "exit"]);
    expect(result).toEqual({ code: 7, stdout: "", stderr: "" });
  });

  it.each(["nonsense", "config"])("refuses %s, which is no command", async (command) => {
    await using repository = await aRepository();
    const result = await run([repository.bootstrap, command]);
    expect(result.code).toBe(1);
    expect(result.stderr).toBe(
      `tsudoi: there is no command "${command}"; package.json lists them.\n`,
    );
  });

  it("names the Node it needs when it runs on an older one", async () => {
    await using repository = await aRepository();
    const older = 'Object.defineProperty(process.versions, "node", { value: "16.20.2" })';
    const result = await run([
      `--import=data:text/javascript,${encodeURIComponent(older)}`,
      repository.bootstrap,
      "probe",
    ]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/^tsudoi: Node 18 or newer is needed; this is v.*\n$/);
  });

  it("says in one line that the registry does not answer", async () => {
    await using repository = await aRepository();
    writeFileSync(join(repository.root, "pnpm-lock.yaml"), "changed");
    const result = await run([repository.bootstrap, "probe"], {
      npm_config_registry: "http://127.0.0.1:9/",
    });
    expect(result.code).toBe(1);
    expect(result.stderr.trim().split("\n").at(-1)).toBe(
      "tsudoi: pnpm@0.0.0-none could not be fetched: the package registry does not answer",
    );
  });

  it("passes one Ctrl-C on once, though terminal and npm both send it", async () => {
    await using repository = await aRepository();
    const child = await startProbe(repository.bootstrap, repository.log);
    child.kill("SIGINT");
    child.kill("SIGINT");
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    const signals = readLog(repository.log).slice(1);
    expect(signals.filter((signal) => signal === "SIGINT").length).toBeLessThan(2);
    expect(signals).toContain("SIGTERM");
  });

  it("takes the command with it when it is killed", async () => {
    await using repository = await aRepository();
    const child = await startProbe(repository.bootstrap, repository.log);
    child.kill("SIGKILL");
    await vi.waitFor(() => expect(readLog(repository.log)).toEqual(["up", "SIGTERM"]), 10_000);
  });

  it.each([
    ["npm itself", '"$@" & wait'],
    ["npm above a shell", 'sh -c \'"$@"; exit\' sh "$@" & wait'],
  ])("takes the command with it when its parent is killed: %s", async (_parent, start) => {
    await using repository = await aRepository();
    const { bootstrap, log } = repository;
    const probe = ["env", "npm_lifecycle_event=probe", process.execPath, bootstrap, "probe", log];
    const npm = spawn("/bin/sh", ["-c", start, "sh", ...probe], { stdio: "inherit" });
    await vi.waitFor(() => expect(readLog(log)).toEqual(["up"]), 10_000);
    npm.kill("SIGKILL");
    await vi.waitFor(() => expect(readLog(log)).toEqual(["up", "SIGTERM"]), 10_000);
  });
});
