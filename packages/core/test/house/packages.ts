import { json, type Tree } from "./tree.ts";

const INSTALLED = ["dependencies", "devDependencies", "optionalDependencies"];

/** The bootstrap reads this version with npm alone, before there is a workspace. */
const EXACT_IN_PLACE = /^node-(?:linux|win|darwin)-/;

/** Loading one of these in production is a privilege; a manifest is the wall a bundler cannot climb. */
const SOLE_OWNERS: Record<string, string[]> = {
  "prom-client": ["packages/telemetry"],
  "drizzle-orm": ["packages/core"],
  bullmq: ["packages/core", "apps/worker"],
  react: ["apps/web"],
};

export function versionsComeFromTheCatalog(tree: Tree): string[] {
  return manifests(tree).flatMap((path) =>
    installed(tree, path)
      .filter(([name, version]) => !isLawful(name, version))
      .map(([name, version]) => `${path}: ${name} is ${version}, not catalog: or workspace:*`),
  );
}

export function catalogIsExactAndUsed(tree: Tree): string[] {
  const used = new Set(
    manifests(tree).flatMap((path) => installed(tree, path).map(([name]) => name)),
  );
  return catalog(tree).flatMap(([name, version]) => [
    ...(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)
      ? []
      : [`the catalog's ${name} is ${version}, not one version`]),
    ...(used.has(name) ? [] : [`the catalog's ${name} is used by nobody`]),
  ]);
}

export function privilegesHaveOwners(tree: Tree): string[] {
  return manifests(tree).flatMap((path) => {
    const loaded = Object.keys((json(tree, path).dependencies as object | undefined) ?? {});
    return loaded
      .filter((name) => SOLE_OWNERS[name]?.includes(path.replace("/package.json", "")) === false)
      .map((name) => `${path} depends on ${name}, which belongs to ${SOLE_OWNERS[name]}`);
  });
}

/** Everything that is installed is proven by its hash, from the registry alone. */
export function lockfileIsProven(tree: Tree): string[] {
  if (!tree.has("pnpm-lock.yaml")) return [];
  const section =
    /^packages:\n([\s\S]*?)(?=^\w)/m.exec(`${tree.text("pnpm-lock.yaml")}\nend:`)?.[1] ?? "";
  const entries = section.split(/^ {2}(?=\S)/m).filter((entry) => entry.trim() !== "");
  return entries
    .filter((entry) => !/^ {4}resolution: \{integrity: sha512-[\w+/=]+\}$/m.test(entry))
    .map(
      (entry) =>
        `pnpm-lock.yaml: ${entry.split("\n")[0]} has no integrity, or comes from elsewhere`,
    );
}

/** Without these lines a version stolen this morning is installed this afternoon. */
export function installIsGuarded(tree: Tree): string[] {
  if (!tree.has("pnpm-workspace.yaml")) return [];
  const text = tree.text("pnpm-workspace.yaml");
  const age = Number(/^minimumReleaseAge: (\d+)$/m.exec(text)?.[1] ?? 0);
  return [
    ...(age >= 10_080 ? [] : ["pnpm-workspace.yaml: minimumReleaseAge is less than a week"]),
    ...(/^blockExoticSubdeps: true$/m.test(text)
      ? []
      : ["pnpm-workspace.yaml: blockExoticSubdeps is off"]),
  ];
}

function isLawful(name: string, version: string): boolean {
  if (name.startsWith("@tsudoi/")) return version === "workspace:*";
  return version === "catalog:" || (EXACT_IN_PLACE.test(name) && /^\d+\.\d+\.\d+$/.test(version));
}

function manifests(tree: Tree): string[] {
  return tree.paths.filter((path) =>
    /^(?:(?:apps|packages)\/[\w-]+\/|infra\/scripts\/)?package\.json$/.test(path),
  );
}

function installed(tree: Tree, path: string): [name: string, version: string][] {
  const manifest = json(tree, path);
  return INSTALLED.flatMap((group) =>
    Object.entries((manifest[group] as Record<string, string>) ?? {}),
  );
}

function catalog(tree: Tree): [name: string, version: string][] {
  const text = tree.has("pnpm-workspace.yaml") ? tree.text("pnpm-workspace.yaml") : "";
  const section = /^catalog:\n((?: {2}.*\n)*)/m.exec(text)?.[1] ?? "";
  return [...section.matchAll(/^ {2}"?([^":]+)"?: "?([^"\n]+)"?$/gm)].map((m) => [
    m[1] ?? "",
    m[2] ?? "",
  ]);
}
