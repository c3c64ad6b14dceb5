import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { exportRegistrations } from "./export-registrations.ts";

const stage = useStage();

const ask = (user: TestUser, event: { id: string }) =>
  exportRegistrations(stage.as(actorOf(user)), { eventId: event.id, format: "csv" });

/** Somebody with a part in the event. */
async function aHelper(event: TestEvent, role: string): Promise<TestUser> {
  const helper = await stage.aMember();
  await stage.ctx.db.execute(sql`
    insert into event_organizers (organization_id, event_id, user_id, role)
    values (${stage.organizationId}, ${event.id}, ${helper.id}, ${role})`);
  return helper;
}

describe("registrations.export", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent();
    const { url } = await ask(stage.owner, event);
    expect(url).toMatch(/^\/files\/[\w-]{64}$/);
    const rows = await stage.ctx.db.execute(sql`
      select actor_id, action, details from audit_log where entity_id = ${event.id}`);
    expect([...rows]).toEqual([
      {
        actor_id: stage.owner.id,
        action: "registrations.exportRegistrations",
        details: { format: "csv" },
      },
    ]);
  });

  test("every link is another one", async () => {
    const event = await stage.anEvent();
    expect((await ask(stage.owner, event)).url).not.toBe((await ask(stage.owner, event)).url);
  });

  test("is for those who may list the people", async () => {
    const event = await stage.anEvent();
    const ends = await Promise.all(
      ["editor", "viewer", "checkin"].map(async (role) =>
        reasonOf(ask(await aHelper(event, role), event)),
      ),
    );
    expect(ends).toEqual(["no refusal", "no refusal", "FORBIDDEN"]);
    expect(await reasonOf(ask(await stage.aMember({ role: "admin" }), event))).toBe("no refusal");
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const organizationId = await anOrganization(stage.ctx);
    const elsewhere = await aUser(stage.ctx, { organizationId, role: "admin" });
    const strangers = [
      await stage.aMember(),
      await stage.aMember({ role: "organizer" }),
      elsewhere,
    ];
    for (const stranger of strangers) {
      expect(await reasonOf(ask(stranger, event))).toBe("NOT_FOUND");
    }
    const anonymous = stage.as({ kind: "anonymous" });
    const input = { eventId: event.id, format: "csv" } as const;
    expect(await reasonOf(exportRegistrations(anonymous, input))).toBe("NOT_SIGNED_IN");
  });

  test("nobody gets a link to what is not there", async () => {
    const admin = await stage.aMember({ role: "admin" });
    expect(await reasonOf(ask(admin, { id: "01890000-0000-7000-8000-00000000dead" }))).toBe(
      "NOT_FOUND",
    );
  });
});
