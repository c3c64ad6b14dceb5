import {
  insertReviewedEvents,
  REVIEWED,
  startExpressApps,
} from "#bench/contenders/express-apps.ts";
import { insertEvents, startTsudoi, type Tsudoi } from "#bench/contenders/tsudoi.ts";
import { makePeople, type Person } from "#bench/people.ts";
import { type Metered, runMetered, type Target } from "#bench/stage/meter.ts";
import type { Stage } from "#bench/stage/stage.ts";
import { percentile } from "#bench/statistics.ts";
import { toCount, toMs, toRatio, toTable } from "#bench/table.ts";

type Listing = { title: string; size: number; metered: Metered };

const PEOPLE = 100;
const SEATS = 100;
const MOST_CALLS = 100_000;

/** The events to come: our first page against all of them with a query for each, however many there are. */
export async function measureList(stage: Stage): Promise<Listing[]> {
  const listings: Listing[] = [];
  for (const size of stage.settings.list.sizes) listings.push(...(await measureSize(stage, size)));
  return listings;
}

async function measureSize(stage: Stage, size: number): Promise<Listing[]> {
  const people = makePeople(PEOPLE);
  stage.say(`list: preparing ${toCount(size)} events`);
  await using tsudoi = await startTsudoi(stage, { name: `list_${size}`, people });
  await using express = await startExpressApps(stage, {
    name: `list_express_${size}`,
    people,
    variants: [REVIEWED],
  });
  const [reviewed] = express.contenders;
  if (reviewed === undefined) throw new Error("the reviewed design was not started");
  await fillTsudoi(stage, tsudoi, size);
  await fillReviewed(stage, { ...reviewed, guests: people }, size);
  const ours = {
    ...tsudoi,
    title: "Tsudoi, its first page",
    path: "/trpc/events.list?input=%7B%7D",
  };
  const theirs = { ...reviewed, path: "/api/events" };
  const listings: Listing[] = [];
  // A list that nobody waits for any more keeps its server busy: ours comes first.
  for (const list of [ours, theirs]) {
    listings.push({ title: list.title, size, metered: await readList(stage, list) });
    stage.say(`list  ${toCount(size)} events: ${list.title}`);
  }
  return listings.reverse();
}

type List = Target & { people: string; path: string };

async function readList(stage: Stage, list: List): Promise<Metered> {
  const { callers, seconds, giveUpSeconds } = stage.settings.list;
  const read = (load: { lines: number; calls: number }) =>
    runMetered(stage, list, {
      ...load,
      method: "GET",
      paths: [list.path],
      people: list.people,
      pace: "closed",
      seconds,
      giveUpSeconds,
    });
  const first = await read({ lines: 1, calls: 1 });
  const isAnswered = Number.isFinite(first.latencies[0]);
  return isAnswered ? await read({ lines: callers, calls: MOST_CALLS }) : first;
}

async function fillTsudoi({ settings }: Stage, tsudoi: Tsudoi, count: number): Promise<void> {
  const { sql } = tsudoi.database;
  const { organizationId } = tsudoi;
  const eventIds = await insertEvents(sql, { ...tsudoi, capacity: SEATS, count });
  const busy = eventIds.slice(0, Math.ceil(settings.list.registrations / PEOPLE));
  await sql`
    insert into registrations (organization_id, event_id, user_id, status, seq, number)
    select ${organizationId}, event_id, users.id, 'confirmed', n, n
    from unnest(${busy}::uuid[]) as event_id,
      (select id, row_number() over (order by id) as n from users) as users`;
  await sql`
    update events set seats_taken = ${PEOPLE}, seq = ${PEOPLE}, last_number = ${PEOPLE}
    where organization_id = ${organizationId} and id = any(${busy}::uuid[])`;
  await sql`vacuum analyze events, registrations`;
}

async function fillReviewed(
  { settings }: Stage,
  { database: { sql }, guests }: Target & { guests: Person[] },
  count: number,
): Promise<void> {
  const eventIds = await insertReviewedEvents(sql, { capacity: SEATS, count });
  const busy = eventIds.slice(0, Math.ceil(settings.list.registrations / guests.length));
  await sql`
    insert into registrations (event_id, user_id, status)
    select event_id, user_id, 'registered'
    from unnest(${busy}::uuid[]) as event_id, unnest(${guests.map(({ id }) => id)}::uuid[]) as user_id`;
  await sql`vacuum analyze events, registrations`;
}

export function reportList(listings: Listing[], { settings }: Stage): string {
  const { callers, giveUpSeconds, registrations } = settings.list;
  return [
    "## list: the events to come",
    "",
    `${callers} callers, each calls again once answered; ${toCount(registrations)} registrations; after ${giveUpSeconds} s nobody waits any more.`,
    "",
    toTable(
      ["design", "events", "p50 ms", "p95 ms", "statements/call", "KB/call", "server µs/call"],
      listings.map(({ title, size, metered }) => [
        title,
        toCount(size),
        ...[0.5, 0.95].map((share) => toMs(percentile(metered.latencies.toSorted(), share))),
        toRatio(metered.statements / metered.latencies.length),
        toRatio(metered.bytes / metered.latencies.length / 1_024),
        toCount((1e6 * metered.cpu.server) / metered.latencies.length),
      ]),
    ),
  ].join("\n");
}
