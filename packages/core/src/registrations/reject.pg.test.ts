import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { register } from "./register.ts";
import { reject } from "./reject.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));

describe("registrations.reject", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent({ approval: true });
    const [guest] = await someGuests(stage, event, 1);
    const input = { registrationId: guest!.registrationId, reason: "対象外です" };
    expect((await reject(asOwner(), input)).registration.status).toBe("rejected");
    const [row] = await stage.ctx.db.execute(sql`
      select reason, ended_by from registrations where id = ${guest!.registrationId}`);
    expect(row).toEqual({ reason: "対象外です", ended_by: null });
    expect(await kindsTold(stage.ctx, guest!)).toContain("registrations.rejection");
    await expectSound(stage.ctx, event);
  });

  test("whoever was rejected may ask again", async () => {
    const event = await stage.anEvent({ approval: true });
    const [guest] = await someGuests(stage, event, 1);
    await reject(asOwner(), { registrationId: guest!.registrationId });
    const again = await register(guest!.ctx, { eventId: event.id });
    expect(again.registration.status).toBe("pending");
  });

  test("rejects a stranger", async () => {
    const [guest] = await someGuests(stage, await stage.anEvent({ approval: true }), 1);
    const input = { registrationId: guest!.registrationId };
    const other = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(reject(other, input))).toBe("NOT_FOUND");
    expect(await reasonOf(reject(guest!.ctx, input))).toBe("FORBIDDEN");
    expect(await statusesOf(stage.ctx, [guest!])).toEqual(["pending"]);
  });

  test("refuses who has a seat: that is cancelling", async () => {
    const [guest] = await someGuests(stage, await stage.anEvent(), 1);
    const input = { registrationId: guest!.registrationId };
    expect(await reasonOf(reject(asOwner(), input))).toBe("STATE_CONFLICT");
  });
});
