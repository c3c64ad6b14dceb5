import { createDatabase, type Database } from "@tsudoi/core/db/client.ts";
import type { Context } from "@tsudoi/core/db/context.ts";
import { hashPassword } from "@tsudoi/core/platform/passwords.ts";
import { contextOn } from "@tsudoi/core/test/bed.ts";
import { anOrganization, aUser, type TestUser } from "@tsudoi/core/test/builders.ts";
import { tokenFor } from "@tsudoi/core/test/call.ts";
import { type SystemOptions, startSystem, type TestSystem } from "@tsudoi/core/test/system.ts";
import { afterAll, beforeAll } from "vitest";

export const PASSWORD = "correct horse battery";

export type Stage = AsyncDisposable & {
  system: TestSystem;
  database: Database;
  /** For builders and for looking. */
  ctx: Context;
  /** The first API process. */
  url: string;
  organizationId: string;
  tokenOf: (user: TestUser) => Promise<string>;
};

/** An API process on its own services, and an organisation; no limits of rate unless they are the subject. */
export async function setStage(options: SystemOptions = {}): Promise<Stage> {
  await using cleanUp = new AsyncDisposableStack();
  const env = { RATE_LIMITS: "off", ...options.env };
  const system = cleanUp.use(await startSystem({ ...options, env }));
  const database = cleanUp.use(
    createDatabase({ url: system.databaseUrl, max: 2, applicationName: "test" }),
  );
  const ctx = contextOn(database);
  const organizationId = await anOrganization(ctx);
  const owned = cleanUp.move();
  return {
    system,
    database,
    ctx,
    url: system.apis[0]?.url ?? "",
    organizationId,
    tokenOf: (user) => tokenFor(system.tokens, user),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A stage for all tests of the calling file, with a member who is signed in. */
export function useStage(): Stage & { member: TestUser; token: string } {
  const stage = {} as Stage & { member: TestUser; token: string };
  beforeAll(async () => {
    Object.assign(stage, await setStage());
    stage.member = await aUser(stage.ctx, { organizationId: stage.organizationId });
    stage.token = await stage.tokenOf(stage.member);
  });
  afterAll(() => stage[Symbol.asyncDispose]());
  return stage;
}

/** Where a procedure answers. */
export function procedureUrl(url: string, path: string, search: Record<string, string> = {}) {
  const query = Object.keys(search).length > 0 ? `?${new URLSearchParams(search)}` : "";
  return `${url}/trpc/${path}${query}`;
}

/** Somebody who can sign in with PASSWORD. */
export async function anAccount(
  stage: Stage,
  overrides: Partial<TestUser> = {},
): Promise<TestUser> {
  const passwordHash = await hashPassword(PASSWORD);
  return aUser(stage.ctx, { organizationId: stage.organizationId, passwordHash, ...overrides });
}

type Post = { token?: string | undefined; headers?: Record<string, string>; body?: string };

/** One HTTP request, exactly as given; JSON unless the headers say otherwise. */
export async function send(url: string, { token, headers = {}, body }: Post = {}) {
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    redirect: "manual",
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const isStream = response.headers.get("content-type") === "text/event-stream";
  if (isStream) await response.body?.cancel();
  const text = isStream ? "" : await response.text();
  return { status: response.status, headers: response.headers, text };
}

/** The value of one series of a process's metrics. */
export async function readMetric(metricsUrl: string, series: string): Promise<number> {
  const { text } = await send(metricsUrl);
  const line = text.split("\n").find((each) => each.startsWith(`${series} `));
  return line === undefined ? 0 : Number(line.slice(series.length + 1));
}
