import { execFile } from "node:child_process";
import { cp, glob, mkdir, mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import type { LintCase } from "./lint/lint-case.ts";
import { LINT_CASES } from "./lint/lint-cases.ts";

const ROOT = join(import.meta.dirname, "../../..");

describe("every rule of the linter", () => {
  let broken: Map<string, Set<string>>;
  let lawful: Map<string, Set<string>>;

  beforeAll(async () => {
    const names = await messagesToNames();
    [broken, lawful] = await Promise.all([
      lint(LINT_CASES.flatMap(brokenFiles), names),
      lint(LINT_CASES.flatMap(lawfulFiles), names),
    ]);
  }, 30_000);

  it.each(LINT_CASES.map((lintCase, index) => ({ ...lintCase, index })))(
    "$rule: $why",
    (lintCase) => {
      const { rule, together = [], at, lawfulAt = at, index } = lintCase;
      const said = (found: Map<string, Set<string>>, path: string) => [...(found.get(path) ?? [])];
      expect(said(broken, place(at, index)).sort()).toEqual([rule, ...together].sort());
      expect(said(lawful, place(lawfulAt, index))).toEqual([]);
    },
  );

  it("has a case that breaks it", async () => {
    const covered = new Set(LINT_CASES.map((lintCase) => lintCase.rule));
    expect([...(await configuredRules())].filter((rule) => !covered.has(rule))).toEqual([]);
  });
});

type Snippet = { path: string; text: string };

function brokenFiles(lintCase: LintCase, index: number): Snippet[] {
  return snippets(lintCase, place(lintCase.at, index), lintCase.broken);
}

function lawfulFiles(lintCase: LintCase, index: number): Snippet[] {
  const path = place(lintCase.lawfulAt ?? lintCase.at, index);
  return snippets(lintCase, path, lintCase.lawful ?? lintCase.broken);
}

function snippets({ beside }: LintCase, path: string, text: string): Snippet[] {
  const own = { path, text: `${text}\n` };
  if (!beside) return [own];
  return [own, { path: join(dirname(path), beside[0]), text: `${beside[1]}\n` }];
}

/** A folder gets a file name of its own, so that one run checks all cases side by side. */
function place(at: string, index: number): string {
  return at.endsWith("/") ? `${at}case-${index}.ts` : at.replace("*", `case-${index}`);
}

/** What `biome ci` says about each file in a copy of this repository's configuration. */
async function lint(files: Snippet[], names: Map<string, string>) {
  await using root = await mkdtempDisposable(join(tmpdir(), "tsudoi-lint-"));
  await cp(join(ROOT, "biome.json"), join(root.path, "biome.json"));
  await cp(join(ROOT, "infra/lint"), join(root.path, "infra/lint"), { recursive: true });
  await cp(join(ROOT, ".gitignore"), join(root.path, ".gitignore"));
  await writeFile(join(root.path, "package.json"), everyDependency());
  for (const { path, text } of files) {
    await mkdir(dirname(join(root.path, path)), { recursive: true });
    await writeFile(join(root.path, path), text);
  }
  const found = new Map<string, Set<string>>();
  for (const { category, message, location } of await diagnose(root.path)) {
    const rules = found.get(location.path) ?? new Set();
    rules.add(names.get(message) ?? category.replace(/^lint\//, ""));
    found.set(location.path, rules);
  }
  return found;
}

type Diagnostic = { category: string; message: string; location: { path: string } };

async function diagnose(root: string): Promise<Diagnostic[]> {
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const args = ["ci", "--reporter=json", "--max-diagnostics=none", "--colors=off", "."];
  const run = promisify(execFile)(process.execPath, [biome, ...args], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout).diagnostics;
}

/** A plugin is named by its file, a wall by its message. */
async function messagesToNames(): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for await (const file of glob("infra/lint/*.grit", { cwd: ROOT })) {
    const message = /message="([^"]+)"/.exec(await readFile(join(ROOT, file), "utf8"))?.[1];
    if (message) names.set(message, `plugin/${basename(file, ".grit")}`);
  }
  for (const message of await wallMessages()) names.set(message, `wall/${message}`);
  return names;
}

async function wallMessages(): Promise<string[]> {
  const messages: string[] = [];
  for await (const file of glob("infra/lint/walls-*.json", { cwd: ROOT })) {
    const { overrides } = JSON.parse(await readFile(join(ROOT, file), "utf8"));
    for (const { linter } of overrides as Wall[]) {
      const { patterns } = linter.rules.style.noRestrictedImports.options;
      messages.push(...patterns.map(({ message }) => message));
    }
  }
  return messages;
}

type Wall = {
  linter: {
    rules: { style: { noRestrictedImports: { options: { patterns: { message: string }[] } } } };
  };
};

/** What the configuration turns on by name; the preset's own rules are Biome's to test. */
async function configuredRules(): Promise<Set<string>> {
  const config = JSON.parse(await readFile(join(ROOT, "biome.json"), "utf8"));
  const rules = new Set((await messagesToNames()).values());
  for (const [group, members] of Object.entries<object | string>(config.linter.rules)) {
    if (typeof members === "string") continue;
    for (const [rule, level] of Object.entries(members)) {
      if (level !== "off") rules.add(`${group}/${rule}`);
    }
  }
  return rules;
}

/** Everything is declared here, so that a wall is seen on its own and not through a missing dependency. */
function everyDependency(): string {
  const text = LINT_CASES.map(({ broken, lawful }) => `${broken}\n${lawful}`).join("\n");
  const names = [...text.matchAll(/from "((?:@[\w-]+\/)?[\w-]+)/g)].map((match) => match[1]);
  const declared = names.filter((name) => name !== "left-pad" && name !== "fs");
  const dependencies = Object.fromEntries(declared.map((name) => [name, "1.0.0"]));
  return JSON.stringify({ name: "case", dependencies });
}
