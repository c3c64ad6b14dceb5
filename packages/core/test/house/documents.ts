import { dirname, join, matchesGlob } from "node:path/posix";
import { json, type Tree } from "./tree.ts";

/** npm runs these without `run`. */
const SHORT_COMMANDS = new Set(["start", "test"]);
const NPM_ITSELF = new Set(["install", "pack", "ci"]);

export function citedPathsExist(tree: Tree): string[] {
  return documents(tree).flatMap((path) => {
    const text = prose(tree.text(path));
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? "");
    const spans = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");
    const missing = [
      ...links.filter((link) => !/^\w+:/.test(link) && !exists(tree, join(dirname(path), link))),
      ...spans.filter((span) => isPath(tree, path, span) && !isCited(tree, path, span)),
    ];
    return [...new Set(missing)].map((name) => `${path} cites ${name}, which does not exist`);
  });
}

export function citedCommandsExist(tree: Tree): string[] {
  const scripts = new Set(Object.keys((json(tree, "package.json").scripts as object) ?? {}));
  return documents(tree).flatMap((path) =>
    [...code(tree.text(path)).matchAll(/\bnpm (run )?([\w:-]+)/g)]
      .map(([, run, name = ""]) => ({ run, name }))
      .filter(({ run, name }) => run || !NPM_ITSELF.has(name))
      .filter(({ run, name }) => !scripts.has(name) || !(run || SHORT_COMMANDS.has(name)))
      .map(({ run, name }) => `${path} names npm ${run ?? ""}${name}, which is no command`),
  );
}

/** Each direct dependency has its reason, and each reason its dependency. */
export function dependenciesHaveReasons(tree: Tree): string[] {
  const used = new Set(
    tree.paths
      .filter((path) => /(?:^|\/)package\.json$/.test(path))
      .flatMap((path) => dependencies(json(tree, path)))
      .filter((name) => !name.startsWith("@tsudoi/")),
  );
  const rows = tree.has("DECISIONS.md") ? reasons(tree.text("DECISIONS.md")) : new Map();
  return [
    ...[...used]
      .filter((name) => !rows.get(name))
      .map((name) => `DECISIONS.md gives no reason for ${name}`),
    ...[...rows.keys()]
      .filter((name) => !used.has(name))
      .map((name) => `DECISIONS.md gives a reason for ${name}, which nobody uses`),
  ];
}

/** A package nobody imports, runs or names in a configuration is only a risk. */
export function dependenciesAreUsed(tree: Tree): string[] {
  return tree.paths
    .filter((path) => /(?:^|\/)package\.json$/.test(path))
    .flatMap((path) => {
      const manifest = json(tree, path);
      const folder = path.slice(0, -"package.json".length);
      const around = tree.paths.filter(
        (other) =>
          other.startsWith(folder) &&
          other !== path &&
          /\.(?:m?[jt]sx?|json|css|html)$/.test(other),
      );
      const texts = around.map((other) => tree.text(other));
      const scripts = Object.values((manifest.scripts as object | undefined) ?? {}).join(" ");
      return dependencies(manifest)
        .filter((name) => !isUsed(name, texts, scripts))
        .map((name) => `${path}: ${name} is used by nothing in ${folder || "the repository"}`);
    });
}

/** Packages that no text names: a peer that another one looks for, and the Node of each platform. */
const UNNAMED = /^(?:@trpc\/(?:client|server)|node-(?:linux|win|darwin)-\w+)$/;

const COMMANDS: Record<string, string> = { typescript: "tsc" };

function isUsed(name: string, texts: string[], scripts: string): boolean {
  const subject = COMMANDS[name] ?? name.replace(/^@types\//, "");
  const named = new RegExp(`["'\`/]${subject}["'\`/ ]`);
  return UNNAMED.test(name) || scripts.includes(subject) || texts.some((text) => named.test(text));
}

function reasons(text: string): Map<string, string> {
  const table = text.split(/^\| dependency \| reason \|$/m)[1]?.split(/\n\s*\n/)[0] ?? "";
  const rows = [...table.matchAll(/^\| (`[^|]+`) \| ([^|]+) \|$/gm)];
  return new Map(
    rows.flatMap(([, names = "", reason = ""]) =>
      [...names.matchAll(/`([^`]+)`/g)].map((match) => [match[1] ?? "", reason.trim()] as const),
    ),
  );
}

function dependencies(manifest: Record<string, unknown>): string[] {
  const groups = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  return groups.flatMap((group) => Object.keys((manifest[group] as object | undefined) ?? {}));
}

function documents(tree: Tree): string[] {
  return tree.paths.filter((path) => path.endsWith(".md"));
}

/** Fenced blocks show commands and examples; what they name need not be a file of ours. */
function prose(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "");
}

/** What a reader would type: spans and fenced blocks. */
function code(text: string): string {
  return [...text.matchAll(/^```[\s\S]*?^```|`[^`\n]+`/gm)].map((match) => match[0]).join("\n");
}

/** A span names a path when it starts at a folder of the root, or of the document's own package. */
function isPath(tree: Tree, document: string, span: string): boolean {
  if (!/^[\w.@<>*{},…-]+(?:\/[\w.@<>*{},…-]+)*\/?$/.test(span)) return false;
  if (!span.includes("/")) return /^[A-Z]+\.md$|^\w+\.json$|^\w+\.config\.ts$/.test(span);
  const first = span.split("/")[0] ?? "";
  return tree.has(first) || tree.has(join(dirname(document), first));
}

function isCited(tree: Tree, document: string, span: string): boolean {
  return exists(tree, span) || exists(tree, join(dirname(document), span));
}

function exists(tree: Tree, cited: string): boolean {
  if (cited === "." || tree.has(cited)) return true;
  if (!/[<*{…]/.test(cited)) return false;
  const pattern = cited.replace(/<[^>]+>|…/g, "*").replace(/\/$/, "/**");
  return tree.paths.some(
    (path) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`),
  );
}
