import type { EventRole } from "@tsudoi/shared/permissions.ts";
import { describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent, TestUser } from "#test/builders.ts";
import { eventLog } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";
import { removeOrganizer } from "./remove-organizer.ts";

const stage = useStage();

async function aHelper(event: TestEvent, role: EventRole): Promise<TestUser> {
  const helper = await stage.aMember();
  const { organizationId } = stage;
  await stage.ctx.db
    .insert(eventOrganizers)
    .values({ organizationId, eventId: event.id, userId: helper.id, role });
  return helper;
}

const remove = (event: TestEvent, who: TestUser, by: TestUser = stage.owner) =>
  removeOrganizer(stage.as(actorOf(by)), { eventId: event.id, apply: "this", userId: who.id });

const rightsIn = (event: TestEvent, who: TestUser) =>
  reasonOf(getEvent(stage.as(actorOf(who)), { eventId: event.id }));

describe("events.removeOrganizer", () => {
  test("does the thing: a draft is no longer theirs to see", async () => {
    const event = await stage.anEvent({ status: "draft", publishedAt: null });
    const helper = await aHelper(event, "editor");
    expect(await rightsIn(event, helper)).toBe("no refusal");
    expect(await remove(event, helper)).toEqual({ userId: helper.id });
    expect(await rightsIn(event, helper)).toBe("NOT_FOUND");
    expect(await eventLog(stage.ctx, event.id)).toEqual([
      { action: "events.removeOrganizer", actorId: stage.owner.id },
    ]);
    expect(await reasonOf(remove(event, helper))).toBe("NOT_FOUND");
  });

  test("the last owner stays", async () => {
    const event = await stage.anEvent();
    await aHelper(event, "editor");
    expect(await reasonOf(remove(event, stage.owner))).toBe("STATE_CONFLICT");
    await aHelper(event, "owner");
    expect(await reasonOf(remove(event, stage.owner))).toBe("no refusal");
  });

  test("is for owners and administrators", async () => {
    const event = await stage.anEvent();
    for (const role of ["editor", "checkin", "viewer"] as const) {
      const helper = await aHelper(event, role);
      expect(await reasonOf(remove(event, helper, helper))).toBe("FORBIDDEN");
    }
    const admin = await stage.aMember({ role: "admin" });
    expect(await reasonOf(remove(event, await aHelper(event, "viewer"), admin))).toBe("no refusal");
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const stranger = await stage.aMember({ role: "organizer" });
    expect(await reasonOf(remove(event, stage.owner, stranger))).toBe("NOT_FOUND");
    const input = { eventId: event.id, apply: "this" as const, userId: stage.owner.id };
    expect(await reasonOf(removeOrganizer(stage.as({ kind: "anonymous" }), input))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  test("survives a race: two owners who remove each other leave one", async () => {
    const event = await stage.anEvent();
    const other = await aHelper(event, "owner");
    const ends = await Promise.all([
      reasonOf(remove(event, other, stage.owner)),
      reasonOf(remove(event, stage.owner, other)),
    ]);
    // Whoever came second is no organiser any more, or finds that they are the last one.
    expect(ends.filter((end) => end === "no refusal")).toHaveLength(1);
    const admin = stage.as(actorOf(await stage.aMember({ role: "admin" })));
    expect((await getEvent(admin, { eventId: event.id })).organizers).toHaveLength(1);
  });
});
