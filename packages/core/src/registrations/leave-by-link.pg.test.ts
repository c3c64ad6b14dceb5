import { HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { aBearer, badLinks, linkOf } from "#test/links.ts";
import { reasonOf } from "#test/refusals.ts";
import { auditOf, expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { leaveByLink } from "./leave-by-link.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

async function aFullEvent(overrides: Parameters<typeof stage.anEvent>[0] = {}) {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic", ...overrides });
  const [seated, waiting] = await someGuests(stage, event, 2);
  const [guest, next] = [seated!, waiting!];
  return { event, guest, next, token: linkOf(stage, "leave", guest) };
}

describe("registrations.leaveByLink", () => {
  test("does the thing, and the seat goes to the next in line", async () => {
    const { event, guest, next, token } = await aFullEvent();
    const { status } = await leaveByLink(aBearer(stage), { token });
    expect(status).toBe("cancelled");
    expect(await statusesOf(stage.ctx, [guest, next])).toEqual(["cancelled", "confirmed"]);
    expect(await kindsTold(stage.ctx, guest)).toContain("registrations.cancellation");
    expect((await auditOf(stage.ctx, guest)).at(-1)).toEqual({
      action: "registrations.leaveByLink",
      actorId: null,
    });
    await expectSound(stage.ctx, event);
  });

  test("is idempotent, also when pressed at the same moment", async () => {
    const { event, guest, token } = await aFullEvent();
    const press = () => leaveByLink(aBearer(stage), { token });
    const [first, ...others] = await Promise.all([press(), press(), press()]);
    for (const other of [...others, await press()]) expect(other).toEqual(first);
    const cancellations = (await kindsTold(stage.ctx, guest)).filter(
      (kind) => kind === "registrations.cancellation",
    );
    expect(cancellations).toHaveLength(1);
    await expectSound(stage.ctx, event);
  });

  test("a place in the queue is given back, too", async () => {
    const { event, next } = await aFullEvent();
    await leaveByLink(aBearer(stage), { token: linkOf(stage, "leave", next) });
    expect(await statusesOf(stage.ctx, [next])).toEqual(["cancelled"]);
    await expectSound(stage.ctx, event);
  });

  test("refuses once the deadline has passed, and an event that is off", async () => {
    const { event, guest, token } = await aFullEvent({ cancelUntil: new Date(Date.now() + HOUR) });
    stage.setNow(new Date(Date.now() + HOUR + 1));
    expect(await reasonOf(leaveByLink(aBearer(stage), { token }))).toBe("CANCEL_DEADLINE_PASSED");
    await stage.ctx.db.execute(sql`
      update events set status = 'cancelled' where id = ${event.id}`);
    expect(await reasonOf(leaveByLink(aBearer(stage), { token }))).toBe("EVENT_CANCELLED");
    expect(await statusesOf(stage.ctx, [guest])).toEqual(["confirmed"]);
  });

  test("rejects a stranger", async () => {
    const { guest } = await aFullEvent();
    for (const token of badLinks(stage, "leave", guest)) {
      expect(await reasonOf(leaveByLink(aBearer(stage), { token }))).toBe("LINK_EXPIRED");
    }
    expect(await statusesOf(stage.ctx, [guest])).toEqual(["confirmed"]);
  });
});
