import { REVIEWED, startExpressApps } from "#bench/contenders/express-apps.ts";
import { startTsudoi, type Tsudoi } from "#bench/contenders/tsudoi.ts";
import type { Round } from "#bench/load/round.ts";
import { makePeople, type Person } from "#bench/people.ts";
import { type Metered, runMetered, type Target } from "#bench/stage/meter.ts";
import type { Stage } from "#bench/stage/stage.ts";
import { crowdEvent, crowdReviewedEvent } from "./crowded-events.ts";
import { type Export, readExports } from "./people-exports.ts";
import { measureRaises, type Raise } from "./people-raises.ts";

export type PeopleReading = { title: string; metered: Metered };
export type PeopleScores = { readings: PeopleReading[]; exports: Export[]; raises: Raise[] };

const LIMIT = 50;
/** A cursor as the API writes it. */
const after = (position: number) => Buffer.from(JSON.stringify([position])).toString("base64url");

/** An event of very many people, as its organisers look at it, take it out, and give it more seats. */
export async function measurePeople(stage: Stage): Promise<PeopleScores> {
  const { settings } = stage;
  stage.say("people: preparing an event and everybody in it");
  const people = makePeople(settings.crowded.people);
  await using tsudoi = await startTsudoi(stage, {
    name: "people",
    people,
    organizers: settings.crowded.organizers,
  });
  const half = Math.floor(people.length / 2);
  const eventId = await crowdEvent(tsudoi, { seats: half, waiting: people.length - half });
  const readings = await readAll(stage, { tsudoi, people, eventId });
  const exports = await readExports(stage, { tsudoi, eventId });
  const raises = await measureRaises(stage, tsudoi);
  return { readings, exports, raises };
}

type Crowded = { tsudoi: Tsudoi; people: Person[]; eventId: string };

async function readAll(
  stage: Stage,
  { tsudoi, people, eventId }: Crowded,
): Promise<PeopleReading[]> {
  await using express = await startExpressApps(stage, {
    name: "people_express",
    people,
    variants: [REVIEWED],
  });
  const [reviewed] = express.contenders;
  if (reviewed === undefined) throw new Error("the reviewed design was not started");
  const theirs = await crowdReviewedEvent(reviewed.database.sql, people);
  const readings: PeopleReading[] = [];
  const organizers = { ...tsudoi, people: tsudoi.organizers };
  for (const [title, path] of pathsOf(eventId, people.length)) {
    readings.push({ title, metered: await read(stage, organizers, path) });
    stage.say(`people: ${title}`);
  }
  // It goes on with a list that nobody waits for any more: ours comes first.
  const everybody = `/api/events/${theirs}/registrations`;
  readings.push({
    title: `${reviewed.title}: all of them, a query for each`,
    metered: await read(stage, reviewed, everybody),
  });
  return readings;
}

function pathsOf(eventId: string, count: number): [title: string, path: string][] {
  const path = (procedure: string, more: object) =>
    `/trpc/registrations.${procedure}?input=${encodeURIComponent(JSON.stringify({ eventId, ...more }))}`;
  const list = (more: object) => path("listForEvent", { limit: LIMIT, order: "number", ...more });
  return [
    ["the first page", list({})],
    ["the last page", list({ cursor: after(count - LIMIT) })],
    ["search that finds one person", list({ text: `person-${count - 1}@` })],
    ["search that finds nobody", list({ text: "nobody" })],
    ["who waits", list({ status: "waitlisted" })],
    ["the end of the queue", list({ order: "queue", cursor: after(count - LIMIT) })],
    ["how many stand where", path("countForEvent", {})],
  ];
}

/** One call after the other: what is asked for is a time, not a throughput. */
async function read(
  stage: Stage,
  target: Target & { people: string },
  path: string,
): Promise<Metered> {
  const { calls, giveUpSeconds } = stage.settings.crowded;
  const round: Omit<Round, "port"> = {
    lines: 1,
    calls,
    method: "GET",
    paths: [path],
    people: target.people,
    pace: "closed",
    seconds: giveUpSeconds,
    giveUpSeconds,
  };
  return await runMetered(stage, target, round);
}
