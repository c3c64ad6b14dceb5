import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, kindsTold, setDisabled, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { listForEvent } from "./list-for-event.ts";
import { move } from "./move.ts";
import { passSeats } from "./pass-seats.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));

async function aQueue(length: number) {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
  return { event, guests: await someGuests(stage, event, 1 + length) };
}

describe("registrations.move", () => {
  test("does the thing", async () => {
    const { event, guests } = await aQueue(3);
    const last = guests[3]!;
    const { registration } = await move(asOwner(), {
      registrationId: last.registrationId,
      to: "first",
    });
    expect(registration).toMatchObject({ status: "waitlisted", position: 1 });
    await cancel(guests[0]!.ctx, { registrationId: guests[0]!.registrationId });
    expect(await statusesOf(stage.ctx, guests)).toEqual([
      "cancelled",
      "waitlisted",
      "waitlisted",
      "confirmed",
    ]);
    await expectSound(stage.ctx, event);
  });

  test("to the end of the queue", async () => {
    const { guests } = await aQueue(3);
    const { registration } = await move(asOwner(), {
      registrationId: guests[1]!.registrationId,
      to: "last",
    });
    expect(registration).toMatchObject({ status: "waitlisted", position: 3 });
  });

  test("past the others to a seat, where there is one", async () => {
    const { event, guests } = await aQueue(1);
    const to = { registrationId: guests[1]!.registrationId, to: "confirmed" as const };
    expect(await reasonOf(move(asOwner(), to))).toBe("SOLD_OUT");
    const offering = await stage.anEvent({ capacity: 1, waitlistMode: "offer" });
    const others = await someGuests(stage, offering, 2);
    await cancel(others[0]!.ctx, { registrationId: others[0]!.registrationId });
    await move(asOwner(), { registrationId: others[1]!.registrationId, to: "confirmed" });
    expect(await statusesOf(stage.ctx, others)).toEqual(["cancelled", "confirmed"]);
    expect((await kindsTold(stage.ctx, others[1]!)).at(-1)).toBe("registrations.confirmation");
    await expectSound(stage.ctx, event);
    await expectSound(stage.ctx, offering);
  });

  test("a disabled account can be given another place in line, and no seat", async () => {
    const { event, guests } = await aQueue(2);
    const [seated, first, second] = guests;
    await setDisabled(stage.ctx, guests.slice(1), true);
    await cancel(seated!.ctx, { registrationId: seated!.registrationId });
    const { registrationId } = second!;
    expect(await reasonOf(move(asOwner(), { registrationId, to: "confirmed" }))).toBe(
      "ACCOUNT_DISABLED",
    );
    await move(asOwner(), { registrationId, to: "first" });
    expect(await statusesOf(stage.ctx, [first!, second!])).toEqual(["waitlisted", "waitlisted"]);
    await expectSound(stage.ctx, event);
    await setDisabled(stage.ctx, guests.slice(1), false);
    await passSeats(stage.ctx, { organizationId: event.organizationId, eventId: event.id });
    expect(await statusesOf(stage.ctx, [first!, second!])).toEqual(["waitlisted", "confirmed"]);
    await expectSound(stage.ctx, event);
  });

  test("rejects a stranger, and the person themselves", async () => {
    const { guests } = await aQueue(2);
    const input = { registrationId: guests[2]!.registrationId, to: "first" as const };
    const other = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(move(other, input))).toBe("NOT_FOUND");
    expect(await reasonOf(move(guests[2]!.ctx, input))).toBe("FORBIDDEN");
  });

  test("is undone: whoever came and went meanwhile, the place is the one before", async () => {
    const { event, guests } = await aQueue(4);
    const [, first, second, third, last] = guests;
    const { undo } = await move(asOwner(), { registrationId: second!.registrationId, to: "last" });
    await move(asOwner(), { registrationId: last!.registrationId, to: "first" });
    await cancel(third!.ctx, { registrationId: third!.registrationId });
    const back = { registrationId: second!.registrationId, to: "back" as const, undo: undo! };
    const undone = await move(asOwner(), back);
    expect(undone.registration).toMatchObject({ status: "waitlisted", position: 3 });
    expect(await reasonOf(move(asOwner(), back))).toBe("STATE_CONFLICT");
    const again = { ...back, undo: undone.undo! };
    expect((await move(asOwner(), again)).registration).toMatchObject({ position: 3 });
    await cancel(guests[0]!.ctx, { registrationId: guests[0]!.registrationId });
    await cancel(last!.ctx, { registrationId: last!.registrationId });
    await cancel(first!.ctx, { registrationId: first!.registrationId });
    expect(await statusesOf(stage.ctx, [second!])).toEqual(["confirmed"]);
    await expectSound(stage.ctx, event);
  });

  test("is not undone once somebody else has the place, or the person a seat", async () => {
    const { event, guests } = await aQueue(3);
    const [seated, first, second, third] = guests;
    const front = await move(asOwner(), { registrationId: first!.registrationId, to: "last" });
    // One before the front of the others is where the first one stood.
    await move(asOwner(), { registrationId: third!.registrationId, to: "first" });
    const back = { registrationId: first!.registrationId, to: "back" as const, undo: front.undo! };
    expect(await reasonOf(move(asOwner(), back))).toBe("STATE_CONFLICT");
    const end = await move(asOwner(), { registrationId: second!.registrationId, to: "first" });
    await cancel(seated!.ctx, { registrationId: seated!.registrationId });
    const late = { registrationId: second!.registrationId, to: "back" as const, undo: end.undo! };
    expect(await reasonOf(move(asOwner(), late))).toBe("STATE_CONFLICT");
    expect(await statusesOf(stage.ctx, [second!])).toEqual(["confirmed"]);
    await expectSound(stage.ctx, event);
  });

  test("survives a race: an undo beside another move never takes that one back", async () => {
    const { event, guests } = await aQueue(3);
    const moved = { registrationId: guests[1]!.registrationId };
    const { undo } = await move(asOwner(), { ...moved, to: "last" });
    const [undone] = await Promise.allSettled([
      move(asOwner(), { ...moved, to: "back", undo: undo! }),
      move(asOwner(), { ...moved, to: "first" }),
    ]);
    const reason = undone.status === "rejected" ? undone.reason.reason : "in time";
    expect(["STATE_CONFLICT", "in time"]).toContain(reason);
    const queue = { eventId: event.id, order: "queue" as const, limit: 10 };
    const { items } = await listForEvent(asOwner(), queue);
    expect(items.map(({ id }) => guests.findIndex((one) => one.registrationId === id))).toEqual([
      1, 2, 3,
    ]);
  });

  test("refuses who does not wait", async () => {
    const { guests } = await aQueue(0);
    const input = { registrationId: guests[0]!.registrationId, to: "first" as const };
    expect(await reasonOf(move(asOwner(), input))).toBe("STATE_CONFLICT");
  });
});
