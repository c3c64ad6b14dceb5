import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import type { Stage } from "./stage.ts";

export type Place = { person: TestUser; registrationId: string };

/** Somebody else does something, over the wire. */
export async function asks<Answer>(
  stage: Stage,
  person: TestUser,
  request: [procedure: string, input: unknown],
): Promise<Answer> {
  const token = await tokenFor(stage.system.tokens, person);
  const answer = await call<Answer>(stage.url, request, { token });
  if (!answer.ok) throw new Error(`${request[0]} was refused: ${answer.reason}`);
  return answer.data;
}

export async function joins(stage: Stage, person: TestUser, eventId: string): Promise<Place> {
  const answer = await asks<Registered>(stage, person, ["registrations.register", { eventId }]);
  return { person, registrationId: answer.registration.id };
}

export async function leaves(stage: Stage, { person, registrationId }: Place): Promise<void> {
  await asks(stage, person, ["registrations.cancel", { registrationId }]);
}

/** People nobody needs to know. */
export async function othersJoin(stage: Stage, eventId: string, count: number): Promise<Place[]> {
  const places: Place[] = [];
  for (let one = 0; one < count; one += 1) {
    places.push(await joins(stage, await stage.newPerson({}), eventId));
  }
  return places;
}
