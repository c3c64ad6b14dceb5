import type { DecideManyInput } from "@tsudoi/shared/registrations.ts";
import { describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, type Guest, setDisabled, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { decideMany } from "./decide-many.ts";

const stage = useStage();

function decide(eventId: string, guests: Guest[], decision: DecideManyInput["decision"]) {
  return decideMany(stage.as(actorOf(stage.owner)), {
    eventId,
    registrationIds: guests.map((guest) => guest.registrationId),
    decision,
  });
}

describe("registrations.decideMany", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 2 });
    const guests = await someGuests(stage, event, 4);
    const answer = await decide(event.id, guests.slice(0, 3), "approve");
    expect(answer).toEqual({
      done: 2,
      refused: [{ registrationId: guests[2]!.registrationId, reason: "SOLD_OUT" }],
    });
    expect(await statusesOf(stage.ctx, guests)).toEqual([
      "confirmed",
      "confirmed",
      "pending",
      "pending",
    ]);
    expect(await decide(event.id, guests.slice(2), "reject")).toEqual({ done: 2, refused: [] });
    await expectSound(stage.ctx, event);
  });

  test("disabled accounts are refused a seat, and stand in nobody's way", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer" });
    const guests = await someGuests(stage, event, 3);
    await setDisabled(stage.ctx, guests.slice(1, 2), true);
    await decide(event.id, guests.slice(0, 1), "cancel");
    expect(await statusesOf(stage.ctx, guests)).toEqual(["cancelled", "waitlisted", "offered"]);
    await setDisabled(stage.ctx, guests, true);
    const { refused } = await decide(event.id, guests, "seat");
    expect(refused.map(({ reason }) => reason)).toEqual([
      "STATE_CONFLICT",
      "ACCOUNT_DISABLED",
      "ACCOUNT_DISABLED",
    ]);
    await setDisabled(stage.ctx, guests.slice(2), false);
    expect((await decide(event.id, guests.slice(1), "seat")).done).toBe(1);
    expect(await statusesOf(stage.ctx, guests)).toEqual(["cancelled", "waitlisted", "confirmed"]);
    expect(await decide(event.id, guests.slice(1), "cancel")).toEqual({ done: 2, refused: [] });
    await expectSound(stage.ctx, event);
  });

  test("cancels many, and as many of those who wait get their seats, in order", async () => {
    const event = await stage.anEvent({ capacity: 3, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 6);
    await decide(event.id, [guests[0]!, guests[4]!, guests[2]!], "cancel");
    expect(await statusesOf(stage.ctx, guests)).toEqual([
      "cancelled",
      "confirmed",
      "cancelled",
      "confirmed",
      "cancelled",
      "confirmed",
    ]);
    await expectSound(stage.ctx, event);
  });

  test("needs as many statements for a hundred people as for one", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 200 });
    const guests = await someGuests(stage, event, 101);
    const count = async (some: Guest[]) => {
      const call = { name: "registrations.decideMany", requestId: "", queries: 0 };
      await runInCall(call, () => decide(event.id, some, "approve"));
      return call.queries;
    };
    const one = await count(guests.slice(0, 1));
    expect(await count(guests.slice(1))).toBe(one);
    await expectSound(stage.ctx, event);
  });

  test("rejects a stranger, and who only looks", async () => {
    const event = await stage.anEvent({ approval: true });
    const guests = await someGuests(stage, event, 1);
    const input = {
      eventId: event.id,
      registrationIds: [guests[0]!.registrationId],
      decision: "approve" as const,
    };
    const other = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    expect(await reasonOf(decideMany(other, input))).toBe("NOT_FOUND");
    expect(await statusesOf(stage.ctx, guests)).toEqual(["pending"]);
  });

  test("tells one of another event apart as unknown, and leaves it as it is", async () => {
    const event = await stage.anEvent({ approval: true });
    const elsewhere = await stage.anEvent({ approval: true });
    const [guest] = await someGuests(stage, event, 1);
    const [other] = await someGuests(stage, elsewhere, 1);
    expect(await decide(event.id, [guest!, other!], "approve")).toEqual({
      done: 1,
      refused: [{ registrationId: other!.registrationId, reason: "NOT_FOUND" }],
    });
    expect(await statusesOf(stage.ctx, [guest!, other!])).toEqual(["confirmed", "pending"]);
  });
});
