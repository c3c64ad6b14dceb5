import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import {
  auditOf,
  expectSound,
  kindsTold,
  setDisabled,
  someGuests,
  statusesOf,
} from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { approve } from "./approve.ts";
import { cancel } from "./cancel.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));

describe("registrations.approve", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ approval: true });
    const [guest] = await someGuests(stage, event, 1);
    await expectSound(stage.ctx, event);
    const { registration } = await approve(asOwner(), {
      registrationId: guest!.registrationId,
      reason: "ようこそ",
    });
    expect(registration.status).toBe("confirmed");
    expect(await kindsTold(stage.ctx, guest!)).toEqual([
      "registrations.confirmation",
      "registrations.approval",
    ]);
    expect(await auditOf(stage.ctx, guest!)).toContainEqual({
      action: "registrations.approve",
      actorId: stage.owner.id,
    });
    await expectSound(stage.ctx, event);
  });

  test("on a full event it is a place on the waitlist, and that comes to a seat in its turn", async () => {
    const event = await stage.anEvent({
      approval: true,
      capacity: 1,
      waitlistMode: "automatic",
    });
    const guests = await someGuests(stage, event, 3);
    const [first, second, third] = guests;
    for (const guest of [first, third, second]) {
      await approve(asOwner(), { registrationId: guest!.registrationId });
    }
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "waitlisted", "waitlisted"]);
    await cancel(first!.ctx, { registrationId: first!.registrationId });
    expect(await statusesOf(stage.ctx, guests)).toEqual(["cancelled", "waitlisted", "confirmed"]);
    await expectSound(stage.ctx, event);
  });

  test("on a full event without a waitlist it is refused, and the person still waits for a decision", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 1 });
    const guests = await someGuests(stage, event, 2);
    await approve(asOwner(), { registrationId: guests[0]!.registrationId });
    const full = approve(asOwner(), { registrationId: guests[1]!.registrationId });
    await expect(full).rejects.toMatchObject({
      reason: "SOLD_OUT",
      details: { fields: { seatsTaken: 1, capacity: 1 } },
    });
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "pending"]);
  });

  test("a disabled account is refused, and the request waits for it", async () => {
    const event = await stage.anEvent({ approval: true, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 2);
    const input = { registrationId: guests[0]!.registrationId };
    await setDisabled(stage.ctx, [guests[0]!], true);
    expect(await reasonOf(approve(asOwner(), input))).toBe("ACCOUNT_DISABLED");
    expect(await statusesOf(stage.ctx, guests)).toEqual(["pending", "pending"]);
    await setDisabled(stage.ctx, [guests[0]!], false);
    await approve(asOwner(), input);
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "pending"]);
    await expectSound(stage.ctx, event);
  });

  test("rejects a stranger", async () => {
    const [guest] = await someGuests(stage, await stage.anEvent({ approval: true }), 1);
    const input = { registrationId: guest!.registrationId };
    const other = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    const organizationId = await anOrganization(stage.ctx);
    const elsewhere = stage.as(actorOf(await aUser(stage.ctx, { organizationId, role: "admin" })));
    expect(await reasonOf(approve(other, input))).toBe("NOT_FOUND");
    expect(await reasonOf(approve(elsewhere, input))).toBe("NOT_FOUND");
    expect(await reasonOf(approve(guest!.ctx, input))).toBe("FORBIDDEN");
    expect(await statusesOf(stage.ctx, [guest!])).toEqual(["pending"]);
  });

  test("refuses a second time", async () => {
    const [guest] = await someGuests(stage, await stage.anEvent({ approval: true }), 1);
    const input = { registrationId: guest!.registrationId };
    await approve(asOwner(), input);
    expect(await reasonOf(approve(asOwner(), input))).toBe("STATE_CONFLICT");
  });

  test("survives a race", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 3, waitlistMode: "automatic" });
    const guests = await someGuests(stage, event, 6);
    const ends = await Promise.all(
      [...guests, ...guests].map((guest) =>
        reasonOf(approve(asOwner(), { registrationId: guest.registrationId })),
      ),
    );
    expect(ends.filter((end) => end === "no refusal")).toHaveLength(6);
    const statuses = await statusesOf(stage.ctx, guests);
    expect(statuses.toSorted()).toEqual([
      ...Array(3).fill("confirmed"),
      ...Array(3).fill("waitlisted"),
    ]);
    await expectSound(stage.ctx, event);
  });
});
