import type { FastifyInstance } from "fastify";

export type Check = { name: string; run: () => Promise<boolean> };

export type Health = {
  checks: Check[];
  startDraining: () => void;
  isDraining: () => boolean;
};

const CHECK_MS = 500;
const REMEMBER_MS = 1_000;

export function createHealth(checks: Check[]): Health {
  let draining = false;
  return {
    checks,
    startDraining: () => {
      draining = true;
    },
    isDraining: () => draining,
  };
}

/** `/livez` asks for a restart, `/readyz` for no traffic: a database that is away is no reason to restart. */
export function addHealth(server: FastifyInstance, health: Health): void {
  const readiness = remember(() => runChecks(health.checks));
  server.get("/livez", async () => ({ status: "ok" }));
  for (const path of ["/readyz", "/startupz"]) {
    server.get<{ Querystring: { verbose?: string } }>(path, async (request, reply) => {
      const results = await readiness();
      const isReady = !health.isDraining() && Object.values(results).every(Boolean);
      const status = statusOf(health, isReady);
      return reply
        .status(isReady ? 200 : 503)
        .send(request.query.verbose === undefined ? { status } : { status, checks: results });
    });
  }
}

async function runChecks(checks: Check[]): Promise<Record<string, boolean>> {
  const results = await Promise.all(
    checks.map(async ({ name, run }) => [name, await withinTime(run)] as const),
  );
  return Object.fromEntries(results);
}

async function withinTime(run: () => Promise<boolean>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), CHECK_MS);
  const answer = await Promise.race([run().catch(() => false), promise]);
  clearTimeout(timer);
  return answer;
}

/** Many probes, one look a second. */
function remember<T>(look: () => Promise<T>): () => Promise<T> {
  let at = Number.NEGATIVE_INFINITY;
  let latest: Promise<T> | undefined;
  return () => {
    if (latest === undefined || performance.now() - at > REMEMBER_MS) {
      at = performance.now();
      latest = look();
    }
    return latest;
  };
}

function statusOf(health: Health, isReady: boolean): string {
  if (health.isDraining()) return "draining";
  return isReady ? "ok" : "not ready";
}
