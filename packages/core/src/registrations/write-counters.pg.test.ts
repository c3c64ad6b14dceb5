import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { draw } from "#core/events/draw.ts";
import { newDrawSeed } from "#core/events/draw-seed.ts";
import { actorOf } from "#test/bed.ts";
import { expectSound, type Guest, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { approve } from "./approve.ts";
import { cancel } from "./cancel.ts";
import { reject } from "./reject.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));
afterEach(() => stage.setNow(new Date()));

const idOf = ({ registrationId }: Guest) => ({ registrationId });

/** Requests as a process of a version before the counter leaves them. */
async function uncounted(overrides: Parameters<typeof stage.anEvent>[0]) {
  const event = await stage.anEvent(overrides);
  const guests = await someGuests(stage, event, 3);
  await stage.ctx.db.execute(sql`update events set pending_count = 0 where id = ${event.id}`);
  return { event, guests };
}

describe("requests that an older process did not count", () => {
  const verbs: [string, (guest: Guest) => Promise<unknown>, string][] = [
    ["approved", (guest) => approve(asOwner(), idOf(guest)), "confirmed"],
    ["rejected", (guest) => reject(asOwner(), idOf(guest)), "rejected"],
    ["withdrawn", (guest) => cancel(guest.ctx, idOf(guest)), "cancelled"],
  ];

  test.each(verbs)("can be %s, and are counted from then on", async (_, change, status) => {
    const { event, guests } = await uncounted({ approval: true });
    await change(guests[0]!);
    expect(await statusesOf(stage.ctx, guests)).toEqual([status, "pending", "pending"]);
    await expectSound(stage.ctx, event);
    await change(guests[1]!);
    await expectSound(stage.ctx, event);
  });

  test("are drawn", async () => {
    const drawAt = new Date(Date.now() + HOUR);
    const { event, guests } = await uncounted({
      startsAt: new Date(Date.now() + DAY),
      capacity: 3,
      allocation: "lottery",
      drawAt,
      drawSeed: newDrawSeed(),
    });
    stage.setNow(drawAt);
    await draw(asOwner(), { eventId: event.id });
    expect(await statusesOf(stage.ctx, guests)).toEqual(Array(3).fill("confirmed"));
    await expectSound(stage.ctx, event);
  });
});
