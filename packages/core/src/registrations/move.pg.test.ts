import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { move } from "./move.ts";

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

  test("rejects a stranger, and the person themselves", async () => {
    const { guests } = await aQueue(2);
    const input = { registrationId: guests[2]!.registrationId, to: "first" as const };
    const other = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(move(other, input))).toBe("NOT_FOUND");
    expect(await reasonOf(move(guests[2]!.ctx, input))).toBe("FORBIDDEN");
  });

  test("refuses who does not wait", async () => {
    const { guests } = await aQueue(0);
    const input = { registrationId: guests[0]!.registrationId, to: "first" as const };
    expect(await reasonOf(move(asOwner(), input))).toBe("STATE_CONFLICT");
  });
});
