import { setTimeout as wait } from "node:timers/promises";
import { type Answer, call } from "@tsudoi/core/test/call.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";

export type Attempt = {
  person: string;
  sentAt: number;
  answeredAt: number;
  /** Confirmed, waitlisted or the reason of the refusal; what the person was told in the end. */
  told: string;
  registrationId?: string;
  /** Times the connection broke before an answer came. */
  lost: number;
};

export type Person = { id: string; token: string };

type RushOptions = {
  urls: string[];
  eventId: string;
  people: Person[];
  concurrency: number;
  /** Called after each answer with how many there are. */
  onAnswer?: (answered: number) => void;
};

const MOST_TRIES = 20;
const PAUSE_MS = 50;

/** Every person asks for a seat, so many at a time, spread over the processes; whoever hears nothing asks again with the same key. */
export async function rush(options: RushOptions): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  let next = 0;
  const one = async () => {
    for (let index = next++; index < options.people.length; index = next++) {
      const person = options.people[index];
      if (person === undefined) return;
      attempts.push(await ask(options, person, index));
      options.onAnswer?.(attempts.length);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, one));
  return attempts;
}

async function ask(
  { urls, eventId }: RushOptions,
  person: Person,
  index: number,
): Promise<Attempt> {
  const sentAt = performance.now();
  for (let lost = 0; lost < MOST_TRIES; lost += 1) {
    const url = urls[(index + lost) % urls.length] ?? "";
    try {
      const answer = await register(url, { eventId, person, key: `rush-${eventId}` });
      return {
        person: person.id,
        sentAt,
        answeredAt: performance.now(),
        lost,
        ...(answer.ok
          ? { told: answer.data.registration.status, registrationId: answer.data.registration.id }
          : { told: answer.reason }),
      };
    } catch {
      await wait(PAUSE_MS);
    }
  }
  return {
    person: person.id,
    sentAt,
    answeredAt: performance.now(),
    told: "nothing",
    lost: MOST_TRIES,
  };
}

export function register(
  url: string,
  { eventId, person, key }: { eventId: string; person: Person; key?: string },
): Promise<Answer<Registered>> {
  return call<Registered>(url, ["registrations.register", { eventId }], {
    token: person.token,
    ...(key === undefined ? {} : { headers: { "idempotency-key": key } }),
  });
}
