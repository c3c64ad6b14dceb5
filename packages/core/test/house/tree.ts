import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository's own files, by path from its root; what is installed or generated is not among them. */
export type Tree = { paths: string[]; has(path: string): boolean; text(path: string): string };

/** A rule of the house: one sentence for each place that breaks it. */
export type HouseRule = (tree: Tree) => string[];

const NOT_OURS = new Set(["node_modules", "dist", "coverage", ".git", ".turbo", ".test"]);
const GENERATED = "apps/api/types";

export function readTree(root: string): Tree {
  const paths = list(root, "").sort();
  return treeOfPaths(paths, (path) => readFileSync(join(root, path), "utf8"));
}

/** A miniature tree, to see a rule fail. */
export function treeOf(files: Record<string, string>): Tree {
  return treeOfPaths(Object.keys(files).sort(), (path) => files[path] ?? "");
}

export function json(tree: Tree, path: string): Record<string, unknown> {
  return tree.has(path) ? JSON.parse(tree.text(path)) : {};
}

/** Production sources below a folder: TypeScript that is no test. */
export function sources(tree: Tree, folder: string): string[] {
  return tree.paths.filter(
    (path) => path.startsWith(folder) && /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path),
  );
}

export function toCamel(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function toKebab(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The strings of `export const NAME = ["a", "b"] as const`. */
export function stringList(text: string, name: string): string[] {
  const list = new RegExp(`export const ${name} = \\[([^\\]]*)\\]`).exec(text)?.[1] ?? "";
  return [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");
}

function treeOfPaths(paths: string[], read: (path: string) => string): Tree {
  const known = new Set(paths);
  for (const path of paths) {
    for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) {
      known.add(path.slice(0, at));
    }
  }
  const texts = new Map<string, string>();
  return {
    paths,
    has: (path) => known.has(path.replace(/\/$/, "")),
    text(path) {
      const text = texts.get(path) ?? read(path);
      texts.set(path, text);
      return text;
    },
  };
}

function list(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const isOurs = !NOT_OURS.has(entry.name) && !isData(entry.name) && path !== GENERATED;
    if (entry.isSymbolicLink() || !isOurs) return [];
    return entry.isDirectory() ? list(root, path) : [path];
  });
}

/** Whatever DATA_DIR is called, it starts with a dot and is none of the folders we commit. */
function isData(name: string): boolean {
  return name.startsWith(".data") || name.endsWith(".log");
}
