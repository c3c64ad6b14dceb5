import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { once } from "#core/idempotency/once.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { feedToken } from "./feed-token.ts";
import { getFeed } from "./get-feed.ts";
import { rotate } from "./rotate.ts";

const stage = useStage();

describe("calendars.rotate", () => {
  test("does the thing", async () => {
    const person = await stage.aMember();
    const ctx = stage.as(actorOf(person));
    expect(await getFeed(ctx)).toEqual({ generation: 1 });
    expect([await rotate(ctx), await rotate(ctx)]).toEqual([{ generation: 2 }, { generation: 3 }]);
    expect(await getFeed(ctx)).toEqual({ generation: 3 });
    expect(await getFeed(stage.as(actorOf(await stage.aMember())))).toEqual({ generation: 1 });
    const audit = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select action, actor_id, details from audit_log where entity_id = ${person.id} order by id`);
    expect([...audit]).toEqual(
      [2, 3].map((generation) => ({
        action: "calendars.rotate",
        actor_id: person.id,
        details: { generation },
      })),
    );
  });

  test("rejects a stranger", async () => {
    const disabled = await stage.aMember({ disabledAt: new Date() });
    const elsewhere = actorOf({ ...disabled, organizationId: await anOrganization(stage.ctx) });
    for (const actor of [{ kind: "anonymous" } as const, actorOf(disabled), elsewhere]) {
      expect(await reasonOf(rotate(stage.as(actor)))).toBe("NOT_SIGNED_IN");
    }
    const rows = await stage.ctx.db.execute(
      sql`select generation from calendar_feeds where user_id = ${disabled.id}`,
    );
    expect([...rows]).toEqual([]);
  });

  test("is idempotent", async () => {
    const person = await stage.aMember();
    const ctx = stage.as(actorOf(person));
    const request = {
      organizationId: person.organizationId,
      userId: person.id,
      key: "rotate-1",
      procedure: "calendars.rotate",
      requestHash: "hash",
    };
    const answers = [await once(ctx, request, rotate), await once(ctx, request, rotate)];
    expect(answers.map(({ answer }) => answer)).toEqual([
      { result: { generation: 2 } },
      { result: { generation: 2 } },
    ]);
    const kept = await stage.ctx.db.execute(
      sql`select answer::text as answer from idempotency_keys where user_id = ${person.id}`,
    );
    // What is kept for the repeat is no way into the calendar.
    expect(JSON.stringify([...kept])).not.toContain(feedToken(ctx, { generation: 2 }));
  });

  test("survives a race", async () => {
    const ctx = stage.as(actorOf(await stage.aMember()));
    const answers = await Promise.all(Array.from({ length: 8 }, () => rotate(ctx)));
    const generations = answers.map(({ generation }) => generation).toSorted((a, b) => a - b);
    expect(generations).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await getFeed(ctx)).toEqual({ generation: 9 });
  });
});
