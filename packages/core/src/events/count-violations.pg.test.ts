import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { register } from "#core/registrations/register.ts";
import { actorOf, createTestBed, type TestBed } from "#test/bed.ts";
import { anEvent, anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { countViolations } from "./count-violations.ts";

let bed: TestBed;
let owner: TestUser;
beforeAll(async () => {
  bed = await createTestBed();
  owner = await aUser(bed.ctx, {
    organizationId: await anOrganization(bed.ctx),
    role: "organizer",
  });
});
afterAll(() => bed[Symbol.asyncDispose]());

async function aFullEvent(): Promise<TestEvent> {
  const event = await anEvent(bed.ctx, owner, { capacity: 1, waitlistMode: "automatic" });
  for (let index = 0; index < 3; index += 1) {
    const person = await aUser(bed.ctx, { organizationId: owner.organizationId });
    await register(bed.as(actorOf(person)), { eventId: event.id });
  }
  return event;
}

describe("events/count-violations", () => {
  test("finds nothing where everything is counted right", async () => {
    await aFullEvent();
    expect(await countViolations(bed.ctx)).toEqual({ seats_counter: 0, seats_over_capacity: 0 });
  });

  test("finds a seat too many, a seat too few and a miscounted waitlist", async () => {
    const [over, under, waiting] = [await aFullEvent(), await aFullEvent(), await aFullEvent()];
    await bed.ctx.db.execute(sql`
      update registrations set status = 'confirmed', queue_no = null where event_id = ${over.id}`);
    expect(await countViolations(bed.ctx)).toEqual({ seats_counter: 1, seats_over_capacity: 1 });
    await bed.ctx.db.execute(sql`update events set seats_taken = 0 where id = ${under.id}`);
    await bed.ctx.db.execute(sql`update events set waitlist_length = 0 where id = ${waiting.id}`);
    expect(await countViolations(bed.ctx)).toEqual({ seats_counter: 3, seats_over_capacity: 1 });
  });
});
