import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createContextFilter, ROOT, readDockerfile, type Stage } from "./dockerfile.ts";

const { args, stages } = readDockerfile();
const isInContext = createContextFilter();
const TARGETS = ["api", "worker", "web", "tools"];

describe("the Dockerfile", () => {
  it.each(TARGETS)("builds %s for a user without rights, stopped by SIGTERM", (target) => {
    const stage = stageOf(target);
    expect(stage.user).toMatch(/^[1-9]\d{3,}$/);
    expect(stage.stopSignal).toBe("SIGTERM");
    expect(stage.command?.length).toBeGreaterThan(0);
  });

  it("starts from images of one version each, the Node of the repository among them", () => {
    const version = readFileSync(join(ROOT, ".node-version"), "utf8").trim();
    expect(args.NODE_IMAGE).toBe(`node:${version}-bookworm-slim`);
    for (const { image } of stages.values()) expect(image).toMatch(/^\w+:\d+\.\d+\.\d+-[\w-]+$/);
  });

  it("copies what is there", () => {
    const missing = [...stages.values()].flatMap(({ name, copies }) =>
      copies.flatMap(({ from, sources }) =>
        sources
          .filter((source) => !isThere(from, source))
          .map((source) => `${name}: ${from ?? "context"} has no ${source}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("gives every process the packages it imports", () => {
    for (const target of ["api", "worker", "tools"]) {
      const copied = stageOf(target).copies.map(({ to }) => to);
      const home = target === "tools" ? "infra/scripts" : `apps/${target}`;
      expect([target, workspacesOf(home).filter((path) => !copied.includes(path))]).toEqual([
        target,
        [],
      ]);
    }
  });

  it("runs files that it copied", () => {
    for (const target of ["api", "worker", "tools"]) {
      const { command = [], healthCheck = [], copies } = stageOf(target);
      const files = [command[1], ...(target === "tools" ? [] : [healthCheck[1]])];
      const places = copies.map(({ to }) => to);
      for (const file of files) {
        expect(existsSync(join(ROOT, file ?? "nothing"))).toBe(true);
        expect(places.some((place) => file === place || file?.startsWith(`${place}/`))).toBe(true);
      }
    }
  });

  it("asks each process for its own health, on the port it listens on", () => {
    expect(stageOf("api").healthCheck?.at(-1)).toBe(
      `http://127.0.0.1:${stageOf("api").env.PORT}/livez`,
    );
    expect(stageOf("worker").healthCheck?.at(-1)).toBe(
      `http://127.0.0.1:${stageOf("worker").env.METRICS_PORT}/livez`,
    );
    const caddyfile = readFileSync(join(ROOT, "infra/docker/proxy/Caddyfile"), "utf8");
    const address = stageOf("web").healthCheck?.at(-1) ?? "";
    expect(caddyfile).toContain(`${new URL(address).origin} {`);
  });

  it("keeps no secret in a layer", () => {
    const names = [...stages.values()].flatMap(({ env, instructions }) => [
      ...Object.keys(env),
      ...instructions.filter(({ name }) => name === "ARG").map(({ text }) => text),
    ]);
    expect(names.filter((name) => /SECRET|PASSWORD|TOKEN|KEY|_URL/.test(name))).toEqual([]);
    expect(["infra/.env", "apps/api/.env", "packages/core/.env.local"].filter(isInContext)).toEqual(
      [],
    );
  });

  it("leaves out of the build what is installed, built or only tested", () => {
    const unwanted = [
      "apps/api/node_modules/fastify/package.json",
      "packages/client/dist/client.js",
      "packages/core/src/db/gate.test.ts",
      "apps/api/types/router.d.ts",
      ".git/config",
      ".data/secrets.json",
      "docs/runbooks/outbox-stuck.md",
      "infra/compose.yaml",
    ];
    expect(unwanted.filter(isInContext)).toEqual([]);
    const wanted = [
      "package.json",
      "patches/postgres@3.4.9.patch",
      "apps/api/src/main.ts",
      "packages/core/migrations/0000_accounts.sql",
      "infra/scripts/src/migrate.ts",
      "infra/docker/proxy/Caddyfile",
    ];
    expect(wanted.filter((path) => !isInContext(path))).toEqual([]);
  });
});

function stageOf(name: string): Stage {
  const stage = stages.get(name);
  if (stage === undefined) throw new Error(`the Dockerfile has no target ${name}`);
  return stage;
}

const MADE_BY_THE_BUILD = ["/app/node_modules", "/app/apps/web/dist"];

function isThere(from: string | undefined, source: string): boolean {
  if (from === undefined) return existsSync(join(ROOT, source)) && isInContext(source);
  if (!stages.has(from)) return false;
  const path = source.replace(/^\/app\//, "");
  const isCopied = stageOf(from).copies.some(({ to }) =>
    to === "./" ? !path.includes("/") : path === to || path.startsWith(`${to}/`),
  );
  return MADE_BY_THE_BUILD.includes(source) || (isCopied && existsSync(join(ROOT, path)));
}

/** The workspace folders behind a package's own dependencies, its own included. */
function workspacesOf(home: string): string[] {
  const homes = new Map(
    globSync("{apps,packages,infra}/*/package.json", { cwd: ROOT }).map((path) => [
      manifestOf(path).name,
      path.replace("/package.json", ""),
    ]),
  );
  const found = new Set([home]);
  for (const path of found) {
    for (const name of Object.keys(manifestOf(join(path, "package.json")).dependencies ?? {})) {
      const place = homes.get(name);
      if (place !== undefined) found.add(place);
    }
  }
  return [...found];
}

function manifestOf(path: string): { name: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
}
