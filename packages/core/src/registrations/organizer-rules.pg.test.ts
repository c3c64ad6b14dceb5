import { HOUR } from "@tsudoi/shared/time.ts";
import { afterEach, describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { refusalOf } from "#test/event-changes.ts";
import { auditOf, expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { approve } from "./approve.ts";
import { cancel } from "./cancel.ts";
import { decideMany } from "./decide-many.ts";
import { move } from "./move.ts";
import { reject } from "./reject.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const owner = () => stage.as(actorOf(stage.owner));
const end = ({ endsAt }: TestEvent) => stage.setNow(endsAt);
const over = { reason: "STATE_CONFLICT", details: { fields: { status: "over" } } };

describe("an event that is over", () => {
  test("gives nobody a seat by approval, alone or among many, and rejecting is a record", async () => {
    const event = await stage.anEvent({ approval: true });
    const guests = await someGuests(stage, event, 3);
    const [first, second] = guests.map(({ registrationId }) => registrationId);
    stage.setNow(new Date(event.endsAt.getTime() - HOUR));
    await approve(owner(), { registrationId: guests[2]!.registrationId });
    end(event);
    expect(await refusalOf(approve(owner(), { registrationId: first! }))).toMatchObject(over);
    const many = { eventId: event.id, registrationIds: [first!, second!] };
    expect(await decideMany(owner(), { ...many, decision: "approve" })).toEqual({
      done: 0,
      refused: many.registrationIds.map((registrationId) => ({
        registrationId,
        reason: "STATE_CONFLICT",
      })),
    });
    await reject(owner(), { registrationId: first! });
    expect(await statusesOf(stage.ctx, guests)).toEqual(["rejected", "pending", "confirmed"]);
    expect(await kindsTold(stage.ctx, guests[0]!)).toEqual(["registrations.confirmation"]);
    await expectSound(stage.ctx, event);
  });

  test.each(["confirmed", "first", "last"] as const)("moves nobody: %s", async (to) => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 3);
    end(event);
    const { registrationId } = guests[2]!;
    expect(await refusalOf(move(owner(), { registrationId, to }))).toMatchObject(over);
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "waitlisted", "waitlisted"]);
  });

  test("keeps a record of who did not come, and writes to nobody of it", async () => {
    const event = await stage.anEvent();
    const guests = await someGuests(stage, event, 2);
    const [before, after] = guests;
    const cancelled = [];
    for (const { registrationId } of guests) {
      cancelled.push((await cancel(owner(), { registrationId })).registration.status);
      end(event);
    }
    expect(cancelled).toEqual(["cancelled", "cancelled"]);
    expect(await kindsTold(stage.ctx, before!)).toContain("registrations.cancellation");
    expect(await kindsTold(stage.ctx, after!)).toEqual(["registrations.confirmation"]);
    expect(await auditOf(stage.ctx, after!)).toContainEqual({
      action: "registrations.cancel",
      actorId: stage.owner.id,
    });
    await expectSound(stage.ctx, event);
  });
});
