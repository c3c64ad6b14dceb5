import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { countForEvent } from "./count-for-event.ts";

const stage = useStage();

describe("registrations.countForEvent", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer" });
    const [first] = await someGuests(stage, event, 3);
    await cancel(first!.ctx, { registrationId: first!.registrationId });
    const counts = await countForEvent(stage.as(actorOf(stage.owner)), { eventId: event.id });
    expect(counts).toMatchObject({ cancelled: 1, offered: 1, waitlisted: 1, confirmed: 0 });
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const other = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    expect(await reasonOf(countForEvent(other, { eventId: event.id }))).toBe("NOT_FOUND");
  });
});
