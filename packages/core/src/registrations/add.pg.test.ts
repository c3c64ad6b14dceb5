import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, kindsTold, someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { add } from "./add.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));

describe("registrations.add", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ registrationClosesAt: new Date(Date.now() - HOUR / 2) });
    const person = await stage.aMember();
    const { registration } = await add(asOwner(), {
      eventId: event.id,
      email: person.email,
      to: "confirmed",
    });
    expect(registration).toMatchObject({ status: "confirmed", number: "0001" });
    const guest = { person, ctx: stage.ctx, registrationId: registration.id };
    expect(await kindsTold(stage.ctx, guest)).toEqual(["registrations.confirmation"]);
    const [logged] = await stage.ctx.db.execute(sql`
      select details from audit_log where entity_id = ${registration.id}`);
    expect(logged).toEqual({ details: { status: "confirmed", seq: 1 } });
    await expectSound(stage.ctx, event);
  });

  test("a full event takes nobody more but on its waitlist", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    await someGuests(stage, event, 2);
    const { email } = await stage.aMember();
    const to = (place: "confirmed" | "waitlisted") =>
      add(asOwner(), { eventId: event.id, email, to: place });
    expect(await reasonOf(to("confirmed"))).toBe("SOLD_OUT");
    expect((await to("waitlisted")).registration).toMatchObject({ position: 2, number: "0003" });
    await expectSound(stage.ctx, event);
  });

  test("names the field when nobody has this address", async () => {
    const event = await stage.anEvent();
    const unknown = { eventId: event.id, email: "nobody@example.test", to: "confirmed" as const };
    await expect(add(asOwner(), unknown)).rejects.toMatchObject({
      reason: "VALIDATION",
      details: { issues: [{ path: "email", code: "unknown" }] },
    });
    const { email } = await stage.aMember({ disabledAt: new Date() });
    expect(await reasonOf(add(asOwner(), { ...unknown, email }))).toBe("VALIDATION");
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const { email } = await stage.aMember();
    const other = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    const input = { eventId: event.id, email, to: "confirmed" as const };
    expect(await reasonOf(add(other, input))).toBe("NOT_FOUND");
    await expectSound(stage.ctx, event);
  });

  test("refuses a second time, and an event that is off", async () => {
    const event = await stage.anEvent();
    const { email } = await stage.aMember();
    const input = { eventId: event.id, email, to: "confirmed" as const };
    await add(asOwner(), input);
    expect(await reasonOf(add(asOwner(), input))).toBe("ALREADY_REGISTERED");
    const off = await stage.anEvent({ status: "cancelled" });
    expect(await reasonOf(add(asOwner(), { ...input, eventId: off.id }))).toBe("EVENT_CANCELLED");
    const past = { startsAt: new Date(Date.now() - DAY), endsAt: new Date(Date.now() - HOUR) };
    const over = await stage.anEvent({ ...past, registrationClosesAt: past.startsAt });
    await expect(add(asOwner(), { ...input, eventId: over.id })).rejects.toMatchObject({
      reason: "STATE_CONFLICT",
      details: { fields: { status: "over" } },
    });
    const draft = await stage.anEvent({ status: "draft" });
    expect(await reasonOf(add(asOwner(), { ...input, eventId: draft.id }))).toBe("STATE_CONFLICT");
  });

  test("survives a race", async () => {
    const event = await stage.anEvent({ capacity: 3 });
    const people = await stage.someMembers(6);
    const ends = await Promise.all(
      people.map(({ email }) =>
        reasonOf(add(asOwner(), { eventId: event.id, email, to: "confirmed" })),
      ),
    );
    expect(ends.toSorted()).toEqual([...Array(3).fill("SOLD_OUT"), ...Array(3).fill("no refusal")]);
    await expectSound(stage.ctx, event);
  });
});
