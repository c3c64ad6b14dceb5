import { basename, dirname } from "node:path";
import type { Tree } from "./tree.ts";

const DRAWERS = new Set([
  "utils",
  "util",
  "helpers",
  "helper",
  "lib",
  "common",
  "misc",
  "managers",
  "types",
  "index",
]);
const MAX_DEPTH = 2;
const MAX_LINES = 300;
/** What programs write, and pictures. */
const NOT_WRITTEN =
  /^(?:pnpm-lock\.yaml|grafana\/dashboards\/.*|packages\/core\/migrations\/meta\/.*)$|\.(?:png|svg)$/;

/** A name that fits everything holds anything. Only the test parts have services: PostgreSQL, Redis, SMTP. */
export function noDrawers(tree: Tree): string[] {
  return code(tree).flatMap((path) => {
    const parts = path.replace(/(?:\.\w+)+$/, "").split("/");
    const drawer = parts.find(
      (part, index) =>
        DRAWERS.has(part) ||
        (part === "services" && parts.slice(0, index).join("/") !== "packages/core/test"),
    );
    return drawer ? [`${path}: "${drawer}" says nothing about what is in it`] : [];
  });
}

export function foldersStayShallow(tree: Tree): string[] {
  return code(tree).flatMap((path) => {
    const below = path.split("/src/")[1];
    return below && below.split("/").length - 1 > MAX_DEPTH
      ? [`${path} lies more than ${MAX_DEPTH} folders below src`]
      : [];
  });
}

/** The linter leaves out comments, texts and what is no code; here every line counts. */
export function filesStayShort(tree: Tree): string[] {
  return tree.paths
    .filter((path) => !NOT_WRITTEN.test(path))
    .map((path) => ({ path, lines: tree.text(path).replace(/\n$/, "").split("\n").length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines: ${MAX_LINES} are the most`);
}

/** Work put off has a number; text that says "later" to nobody is not written. */
export function noLooseEnds(tree: Tree): string[] {
  return code(tree).flatMap((path) => {
    const loose = /(?:\/\/|\*|<!--|#)[^\n]*\b(?:[T]ODO(?!\(#\d+\):)|[F]IXME|[X]XX|[H]ACK)\b/.exec(
      tree.text(path),
    );
    return loose ? [`${path}: ${loose[0].trim()}`] : [];
  });
}

export function testsLieBesideTheirSubject(tree: Tree): string[] {
  return tree.paths
    .filter((path) => path.includes("/src/") && /\.test\.tsx?$/.test(path))
    .filter((path) => !isBesideItsSubject(tree, path))
    .map((path) => `${path} tests no file beside it`);
}

/** What only its own file calls is not exported; what nobody calls is not there. */
export function exportsHaveReaders(tree: Tree): string[] {
  const scripts = tree.paths.filter((path) => /\.(?:m?ts|tsx|mjs)$/.test(path));
  const readers = new Map<string, number>();
  for (const path of scripts) {
    for (const word of new Set(tree.text(path).match(/\w+/g))) {
      readers.set(word, (readers.get(word) ?? 0) + 1);
    }
  }
  return scripts
    .filter((path) => path.includes("/src/") && !path.startsWith("packages/client/"))
    .flatMap((path) =>
      [...tree.text(path).matchAll(/^export (?:async )?(?:function\*?|class) (\w+)/gm)]
        .map((match) => match[1] ?? "")
        .filter((name) => readers.get(name) === 1)
        .map((name) => `${path} exports ${name}, which no other file names`),
    );
}

/** `create.test.ts`, and `create-plans.test.ts` where one file is not enough, are beside `create.ts`. */
function isBesideItsSubject(tree: Tree, path: string): boolean {
  const words = basename(path)
    .replace(/(?:\.pg|\.e2e|\.browser)?\.test\.tsx?$/, "")
    .split("-");
  return words.some((_, last) => {
    const subject = `${dirname(path)}/${words.slice(0, last + 1).join("-")}`;
    return tree.has(`${subject}.ts`) || tree.has(`${subject}.tsx`);
  });
}

function code(tree: Tree): string[] {
  return tree.paths.filter((path) =>
    /^(?:apps|packages|infra)\/.*\.(?:m?[jt]sx?|grit|css|sql)$/.test(path),
  );
}
