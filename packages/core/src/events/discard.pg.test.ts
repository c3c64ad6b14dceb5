import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anInput, eventLog, refusalOf, rowsOf } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { discard } from "./discard.ts";

const stage = useStage();

const owner = () => stage.as(actorOf(stage.owner));
const drop = (eventId: string, apply: "this" | "following" | "all" = "this", by = owner()) =>
  discard(by, { eventId, apply });
const aDraft = () => stage.anEvent({ status: "draft", publishedAt: null });

describe("events.discard", () => {
  test("does the thing: the draft is gone, with its organisers, and the log knows who did it", async () => {
    const { id } = await aDraft();
    expect(await drop(id)).toEqual({ eventIds: [id] });
    expect(await rowsOf(stage.ctx, [id])).toEqual([]);
    const organizers = await stage.ctx.db.execute(sql`
      select 1 from event_organizers where event_id = ${id}`);
    expect(organizers).toHaveLength(0);
    expect(await eventLog(stage.ctx, id)).toEqual([
      { action: "events.discard", actorId: stage.owner.id },
    ]);
    expect(await reasonOf(drop(id))).toBe("NOT_FOUND");
  });

  test("what people have seen stays", async () => {
    for (const status of ["published", "closed", "cancelled", "archived"] as const) {
      const { id } = await stage.anEvent({ status });
      expect(await refusalOf(drop(id))).toMatchObject({
        reason: "STATE_CONFLICT",
        details: { fields: { status } },
      });
      expect(await rowsOf(stage.ctx, [id])).toHaveLength(1);
    }
  });

  test.each([
    ["this", [1, 0, 1, 1]],
    ["following", [1, 0, 1, 0]],
    ["all", [0, 0, 1, 0]],
  ] as const)("of a series %s, and never what is published", async (apply, left) => {
    const { events } = await createSeries(owner(), {
      event: anInput(),
      rrule: "FREQ=DAILY;COUNT=4",
    });
    const ids = events.map(({ id }) => id);
    await stage.ctx.db.execute(sql`update events set status = 'published' where id = ${ids[2]}`);
    await drop(ids[1] ?? "", apply);
    const kept = await Promise.all(ids.map(async (id) => (await rowsOf(stage.ctx, [id])).length));
    expect(kept).toEqual(left);
  });

  test("rejects a stranger", async () => {
    const { id } = await aDraft();
    const colleague = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    expect(await reasonOf(drop(id, "this", colleague))).toBe("NOT_FOUND");
    expect(await reasonOf(drop(id, "this", stage.as({ kind: "anonymous" })))).toBe("NOT_SIGNED_IN");
    expect(await rowsOf(stage.ctx, [id])).toHaveLength(1);
  });
});
