import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@tsudoi/core/db/client.ts";
import type { Context } from "@tsudoi/core/db/context.ts";
import { hashPassword } from "@tsudoi/core/platform/passwords.ts";
import { contextOn } from "@tsudoi/core/test/bed.ts";
import { anOrganization, aUser, type TestUser } from "@tsudoi/core/test/builders.ts";
import { tokenFor } from "@tsudoi/core/test/call.ts";
import { freePort } from "@tsudoi/core/test/services/ports.ts";
import { type SystemProcess, startSystem, type TestSystem } from "@tsudoi/core/test/system.ts";
import { buildWeb } from "#scripts/build.ts";
import { deployedEnvironment, type RunningProxy, startProxy } from "./caddy.ts";
import { type Names, startNames } from "./names.ts";

export const PASSWORD = "correct horse battery";
/** As in a network of containers: addresses of their own, one port. */
export const REPLICAS = ["127.0.0.11", "127.0.0.12", "127.0.0.13"] as const;
/** Stands for whatever ends TLS in front, where something does. */
export const TLS_END = "127.0.0.9";

export type Deployment = AsyncDisposable & {
  /** As people know it. */
  url: string;
  upstreamPort: number;
  names: Names;
  proxy: RunningProxy;
  system: TestSystem;
  ctx: Context;
  organizationId: string;
  startReplica: (address: string) => Promise<SystemProcess>;
  anAccount: (overrides?: Partial<TestUser>) => Promise<TestUser>;
  tokenOf: (user: TestUser) => Promise<string>;
};

/** The proxy in front of API processes, all set as the compose file sets them. */
export async function deploy(addresses: readonly string[]): Promise<Deployment> {
  await using cleanUp = new AsyncDisposableStack();
  const { path: folder } = cleanUp.use(await mkdtempDisposable(join(tmpdir(), "tsudoi-proxy-")));
  const [port, upstreamPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const names = cleanUp.use(await startNames());
  const settings = { PUBLIC_URL: url, PROXY_TRUSTED: TLS_END };
  const proxy = cleanUp.use(
    await startProxy({ folder, settings, upstreamPort, namesPort: names.port }),
  );
  const { TRUST_PROXY, PUBLIC_URL } = deployedEnvironment("api", settings);
  const system = cleanUp.use(
    await startSystem({
      apis: 0,
      env: {
        EMBEDDED: "0",
        PUBLIC_URL: PUBLIC_URL ?? "",
        // The range that our containers' addresses are of, beside that of theirs.
        TRUST_PROXY: `${TRUST_PROXY},loopback`,
        PORT: String(upstreamPort),
        WEB_DIR: await buildWeb(),
      },
    }),
  );
  // Nobody calls them any more: not 5 s for load balancers to see that they leave.
  cleanUp.defer(async () => void (await Promise.all(system.apis.map((api) => api.kill()))));
  const startReplica = (HOST: string) => system.startApi({ env: { HOST } });
  await Promise.all(addresses.map(startReplica));
  names.lead([...addresses]);
  const database = cleanUp.use(
    createDatabase({ url: system.databaseUrl, max: 2, applicationName: "test" }),
  );
  const ctx = contextOn(database);
  const organizationId = await anOrganization(ctx);
  const passwordHash = await hashPassword(PASSWORD);
  const owned = cleanUp.move();
  return {
    url,
    upstreamPort,
    names,
    proxy,
    system,
    ctx,
    organizationId,
    startReplica,
    anAccount: (overrides = {}) => aUser(ctx, { organizationId, passwordHash, ...overrides }),
    tokenOf: (user) => tokenFor(system.tokens, user),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
