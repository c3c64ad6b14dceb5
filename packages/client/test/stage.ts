import { createDatabase } from "@tsudoi/core/db/client.ts";
import type { Context } from "@tsudoi/core/db/context.ts";
import { hashPassword } from "@tsudoi/core/platform/passwords.ts";
import { contextOn } from "@tsudoi/core/test/bed.ts";
import { anOrganization, aUser, type TestUser } from "@tsudoi/core/test/builders.ts";
import { tokenFor } from "@tsudoi/core/test/call.ts";
import { startSystem } from "@tsudoi/core/test/system.ts";
import { type Client, type ClientOptions, createClient } from "#client/client.ts";

export const PASSWORD = "correct horse battery staple";

export type Stage = AsyncDisposable & {
  url: string;
  /** The database behind the API: for builders and for looking. */
  ctx: Context;
  /** An administrator, who may do everything in this organisation. */
  user: TestUser;
  token: string;
  tokenOf: (user: TestUser) => Promise<string>;
  /** What the same person's app would hold. */
  client: (options?: Partial<ClientOptions>) => Client;
};

/** One API process, and somebody with an account whose app calls it. */
export async function setStage(): Promise<Stage> {
  await using cleanUp = new AsyncDisposableStack();
  const system = cleanUp.use(await startSystem({ apis: 1 }));
  const database = cleanUp.use(
    createDatabase({ url: system.databaseUrl, max: 2, applicationName: "test" }),
  );
  const ctx = contextOn(database);
  const organizationId = await anOrganization(ctx);
  const passwordHash = await hashPassword(PASSWORD);
  const user = await aUser(ctx, { organizationId, passwordHash, role: "admin" });
  const token = await tokenFor(system.tokens, user);
  const url = system.apis[0]?.url ?? "";
  const owned = cleanUp.move();
  return {
    url,
    ctx,
    user,
    token,
    tokenOf: (person) => tokenFor(system.tokens, person),
    client: (options = {}) => createClient({ url, token, ...options } as ClientOptions),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
