import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import type { Stage } from "./stage.ts";

export type Guest = { person: TestUser; registrationId: string };

type Asked = [path: string, input: unknown];

/** Does something as this person would, over the wire. */
export function doAs<Data>(stage: Stage, person: TestUser, asked: Asked): Promise<Data> {
  return send(stage, person, { asked, query: false });
}

export function askAs<Data>(stage: Stage, person: TestUser, asked: Asked): Promise<Data> {
  return send(stage, person, { asked, query: true });
}

async function send<Data>(
  stage: Stage,
  person: TestUser,
  { asked, query }: { asked: Asked; query: boolean },
): Promise<Data> {
  const token = await tokenFor(stage.system.tokens, person);
  const answer = await call<Data>(stage.url, asked, { token, query });
  if (!answer.ok) throw new Error(`${asked[0]} was refused: ${answer.reason}`);
  return answer.data;
}

/** People who register one after another, named Guest 1 and so on. */
export async function someGuests(stage: Stage, eventId: string, count: number): Promise<Guest[]> {
  const guests: Guest[] = [];
  for (let place = 1; place <= count; place += 1) {
    const person = await stage.newPerson({ familyName: String(place), givenName: "Guest" });
    const { registration } = await doAs<Registered>(stage, person, [
      "registrations.register",
      { eventId },
    ]);
    guests.push({ person, registrationId: registration.id });
  }
  return guests;
}

export function eventAs(stage: Stage, person: TestUser, eventId: string): Promise<Event> {
  return askAs<Event>(stage, person, ["events.get", { eventId }]);
}
