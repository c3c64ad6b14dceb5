import { setTimeout as wait } from "node:timers/promises";
import { anEvent, aUser, someUsers, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { type Asked, ask } from "./ask.ts";
import type { Deployment } from "./deployment.ts";

const READERS = 4;
const MOST_READERS = 40;
const BOOKERS = 2;
const PEOPLE = 1_000;
/** Between two calls of one caller: the load lasts, and leaves the machine room for what it is about. */
const PAUSE_MS = 15;
/** How long a client waits before it sends the same again. */
const AGAIN_MS = 100;
const PATIENCE_MS = 8_000;

export type Load = {
  event: TestEvent;
  /** How each read ended; each was asked once. */
  reads: number[];
  /** How each booking ended, and in how many tries with one key. */
  bookings: { end: string; tries: number }[];
};

/** People who read and book through the proxy for as long as something happens to what is behind it. */
export async function underLoad(
  site: Deployment,
  happens: (load: Load) => Promise<void>,
): Promise<Load> {
  const owner = await aUser(site.ctx, { organizationId: site.organizationId });
  const event = await anEvent(site.ctx, owner, { capacity: PEOPLE });
  const people = await someUsers(site.ctx, PEOPLE, { organizationId: site.organizationId });
  const load: Load = { event, reads: [], bookings: [] };
  let goesOn = true;
  // More than one, so that nobody reads more often than the rate limits allow.
  const tokens = await Promise.all(people.slice(0, MOST_READERS).map(site.tokenOf));
  const input = encodeURIComponent(JSON.stringify({ eventId: event.id }));
  const read = async () => {
    for (let turn = 0; goesOn; turn += 1) {
      const headers = { authorization: `Bearer ${tokens[turn % tokens.length]}` };
      const url = `${site.url}/trpc/events.get?input=${input}`;
      load.reads.push(await ask(url, { headers }).then(({ status }) => status, broken));
      await wait(PAUSE_MS);
    }
  };
  const book = async () => {
    for (let person = people.pop(); goesOn && person !== undefined; person = people.pop()) {
      load.bookings.push(await bookOnce(site, event.id, await site.tokenOf(person)));
      await wait(PAUSE_MS);
    }
  };
  const loops = [
    ...Array.from({ length: READERS }, read),
    ...Array.from({ length: BOOKERS }, book),
  ];
  try {
    await happens(load);
  } finally {
    goesOn = false;
    await Promise.all(loops);
  }
  return load;
}

const broken = () => 0;
const FIRST_OF_THE_SERVER = 500;

/** As our clients do: where nobody knows whether a booking arrived, the same one again with the same key. */
async function bookOnce(site: Deployment, eventId: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, "idempotency-key": "one-intention" };
  const body = JSON.stringify({ eventId });
  const until = performance.now() + PATIENCE_MS;
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(`${site.url}/trpc/registrations.register`, { headers, body }).catch(
      () => undefined,
    );
    if (answer !== undefined && answer.status < FIRST_OF_THE_SERVER)
      return { end: endOf(answer), tries };
    if (performance.now() > until) return { end: `given up: ${answer?.status}`, tries };
    await wait(AGAIN_MS);
  }
}

function endOf({ text }: Asked): string {
  const { result, error } = JSON.parse(text);
  return result?.data.registration.status ?? error.data.reason;
}
