import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import { runInCall } from "#core/platform/call.ts";
import { anOrganization } from "#test/builders.ts";
import { useBed } from "#test/stage.ts";
import { recordAudit } from "./record-audit.ts";

const bed = useBed();
let organizationId: string;
beforeAll(async () => {
  organizationId = await anOrganization(bed.ctx);
});

const [actorId, entityId] = [
  "01890000-0000-7000-8000-000000000001",
  "01890000-0000-7000-8000-000000000002",
];

async function entries(entity: string) {
  const rows = await bed.ctx.db.execute<Record<string, unknown>>(sql`
    select actor_kind, actor_id, action, entity_id, request_id, details from audit_log
    where organization_id = ${organizationId} and entity = ${entity} order by action`);
  return [...rows];
}

describe("audit/record-audit", () => {
  test("does the thing", async () => {
    const details = { from: "日本語 'quoted' \"twice\" {x}", count: 3, on: true, none: null };
    const call = { name: "events.create", requestId: "request-1", queries: 0 };
    await runInCall(call, () =>
      recordAudit(bed.ctx, [
        { organizationId, actorId, action: "a.one", entity: "thing", entityId, details },
        { organizationId, action: "b.two", entity: "thing", entityId, requestId: "request-2" },
      ]),
    );
    expect(call.queries).toBe(1);
    const shared = { entity_id: entityId };
    expect(await entries("thing")).toEqual([
      {
        ...shared,
        actor_kind: "user",
        actor_id: actorId,
        action: "a.one",
        request_id: "request-1",
        details,
      },
      {
        ...shared,
        actor_kind: "system",
        actor_id: null,
        action: "b.two",
        request_id: "request-2",
        details: null,
      },
    ]);
  });

  test("nothing to record is no statement", async () => {
    const call = { name: "events.create", requestId: "request", queries: 0 };
    await runInCall(call, () => recordAudit(bed.ctx, []));
    expect(call.queries).toBe(0);
  });

  test("is undone with the change it tells of", async () => {
    const failed = transaction(bed.ctx, async (tx) => {
      await recordAudit(tx, [{ organizationId, action: "a", entity: "undone", entityId }]);
      throw new Error("later");
    });
    await expect(failed).rejects.toThrow("later");
    expect(await entries("undone")).toEqual([]);
  });

  test("no process can change or remove what was recorded", async () => {
    await recordAudit(bed.ctx, [{ organizationId, action: "a", entity: "kept", entityId }]);
    for (const statement of [
      sql`update audit_log set action = 'b' where entity = 'kept'`,
      sql`delete from audit_log where entity = 'kept'`,
    ]) {
      const refused = transaction(bed.ctx, async (tx) => {
        await tx.db.execute(sql`set local role tsudoi_app`);
        await tx.db.execute(statement);
      });
      await expect(refused).rejects.toMatchObject({ code: "42501" });
    }
    expect(await entries("kept")).toHaveLength(1);
  });
});
