import { execFile } from "node:child_process";
import { cp, mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { anEvent, countSeats } from "@tsudoi/core/test/builders.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PASSWORD, type Stage, setStage } from "./stage.ts";

const run = promisify(execFile);
const HERE = join(import.meta.dirname, "..");
const ROOT = join(HERE, "../..");

describe("the packed client in an app of its own", () => {
  const cleanUp = new AsyncDisposableStack();
  let app: string;
  let stage: Stage;

  beforeAll(async () => {
    const folder = cleanUp.use(await mkdtempDisposable(join(tmpdir(), "tsudoi-client-")));
    app = join(folder.path, "app");
    const [started] = await Promise.all([setStage(), installExample(folder.path, app)]);
    stage = cleanUp.use(started);
  });

  afterAll(() => cleanUp.disposeAsync());

  it("compiles, strictly, libraries included", async () => {
    expect(await compile(app)).toEqual([]);
  });

  it("books a seat", async () => {
    const { ctx, user } = stage;
    await anEvent(ctx, user, { titleEn: "Full", titleJa: "満席", capacity: 1, seatsTaken: 1 });
    const open = await anEvent(ctx, user, { titleEn: "Open", titleJa: "空席", capacity: 1 });
    await run(process.execPath, [compilerOf(app)], { cwd: app });
    const { stdout } = await run(process.execPath, ["dist/book-seminar.js"], {
      cwd: app,
      env: { TSUDOI_URL: stage.url, TSUDOI_EMAIL: user.email, TSUDOI_PASSWORD: PASSWORD },
    });
    expect(stdout.split("\n")).toEqual([
      `${user.familyName} ${user.givenName}, 試験株式会社`,
      "満席: SOLD_OUT",
      "空席: confirmed, number 0001",
      "",
    ]);
    expect(await countSeats(ctx, open)).toMatchObject({ seatsTaken: 1, rows: { confirmed: 1 } });
  });

  it("turns a wrong name into an error before anything runs", async () => {
    const mistakes = [
      'await tsudoi.events.list.query({ categry: "seminar" });',
      'await tsudoi.events.lst.query({ category: "seminar" });',
      "(await tsudoi.events.list.query()).items[0]?.titel;",
      'await tsudoi.registrations.register.mutate({ event: "1" });',
      'new TsudoiError({} as never).reason === "SOLDOUT";',
    ];
    const head = [
      'import { createClient, TsudoiError } from "@tsudoi/client";',
      'const tsudoi = createClient({ url: "http://localhost" });',
    ];
    await writeFile(join(app, "src/wrong.ts"), [...head, ...mistakes, ""].join("\n"));
    const errors = await compile(app);
    const lines = errors.map((error) => Number(/^src\/wrong\.ts\((\d+),/.exec(error)?.[1]));
    expect(lines).toEqual(mistakes.map((_, index) => head.length + index + 1));
  });

  it("is used as its README says", async () => {
    const readme = await readFile(join(HERE, "README.md"), "utf8");
    const examples = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(
      (match) => match[1] ?? "",
    );
    expect(examples.length).toBeGreaterThan(3);
    await Promise.all(
      examples.map((text, index) => writeFile(join(app, `src/readme-${index}.ts`), text)),
    );
    const errors = await compile(app);
    expect(errors.filter((error) => !error.startsWith("src/wrong.ts"))).toEqual([]);
  });

  it("asks for the versions that are tested here", async () => {
    const workspace = await readFile(join(ROOT, "pnpm-workspace.yaml"), "utf8");
    const { dependencies, devDependencies } = await readJson(join(HERE, "example/package.json"));
    const { version } = await readJson(join(HERE, "package.json"));
    for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
      const tested = new RegExp(`^  "?${name}"?: (.*)$`, "m").exec(workspace)?.[1];
      expect(`${name} ${wanted}`).toBe(`${name} ${tested ?? version}`);
    }
  });
});

/** Packs the client and installs it the way its users do, outside of the workspace. */
async function installExample(folder: string, app: string): Promise<void> {
  const { packageManager } = await readJson(join(ROOT, "package.json"));
  const { version } = await readJson(join(HERE, "package.json"));
  await run("npx", ["--yes", String(packageManager), "pack", "--pack-destination", folder], {
    cwd: HERE,
  });
  await cp(join(HERE, "example"), app, { recursive: true });
  const manifest = await readJson(join(app, "package.json"));
  manifest.dependencies = {
    ...manifest.dependencies,
    "@tsudoi/client": `file:../tsudoi-client-${version}.tgz`,
  };
  await writeFile(join(app, "package.json"), JSON.stringify(manifest));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: app });
}

function compilerOf(app: string): string {
  return join(app, "node_modules/typescript/bin/tsc");
}

/** The compiler's complaints, one line each. */
async function compile(app: string): Promise<string[]> {
  const args = [compilerOf(app), "--noEmit", "--pretty", "false"];
  const { stdout } = await run(process.execPath, args, { cwd: app }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout.split("\n").filter((line) => /^\S.*error TS/.test(line));
}

type Manifest = {
  version?: string;
  packageManager?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};

async function readJson(path: string): Promise<Manifest> {
  return JSON.parse(await readFile(path, "utf8"));
}
