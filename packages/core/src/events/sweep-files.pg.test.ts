import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { aCoveredEvent, keptFiles } from "#test/covers.ts";
import { useStage } from "#test/stage.ts";
import { discard } from "./discard.ts";
import { sweepFiles } from "./sweep-files.ts";

const stage = useStage();

describe("events/sweep-files", () => {
  test("is safe to run twice: what no event shows is gone, and what one shows stays", async () => {
    const shown = await aCoveredEvent(stage.ctx, stage.owner);
    const draft = await aCoveredEvent(stage.ctx, stage.owner, { status: "draft" });
    const former = await aCoveredEvent(stage.ctx, stage.owner);
    await discard(stage.as(actorOf(stage.owner)), { eventId: draft.id, apply: "this" });
    await stage.ctx.db.execute(sql`update events set cover_id = null where id = ${former.id}`);
    const ids = [shown, draft, former].map(({ coverId }) => coverId);
    expect(await keptFiles(stage.ctx, ids)).toHaveLength(3);
    expect([await sweepFiles(stage.ctx), await sweepFiles(stage.ctx)]).toEqual([2, 0]);
    expect(await keptFiles(stage.ctx, ids)).toEqual([shown.coverId]);
  });
});
