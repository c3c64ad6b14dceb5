import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "./dockerfile.ts";

export const INFRA = join(ROOT, "infra");

export type Service = {
  image: string;
  build?: { context: string; dockerfile: string; target: string };
  restart: string;
  command?: string[];
  user?: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  networks: string[];
  profiles?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
  logging: { options: Record<string, string> };
  depends_on?: Record<string, { condition: string }>;
  deploy: { replicas?: number; resources: { limits: { cpus: string; memory: string } } };
  healthcheck?: { test: string[] };
};

export type Compose = {
  text: string;
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, null>;
};

export function readCompose(): Compose {
  const text = readFileSync(join(INFRA, "compose.yaml"), "utf8");
  return { text, ...parse(text, { merge: true }) };
}

/** What Docker Compose puts in a variable's place; one that is needed and missing is an error, as it is there. */
export function interpolate(text: string, variables: Record<string, string>): string {
  const innermost = /\$\{(\w+)(?::(-|\?)([^${}]*))?\}/;
  let filled = text;
  for (let found = innermost.exec(filled); found !== null; found = innermost.exec(filled)) {
    const [whole, name = "", kind, fallback = ""] = found;
    const value = variables[name] ?? "";
    if (value === "" && kind === "?") throw new Error(`${name} is missing`);
    filled = filled.replace(whole, () => (value === "" ? fallback : value));
  }
  return filled;
}

/** A service's environment with every variable in place. */
export function environmentOf(
  service: Service,
  variables: Record<string, string>,
): Record<string, string> {
  const entries = Object.entries(service.environment ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, interpolate(String(value), variables)]),
  );
}

/** The lines of `.env.example`, with those that are only suggested. */
export function readExample(): { given: Record<string, string>; optional: string[] } {
  const lines = readFileSync(join(INFRA, ".env.example"), "utf8").split("\n");
  const given = lines.flatMap((line) => {
    const [, name = "", value = ""] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === "" ? [] : [[name, value] as const];
  });
  const optional = lines.flatMap((line) => /^# ([A-Z_]+)=/.exec(line)?.[1] ?? []);
  return { given: Object.fromEntries(given), optional };
}
