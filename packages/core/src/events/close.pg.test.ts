import { describe, expect, test } from "vitest";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { eventLog, refusalOf } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { close } from "./close.ts";

const stage = useStage();

const shut = ({ id }: { id: string }, person = stage.owner) =>
  close(stage.as(actorOf(person)), { eventId: id });

describe("events.close", () => {
  test("does the thing: who has a place keeps it, nobody else gets one", async () => {
    const event = await stage.anEvent();
    const guests = await someGuests(stage, event, 1);
    expect(await shut(event)).toMatchObject({ status: "closed", version: 2 });
    const late = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(register(late, { eventId: event.id }))).toBe("REGISTRATION_CLOSED");
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed"]);
    expect(await eventLog(stage.ctx, event.id)).toEqual([
      { action: "events.close", actorId: stage.owner.id },
    ]);
  });

  test("is for what takes registrations", async () => {
    for (const status of ["draft", "closed", "cancelled", "archived"] as const) {
      const event = await stage.anEvent({ status });
      expect(await refusalOf(shut(event))).toMatchObject({
        reason: "STATE_CONFLICT",
        details: { fields: { status } },
      });
    }
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    expect(await reasonOf(shut(event, await stage.aMember({ role: "organizer" })))).toBe(
      "NOT_FOUND",
    );
    expect(await reasonOf(close(stage.as({ kind: "anonymous" }), { eventId: event.id }))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  test("survives a race", async () => {
    const event = await stage.anEvent();
    const ends = await Promise.all(Array.from({ length: 5 }, () => reasonOf(shut(event))));
    expect(ends.toSorted()).toEqual([...Array(4).fill("STATE_CONFLICT"), "no refusal"]);
  });
});
