import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { auditOf, expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { register } from "./register.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

describe("registrations.cancel", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const [first, second, third] = await someGuests(stage, event, 3);
    const { registration } = await cancel(first!.ctx, { registrationId: first!.registrationId });
    expect(registration).toMatchObject({ status: "cancelled", number: "0001" });
    expect(await statusesOf(stage.ctx, [first!, second!, third!])).toEqual([
      "cancelled",
      "confirmed",
      "waitlisted",
    ]);
    await expectSound(stage.ctx, event);
    expect(await kindsTold(stage.ctx, first!)).toEqual([
      "registrations.confirmation",
      "registrations.cancellation",
    ]);
    expect(await kindsTold(stage.ctx, second!)).toEqual([
      "registrations.confirmation",
      "registrations.promotion",
    ]);
    expect(await auditOf(stage.ctx, first!)).toContainEqual({
      action: "registrations.cancel",
      actorId: first!.person.id,
    });
    expect(await auditOf(stage.ctx, second!)).toContainEqual({
      action: "registrations.passSeats",
      actorId: null,
    });
  });

  test("whoever left may come again, behind those who wait", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const [first] = await someGuests(stage, event, 2);
    await cancel(first!.ctx, { registrationId: first!.registrationId });
    const again = await register(first!.ctx, { eventId: event.id });
    expect(again.registration).toMatchObject({ status: "waitlisted", position: 1 });
    await expectSound(stage.ctx, event);
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const [guest] = await someGuests(stage, event, 1);
    const input = { registrationId: guest!.registrationId };
    const other = stage.as(actorOf(await stage.aMember()));
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    expect(await reasonOf(cancel(other, input))).toBe("NOT_FOUND");
    expect(await reasonOf(cancel(stage.as(actorOf(elsewhere)), input))).toBe("NOT_FOUND");
    expect(await reasonOf(cancel(stage.as({ kind: "anonymous" }), input))).toBe("NOT_SIGNED_IN");
    expect(await statusesOf(stage.ctx, [guest!])).toEqual(["confirmed"]);
  });

  test("refuses a confirmed person after the deadline, and nobody who waits", async () => {
    const startsAt = new Date(Date.now() + DAY);
    const cancelUntil = new Date(startsAt.getTime() - 6 * HOUR);
    const event = await stage.anEvent({
      startsAt,
      capacity: 1,
      waitlistMode: "automatic",
      cancelUntil,
    });
    const [seated, waiting] = await someGuests(stage, event, 2);
    stage.setNow(cancelUntil);
    const late = cancel(seated!.ctx, { registrationId: seated!.registrationId });
    await expect(late).rejects.toMatchObject({
      reason: "CANCEL_DEADLINE_PASSED",
      details: { fields: { cancelUntil: cancelUntil.toISOString() } },
    });
    await cancel(waiting!.ctx, { registrationId: waiting!.registrationId });
    expect(await statusesOf(stage.ctx, [seated!, waiting!])).toEqual(["confirmed", "cancelled"]);
  });

  test("the organiser ends a registration after the deadline too, and says why", async () => {
    const event = await stage.anEvent({ cancelUntil: new Date(Date.now() - HOUR) });
    const [guest] = await someGuests(stage, event, 1);
    await cancel(stage.as(actorOf(stage.owner)), {
      registrationId: guest!.registrationId,
      reason: "部屋が変わりました",
    });
    expect(await statusesOf(stage.ctx, [guest!])).toEqual(["cancelled"]);
    const [row] = await stage.ctx.db.execute(sql`
      select ended_by, reason from registrations where id = ${guest!.registrationId}`);
    expect(row).toEqual({ ended_by: "organizer", reason: "部屋が変わりました" });
  });

  test("an organiser who comes too gives their own place back after the deadline, as any other", async () => {
    const event = await stage.anEvent({ cancelUntil: new Date(Date.now() - HOUR) });
    const asOwner = stage.as(actorOf(stage.owner));
    const { registration } = await register(asOwner, { eventId: event.id });
    await cancel(asOwner, { registrationId: registration.id });
    const [row] = await stage.ctx.db.execute(sql`
      select status, ended_by from registrations where id = ${registration.id}`);
    expect(row).toEqual({ status: "cancelled", ended_by: "attendee" });
  });

  test("refuses a second time", async () => {
    const event = await stage.anEvent();
    const [guest] = await someGuests(stage, event, 1);
    await cancel(guest!.ctx, { registrationId: guest!.registrationId });
    const again = cancel(guest!.ctx, { registrationId: guest!.registrationId });
    expect(await reasonOf(again)).toBe("STATE_CONFLICT");
    await expectSound(stage.ctx, event);
  });

  test("gives nobody a seat at what has begun", async () => {
    const startsAt = new Date(Date.now() + HOUR);
    const event = await stage.anEvent({ startsAt, capacity: 1, waitlistMode: "automatic" });
    const [seated, waiting] = await someGuests(stage, event, 2);
    stage.setNow(new Date(startsAt.getTime() + 1));
    await cancel(stage.as(actorOf(stage.owner)), { registrationId: seated!.registrationId });
    expect(await statusesOf(stage.ctx, [waiting!])).toEqual(["waitlisted"]);
  });

  test("while people may still come, what has begun passes its seats on too", async () => {
    const startsAt = new Date(Date.now() + HOUR);
    const event = await stage.anEvent({
      startsAt,
      endsAt: new Date(startsAt.getTime() + DAY),
      registrationClosesAt: new Date(startsAt.getTime() + DAY / 2),
      capacity: 1,
      waitlistMode: "automatic",
    });
    const [seated, waiting] = await someGuests(stage, event, 2);
    stage.setNow(new Date(startsAt.getTime() + 1));
    await cancel(stage.as(actorOf(stage.owner)), { registrationId: seated!.registrationId });
    expect(await statusesOf(stage.ctx, [waiting!])).toEqual(["confirmed"]);
    await expectSound(stage.ctx, event);
  });

  test("survives a race", async () => {
    const event = await stage.anEvent({ capacity: 5, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 15);
    const ends = await Promise.all(
      guests
        .slice(0, 10)
        .flatMap((guest) => [guest, guest])
        .map((guest) => reasonOf(cancel(guest.ctx, { registrationId: guest.registrationId }))),
    );
    expect(ends.filter((end) => end === "no refusal")).toHaveLength(10);
    expect(await statusesOf(stage.ctx, guests.slice(10))).toEqual(Array(5).fill("confirmed"));
    await expectSound(stage.ctx, event);
  });
});
