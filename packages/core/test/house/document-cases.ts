import type { HouseCase } from "./house-case.ts";
import { manifest } from "./snippets.ts";

const reasons = (row: string) =>
  `# Decisions\n\n| dependency | reason |\n|---|---|\n${row}\n\nMore.\n`;

export const DOCUMENT_CASES: HouseCase[] = [
  {
    title: "cited paths exist",
    lawful: {
      "README.md": "See `apps/api/src/main.ts`, `apps/<app>/src`, [the API](apps/api) and `a/b`.",
      "apps/api/src/main.ts": "",
      "apps/api/README.md": "Starts at `src/main.ts`.",
    },
    broken: {
      "a moved file": { "README.md": "See `apps/api/src/server.ts`.", "apps/api/src/main.ts": "" },
      "a dead link": { "README.md": "See [the API](apps/api/README.md)." },
      "a folder of the package": {
        "apps/api/README.md": "See `src/x.ts`.",
        "apps/api/src/main.ts": "",
      },
    },
  },
  {
    title: "cited commands exist",
    lawful: {
      "README.md": "npm is enough: `npm start`, then `npm run bench -- hot-event`.",
      "package.json": JSON.stringify({ scripts: { start: "", bench: "" } }),
    },
    broken: {
      "a dropped command": { "README.md": "`npm run bench`", "package.json": "{}" },
      "a command that needs run": {
        "README.md": "`npm bench`",
        "package.json": JSON.stringify({ scripts: { bench: "" } }),
      },
    },
  },
  {
    title: "dependencies have reasons",
    lawful: {
      "apps/api/package.json": manifest({ zod: "catalog:", "@tsudoi/core": "workspace:*" }),
      "DECISIONS.md": reasons("| `zod` | checks what comes in |"),
    },
    broken: {
      "no reason": {
        "apps/api/package.json": manifest({ zod: "catalog:", fastify: "catalog:" }),
        "DECISIONS.md": reasons("| `zod` | checks what comes in |"),
      },
      "a reason for nothing": { "DECISIONS.md": reasons("| `zod` | checks what comes in |") },
    },
  },
  {
    title: "dependencies are used",
    lawful: {
      "apps/api/package.json": JSON.stringify({
        dependencies: { zod: "catalog:", "@types/node": "catalog:" },
        devDependencies: { vite: "catalog:" },
        scripts: { build: "vite build" },
      }),
      "apps/api/src/main.ts": 'import { z } from "zod/mini";',
      "apps/api/tsconfig.json": '{ "types": ["node"] }',
    },
    broken: {
      "a leftover": {
        "apps/api/package.json": manifest({ zod: "catalog:" }),
        "apps/worker/src/main.ts": 'import { z } from "zod";',
      },
    },
  },
];
