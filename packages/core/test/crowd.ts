import { createDatabase } from "#core/db/client.ts";
import type { Context } from "#core/db/context.ts";
import { contextOn } from "./bed.ts";
import { anOrganization, someUsers, type TestUser } from "./builders.ts";
import { tokenFor } from "./call.ts";
import type { TestSystem } from "./system.ts";

export type Person = TestUser & { token: string };
export type Crowd = AsyncDisposable & { ctx: Context; owner: TestUser; people: Person[] };

/** So many people of one organisation, signed in, and a way to look into the system's database. */
export async function aCrowd(system: TestSystem, size: number): Promise<Crowd> {
  const database = createDatabase({ url: system.databaseUrl, max: 2, applicationName: "test" });
  const ctx = contextOn(database);
  const users = await someUsers(ctx, size, { organizationId: await anOrganization(ctx) });
  const people = await Promise.all(
    users.map(async (user) => ({ ...user, token: await tokenFor(system.tokens, user) })),
  );
  const [owner] = people;
  if (owner === undefined) throw new Error("a crowd has somebody in it");
  return { ctx, owner, people, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}
