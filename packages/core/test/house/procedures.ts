import { basename } from "node:path";
import { json, sources, stringList, type Tree, toKebab } from "./tree.ts";

const CORE = "@tsudoi/core/";
const NAMES = "packages/telemetry/src/names.ts";
const ROUTERS = "apps/api/src/routers/";
const HANDLERS = "apps/worker/src/";

/** Whoever calls these has not signed in yet, or is about to leave. */
const OPEN = new Set(["auth.signIn", "auth.signOut", "auth.refresh", "auth.setUp", "system.info"]);

/** What a process knows of itself needs no verb. */
const NO_VERB = new Set(["system.info"]);

/** A batch keeps the keys of all its calls itself. */
const KEEPS_ITS_KEYS = new Set(["registrations.register"]);

type Procedure = { router: string; name: string; path: string; text: string };

/** Routers are read as written: `name: procedure…` two spaces in, one after the other. */
function procedures(tree: Tree): Procedure[] {
  return sources(tree, ROUTERS).flatMap((path) => {
    const body = tree.text(path).split(/^export const \w+ = \w*[rR]outer\(\{$/m)[1] ?? "";
    const parts = body.split(/^ {2}(?=\w+:)/m).slice(1);
    return parts.map((text) => ({
      router: toRouterName(path),
      name: text.slice(0, text.indexOf(":")),
      path,
      text: text.slice(text.indexOf(":")).split(/^\}\)/m)[0] ?? "",
    }));
  });
}

export function proceduresAreTheCatalogue(tree: Tree): string[] {
  const routed = procedures(tree).map(({ router, name }) => `${router}.${name}`);
  const named = tree.has(NAMES) ? stringList(tree.text(NAMES), "PROCEDURES") : [];
  if (routed.length === 0) return [];
  return [
    ...named.filter((name) => !routed.includes(name)).map((name) => `${name} has no procedure`),
    ...routed.filter((name) => !named.includes(name)).map((name) => `${name} is not in ${NAMES}`),
  ];
}

/** What a procedure calls is the verb of its name, or a read: `queries.ts`, or `get-event.ts` for `events.get`. */
export function procedureIsAVerb(tree: Tree): string[] {
  return procedures(tree).flatMap((procedure) => {
    const { router, name, path } = procedure;
    if (NO_VERB.has(`${router}.${name}`)) return [];
    const own = `${CORE}${router}/`;
    const isItsOwn = (file: string) =>
      file === "queries.ts" ||
      file === `${toKebab(name)}.ts` ||
      file.startsWith(`${toKebab(name)}-`);
    return calls(tree, procedure).some(
      ({ source }) => source.startsWith(own) && isItsOwn(source.slice(own.length)),
    )
      ? []
      : [`${path}: ${router}.${name} calls neither ${own}${toKebab(name)}.ts nor a read beside it`];
  });
}

/** Procedures are open to anyone; what they call has to ask. */
export function procedureAsksWhoCalls(tree: Tree): string[] {
  return procedures(tree).flatMap((procedure) => {
    const title = `${procedure.router}.${procedure.name}`;
    const asks = calls(tree, procedure).some(({ name, source }) => {
      const path = source.replace("@tsudoi/core/", "packages/core/src/");
      const body = tree.has(path) ? bodyOf(tree.text(path), name) : "";
      return /\b(?:authorise|authoriseLink|confirmActor|requireUser)\(/.test(body);
    });
    return asks || OPEN.has(title)
      ? []
      : [`${procedure.path}: ${title} calls nothing that authorises its caller`];
  });
}

/** A client may send any mutation twice under one key. */
export function mutationKeepsItsKey(tree: Tree): string[] {
  return procedures(tree)
    .filter(
      ({ router, text }) => router !== "auth" && /\.mutation\((?!(?:keyed|seated)\()/.test(text),
    )
    .filter(({ router, name }) => !KEEPS_ITS_KEYS.has(`${router}.${name}`))
    .map(({ router, name, path }) => `${path}: ${router}.${name} forgets the idempotency key`);
}

function calls(tree: Tree, { path, text }: Procedure): { name: string; source: string }[] {
  return imports(tree.text(path))
    .flatMap(({ names, source }) => names.map((name) => ({ name, source })))
    .filter(
      ({ name, source }) => source.startsWith(CORE) && new RegExp(`\\b${name}\\b`).test(text),
    );
}

function bodyOf(text: string, name: string): string {
  return (
    new RegExp(`^export (?:async )?function ${name}\\b[\\s\\S]*?^}`, "m").exec(text)?.[0] ?? ""
  );
}

export function jobsAreTheCatalogue(tree: Tree): string[] {
  const catalog = catalogJobs(tree);
  const named = tree.has(NAMES) ? stringList(tree.text(NAMES), "JOBS") : [];
  return [
    ...catalog.filter((job) => !named.includes(job)).map((job) => `${job} is not in ${NAMES}`),
    ...named.filter((job) => !catalog.includes(job)).map((job) => `${job} is not in the catalog`),
  ];
}

/** A job's handler is the file named after it, and nothing else lies beside it. */
export function jobIsItsHandler(tree: Tree): string[] {
  const wanted = catalogJobs(tree).map((job) => `${HANDLERS}${job.replace(".", "/")}.ts`);
  const found = sources(tree, HANDLERS).filter((path) => path.split("/").length === 5);
  if (sources(tree, HANDLERS).length === 0) return [];
  return [
    ...wanted.filter((path) => !tree.has(path)).map((path) => `${path} is missing`),
    ...found.filter((path) => !wanted.includes(path)).map((path) => `${path} handles no job`),
  ];
}

/** prom-client exports these by itself; packages/telemetry proves that they are there. */
const OF_THE_RUNTIME = /^(?:process|nodejs)_/;

/** One metric, one spelling: what a panel or an alert asks for is exported by somebody. */
export function panelsAskForKnownMetrics(tree: Tree): string[] {
  const known = knownMetrics(tree);
  const dashboards = tree.paths.filter((path) => /^grafana\/.*\.json$/.test(path));
  return dashboards.flatMap((path) =>
    [...new Set(expressions(json(tree, path)).flatMap(metricsOf))]
      .filter((metric) => !known.has(metric) && !OF_THE_RUNTIME.test(metric))
      .map((metric) => `${path} asks for ${metric}, which nothing exports`),
  );
}

export function metricsOf(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\$\{?\w+\}?/g, " ")
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, " ");
  const words = bare.match(/[a-zA-Z_:][\w:]*(?!\w|\s*\()/g) ?? [];
  return words.filter((word) => /_|:/.test(word) && !/^group_|^__/.test(word)).map(baseName);
}

function knownMetrics(tree: Tree): Set<string> {
  const declared = sources(tree, "packages/telemetry/src/").flatMap((path) =>
    [...tree.text(path).matchAll(/^ {2}(\w+): (?:counter|gauge|histogram)\(/gm)].map((m) => m[1]),
  );
  const recorded = tree.paths
    .filter((path) => /^infra\/prometheus\/.*\.ya?ml$/.test(path))
    .flatMap((path) => [...tree.text(path).matchAll(/record: "?([\w:]+)/g)].map((m) => m[1]));
  return new Set([...declared, ...recorded].filter((name) => name !== undefined).map(baseName));
}

/** Prometheus adds these to a histogram's name. */
function baseName(metric: string): string {
  return metric.replace(/_(?:bucket|sum|count)$/, "");
}

function expressions(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "expr" && typeof member === "string" ? [member] : expressions(member),
  );
}

function catalogJobs(tree: Tree): string[] {
  const path = "packages/core/src/jobs/catalog.ts";
  const text = tree.has(path) ? tree.text(path) : "";
  return [...text.matchAll(/^ {2}"([\w-]+\.[\w-]+)": \{/gm)].map((match) => match[1] ?? "");
}

function imports(text: string): { names: string[]; source: string }[] {
  return [...text.matchAll(/import \{([^}]*)\} from "([^"]+)"/g)].map((match) => ({
    names: (match[1] ?? "")
      .split(",")
      .map((name) => name.trim().split(" as ").at(-1) ?? "")
      .filter(Boolean),
    source: match[2] ?? "",
  }));
}

function toRouterName(path: string): string {
  return basename(path, ".ts").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
