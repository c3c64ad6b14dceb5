import { randomBytes } from "node:crypto";
import { migrate } from "@tsudoi/core/db/migrate.ts";
import { parseSecrets } from "@tsudoi/core/platform/secrets.ts";
import { createTokens, type Tokens } from "@tsudoi/core/platform/tokens.ts";
import type { Sql } from "postgres";
import type { Person } from "#bench/people.ts";
import { type BenchDatabase, createBenchDatabase } from "#bench/stage/database.ts";
import { type ServerProcess, startServer } from "#bench/stage/server-process.ts";
import type { Stage } from "#bench/stage/stage.ts";
import type { Contender } from "./contender.ts";

/** One API process on a database of its own, with everyone's access tokens in the generator's hands. */
export type Tsudoi = AsyncDisposable & {
  database: BenchDatabase;
  server: ServerProcess;
  organizationId: string;
  ownerId: string;
  /** The name under which the generator knows the tokens. */
  people: string;
  /** And that of those who organise. */
  organizers: string;
  organizerIds: string[];
  organizerToken: string;
  /** What a further process needs to join. */
  env: Record<string, string>;
};

const API_MAIN = new URL("../../../api/src/main.ts", import.meta.url);

export async function startTsudoi(
  stage: Stage,
  { name, people, organizers = 1 }: { name: string; people: Person[]; organizers?: number },
): Promise<Tsudoi> {
  await using parts = new AsyncDisposableStack();
  const database = parts.use(await createBenchDatabase(stage.postgresUrl, name));
  await migrate(database.url);
  const organizationId = await insertPeople(database.sql, people);
  const secrets = randomBytes(32).toString("base64url");
  const tokens = createTokens(parseSecrets(secrets));
  const signed = await signTokens(tokens, { organizationId, people });
  await stage.generator.introduce(name, signed);
  await stage.generator.introduce(`${name}_organizers`, signed.slice(0, organizers));
  const env = {
    DATABASE_URL: database.url,
    REDIS_URL: stage.redisUrl,
    SECRETS: secrets,
    PORT: "0",
    METRICS_PORT: "0",
    EMBEDDED: "1",
    // The generator plays the proxy: limits by address see as many addresses as people.
    TRUST_PROXY: "1",
    LOG_LEVEL: "info",
  };
  const server = parts.use(
    await startServer({
      name: "the API",
      main: API_MAIN,
      env,
      nodeArgs:
        stage.profileDir === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${stage.profileDir}`],
    }),
  );
  const owned = parts.move();
  return {
    database,
    server,
    organizationId,
    ownerId: people[0]?.id ?? "",
    people: name,
    organizers: `${name}_organizers`,
    organizerIds: people.slice(0, organizers).map(({ id }) => id),
    organizerToken: signed[0] ?? "",
    env,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Our registration of a seat, as any outside caller would ask for it. */
export function tsudoiContender({ database, server, ...system }: Tsudoi): Contender {
  return {
    title: "Tsudoi, one API process",
    kind: "ours",
    server,
    people: system.people,
    database,
    async openEvent(capacity) {
      await database.sql`truncate registrations, notifications, outbox, audit_log, idempotency_keys`;
      const [eventId = ""] = await insertEvents(database.sql, { ...system, capacity, count: 1 });
      return eventId;
    },
    register: (eventId) => ({
      method: "POST",
      paths: ["/trpc/registrations.register"],
      body: JSON.stringify({ eventId }),
    }),
    async countSeats(eventId) {
      const [row] = await database.sql<{ seats: number }[]>`
        select count(*)::int as seats from registrations
        where event_id = ${eventId} and status = 'confirmed'`;
      return row?.seats ?? 0;
    },
  };
}

/** What the same server answers at most: a procedure that asks the database nothing. */
export function ceilingContender({ database, server, people }: Tsudoi): Contender {
  return {
    title: "no-op of the same server (`system.info`)",
    kind: "ceiling",
    server,
    people,
    database,
    openEvent: async () => "",
    register: () => ({ method: "GET", paths: ["/trpc/system.info"] }),
    countSeats: async () => 0,
  };
}

async function insertPeople(sql: Sql, people: Person[]): Promise<string> {
  const [organization] = await sql<{ id: string }[]>`
    insert into organizations (name_ja, name_en, locale, time_zone)
    values ('試験株式会社', 'Test Inc.', 'ja', 'Asia/Tokyo')
    returning id`;
  const organizationId = organization?.id ?? "";
  await sql`
    insert into categories (organization_id, slug, name_ja, name_en)
    values (${organizationId}, 'seminar', 'セミナー', 'Seminar')`;
  await sql`
    insert into users (organization_id, id, email, family_name, given_name, locale, time_zone)
    select ${organizationId}, person.id, person.email, '試験', person.name, 'ja', 'Asia/Tokyo'
    from unnest(
      ${people.map(({ id }) => id)}::uuid[],
      ${people.map(({ email }) => email)}::text[],
      ${people.map(({ name }) => name)}::text[]
    ) as person (id, email, name)`;
  await sql`vacuum analyze users`;
  return organizationId;
}

async function signTokens(
  tokens: Tokens,
  { organizationId, people }: { organizationId: string; people: Person[] },
): Promise<string[]> {
  const now = new Date();
  const signed = await Promise.all(
    people.map(({ id }) =>
      tokens.signAccess({ organizationId, userId: id, role: "member", sessionId: id }, now),
    ),
  );
  return signed.map(({ accessToken }) => accessToken);
}

type NewEvents = { organizationId: string; ownerId: string; capacity: number; count: number };

/** Published events that take registrations now, one starting every five minutes from next week on. */
export async function insertEvents(sql: Sql, events: NewEvents): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    insert into events
      (organization_id, created_by, title_ja, title_en, category_slug, status, published_at, starts_at, ends_at,
        time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode, approval)
    select ${events.organizationId}::uuid, ${events.ownerId}::uuid, '人気のセミナー ' || n, 'A sought-after seminar ' || n,
      'seminar', 'published', now(), start, start + interval '2 hours', 'Asia/Tokyo', now() - interval '1 minute',
      start, ${events.capacity}, 'none', false
    from generate_series(1, ${events.count}) as n,
      lateral (select now() + interval '7 days' + n * interval '5 minutes' as start) as times
    order by n
    returning id`;
  await sql`analyze events`;
  return rows.map(({ id }) => id);
}
