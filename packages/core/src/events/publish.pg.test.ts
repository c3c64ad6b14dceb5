import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { once } from "#core/idempotency/once.ts";
import { actorOf, createTestBed, type TestBed } from "#test/bed.ts";
import { anEvent, anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { getEvent } from "./get-event.ts";
import { publish } from "./publish.ts";

let bed: TestBed;
let organizationId: string;
let owner: TestUser;
beforeAll(async () => {
  bed = await createTestBed();
  organizationId = await anOrganization(bed.ctx);
  owner = await aUser(bed.ctx, { organizationId, role: "organizer" });
});
afterAll(() => bed[Symbol.asyncDispose]());

const aDraft = (overrides: Parameters<typeof anEvent>[2] = {}) =>
  anEvent(bed.ctx, owner, { status: "draft", publishedAt: null, ...overrides });

const show = (user: TestUser, event: { id: string }, allowMissingTranslation = false) =>
  publish(bed.as(actorOf(user)), { eventId: event.id, allowMissingTranslation });

async function stateOf(event: TestEvent) {
  const [row] = await bed.ctx.db.execute<Record<string, unknown>>(sql`
    select status, version, published_at is not null as shown from events where id = ${event.id}`);
  return { ...row };
}

describe("events.publish", () => {
  test("does the thing", async () => {
    const draft = await aDraft();
    expect(await show(owner, draft)).toMatchObject({
      id: draft.id,
      status: "published",
      version: 2,
    });
    expect(await stateOf(draft)).toEqual({ status: "published", version: 2, shown: true });
    const audit = await bed.ctx.db.execute<Record<string, unknown>>(sql`
      select action, actor_id, details from audit_log where entity_id = ${draft.id}`);
    expect([...audit]).toEqual([{ action: "events.publish", actor_id: owner.id, details: {} }]);
  });

  test("everyone sees it at once", async () => {
    const draft = await aDraft();
    const member = bed.as(actorOf(await aUser(bed.ctx, { organizationId })));
    expect(await reasonOf(getEvent(member, { eventId: draft.id }))).toBe("NOT_FOUND");
    await show(owner, draft);
    expect(await getEvent(member, { eventId: draft.id })).toMatchObject({ status: "published" });
  });

  test("everyone sees it at once under a key too, whose transaction ends later", async () => {
    const draft = await aDraft();
    const member = bed.as(actorOf(await aUser(bed.ctx, { organizationId })));
    const request = {
      organizationId,
      userId: owner.id,
      key: draft.id,
      procedure: "events.publish",
      requestHash: "hash",
    };
    await once(bed.as(actorOf(owner)), request, async (tx) => {
      const event = await publish(tx, { eventId: draft.id, allowMissingTranslation: false });
      expect(await reasonOf(getEvent(member, { eventId: draft.id }))).toBe("NOT_FOUND");
      return event;
    });
    expect(await getEvent(member, { eventId: draft.id })).toMatchObject({ status: "published" });
  });

  test("rejects a stranger", async () => {
    const draft = await aDraft();
    const shown = await anEvent(bed.ctx, owner);
    const member = await aUser(bed.ctx, { organizationId });
    const colleague = await aUser(bed.ctx, { organizationId, role: "organizer" });
    const elsewhere = await aUser(bed.ctx, {
      organizationId: await anOrganization(bed.ctx),
      role: "admin",
    });
    const disabled = await aUser(bed.ctx, {
      organizationId,
      role: "admin",
      disabledAt: new Date(),
    });
    const demoted = { ...member, role: "admin" as const };
    for (const event of [draft, shown]) {
      expect(await reasonOf(show(elsewhere, event))).toBe("NOT_FOUND");
      expect(await reasonOf(show(disabled, event))).toBe("NOT_SIGNED_IN");
      const nobody = bed.as({ kind: "anonymous" });
      expect(
        await reasonOf(publish(nobody, { eventId: event.id, allowMissingTranslation: false })),
      ).toBe("NOT_SIGNED_IN");
    }
    for (const person of [member, colleague, demoted]) {
      expect(await reasonOf(show(person, draft))).toBe("NOT_FOUND");
      expect(await reasonOf(show(person, shown))).toBe("FORBIDDEN");
    }
    expect(await stateOf(draft)).toEqual({ status: "draft", version: 1, shown: false });
  });

  test("is for those who edit the event and for administrators, not for those who only help", async () => {
    for (const role of ["editor", "checkin", "viewer"] as const) {
      const draft = await aDraft();
      const helper = await aUser(bed.ctx, { organizationId });
      await bed.ctx.db
        .insert(eventOrganizers)
        .values({ organizationId, eventId: draft.id, userId: helper.id, role });
      expect(await reasonOf(show(helper, draft))).toBe(
        role === "editor" ? "no refusal" : "FORBIDDEN",
      );
    }
    const admin = await aUser(bed.ctx, { organizationId, role: "admin" });
    expect(await reasonOf(show(admin, await aDraft()))).toBe("no refusal");
  });

  test("a missing translation is named, and published only when that is meant", async () => {
    const cases = [
      [{ titleEn: "" }, "en"],
      [{ titleJa: "" }, "ja"],
      [{ descriptionJa: "説明", descriptionEn: "" }, "en"],
    ] as const;
    for (const [overrides, missing] of cases) {
      const draft = await aDraft(overrides);
      const refused = await show(owner, draft).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        reason: "TRANSLATION_MISSING",
        details: { fields: { missing } },
      });
      expect(await stateOf(draft)).toEqual({ status: "draft", version: 1, shown: false });
      expect(await show(owner, draft, true)).toMatchObject({ status: "published" });
    }
  });

  test("refuses a second time", async () => {
    const draft = await aDraft();
    await show(owner, draft);
    const again = await show(owner, draft).catch((error: unknown) => error);
    expect(again).toMatchObject({
      reason: "STATE_CONFLICT",
      details: { fields: { status: "published" } },
    });
    expect(await stateOf(draft)).toEqual({ status: "published", version: 2, shown: true });
    for (const status of ["closed", "cancelled", "archived"] as const) {
      expect(await reasonOf(show(owner, await aDraft({ status })))).toBe("STATE_CONFLICT");
    }
  });

  test("survives a race", async () => {
    const draft = await aDraft();
    const ends = await Promise.all(Array.from({ length: 10 }, () => reasonOf(show(owner, draft))));
    expect(ends.toSorted()).toEqual([...Array(9).fill("STATE_CONFLICT"), "no refusal"]);
    expect(await stateOf(draft)).toMatchObject({ version: 2 });
    const audit = await bed.ctx.db.execute(
      sql`select 1 from audit_log where entity_id = ${draft.id}`,
    );
    expect(audit).toHaveLength(1);
  });
});
