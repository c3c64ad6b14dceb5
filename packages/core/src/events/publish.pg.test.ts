import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { once } from "#core/idempotency/once.ts";
import { actorOf } from "#test/bed.ts";
import {
  type anEvent,
  anOrganization,
  aUser,
  type TestEvent,
  type TestUser,
} from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";
import { publish } from "./publish.ts";

const stage = useStage();

const aDraft = (overrides: Parameters<typeof anEvent>[2] = {}) =>
  stage.anEvent({ status: "draft", publishedAt: null, ...overrides });

const show = (user: TestUser, event: { id: string }, allowMissingTranslation = false) =>
  publish(stage.as(actorOf(user)), {
    eventId: event.id,
    allowMissingTranslation,
    apply: "this",
  });

const ago = (ms: number) => new Date(Date.now() - ms);

async function stateOf(event: TestEvent) {
  const [row] = await stage.ctx.db.execute<Record<string, unknown>>(sql`
    select status, version, published_at is not null as shown from events where id = ${event.id}`);
  return { ...row };
}

describe("events.publish", () => {
  test("does the thing", async () => {
    const draft = await aDraft();
    expect(await show(stage.owner, draft)).toMatchObject({
      id: draft.id,
      status: "published",
      version: 2,
    });
    expect(await stateOf(draft)).toEqual({ status: "published", version: 2, shown: true });
    const audit = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select action, actor_id, details from audit_log where entity_id = ${draft.id}`);
    expect([...audit]).toEqual([
      { action: "events.publish", actor_id: stage.owner.id, details: {} },
    ]);
  });

  test("everyone sees it at once", async () => {
    const draft = await aDraft();
    const member = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(getEvent(member, { eventId: draft.id }))).toBe("NOT_FOUND");
    await show(stage.owner, draft);
    expect(await getEvent(member, { eventId: draft.id })).toMatchObject({ status: "published" });
  });

  test("everyone sees it at once under a key too, whose transaction ends later", async () => {
    const draft = await aDraft();
    const member = stage.as(actorOf(await stage.aMember()));
    const request = {
      organizationId: stage.organizationId,
      userId: stage.owner.id,
      key: draft.id,
      procedure: "events.publish",
      requestHash: "hash",
    };
    await once(stage.as(actorOf(stage.owner)), request, async (tx) => {
      const event = await publish(tx, {
        eventId: draft.id,
        allowMissingTranslation: false,
        apply: "this",
      });
      expect(await reasonOf(getEvent(member, { eventId: draft.id }))).toBe("NOT_FOUND");
      return event;
    });
    expect(await getEvent(member, { eventId: draft.id })).toMatchObject({ status: "published" });
  });

  test("rejects a stranger", async () => {
    const draft = await aDraft();
    const shown = await stage.anEvent();
    const member = await stage.aMember();
    const colleague = await stage.aMember({ role: "organizer" });
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    const disabled = await stage.aMember({
      role: "admin",
      disabledAt: new Date(),
    });
    const demoted = { ...member, role: "admin" as const };
    for (const event of [draft, shown]) {
      expect(await reasonOf(show(elsewhere, event))).toBe("NOT_FOUND");
      expect(await reasonOf(show(disabled, event))).toBe("NOT_SIGNED_IN");
      const nobody = stage.as({ kind: "anonymous" });
      expect(
        await reasonOf(
          publish(nobody, { eventId: event.id, allowMissingTranslation: false, apply: "this" }),
        ),
      ).toBe("NOT_SIGNED_IN");
    }
    for (const person of [member, colleague, demoted]) {
      for (const event of [draft, shown]) {
        expect(await reasonOf(show(person, event))).toBe("NOT_FOUND");
      }
    }
    expect(await stateOf(draft)).toEqual({ status: "draft", version: 1, shown: false });
  });

  test("is for those who edit the event and for administrators, not for those who only help", async () => {
    for (const role of ["editor", "checkin", "viewer"] as const) {
      const draft = await aDraft();
      const helper = await stage.aMember();
      await stage.ctx.db.insert(eventOrganizers).values({
        organizationId: stage.organizationId,
        eventId: draft.id,
        userId: helper.id,
        role,
      });
      expect(await reasonOf(show(helper, draft))).toBe(
        role === "editor" ? "no refusal" : "FORBIDDEN",
      );
    }
    const admin = await stage.aMember({ role: "admin" });
    expect(await reasonOf(show(admin, await aDraft()))).toBe("no refusal");
  });

  test("a missing translation is named, and published only when that is meant", async () => {
    const yes = { ja: "はい", en: "Yes" };
    const asks = (label: typeof yes, option: typeof yes) => {
      const options = [yes, option].map((text, place) => ({ id: `o${place}`, label: text }));
      return { questions: [{ id: "q", kind: "choice" as const, label, required: false, options }] };
    };
    const cases = [
      [{ titleEn: "" }, "en"],
      [{ titleJa: "" }, "ja"],
      [{ descriptionJa: "説明", descriptionEn: "" }, "en"],
      [asks({ ja: "食事", en: "" }, yes), "en"],
      [asks(yes, { ja: "", en: "No" }), "ja"],
    ] as const;
    for (const [overrides, missing] of cases) {
      const draft = await aDraft(overrides);
      const refused = await show(stage.owner, draft).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        reason: "TRANSLATION_MISSING",
        details: { fields: { missing } },
      });
      expect(await stateOf(draft)).toEqual({ status: "draft", version: 1, shown: false });
      expect(await show(stage.owner, draft, true)).toMatchObject({ status: "published" });
    }
  });

  test("what is over is no longer published, whatever is missing; what still runs is", async () => {
    const begun = new Date(Date.now() - DAY);
    const over = await aDraft({ startsAt: begun, endsAt: stage.ctx.now(), titleEn: "" });
    const refused = await show(stage.owner, over, true).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      reason: "VALIDATION",
      details: {
        issues: expect.arrayContaining([expect.objectContaining({ path: "endsAt", code: "past" })]),
      },
    });
    expect(await reasonOf(show(stage.owner, over))).toBe("VALIDATION");
    expect(await stateOf(over)).toEqual({ status: "draft", version: 1, shown: false });
    const endsAt = new Date(Date.now() + HOUR);
    const running = await aDraft({ startsAt: begun, endsAt, registrationClosesAt: endsAt });
    expect(await show(stage.owner, running)).toMatchObject({ status: "published" });
  });

  test.each([
    ["lay until its registration was over", { registrationClosesAt: ago(HOUR) }, "past"],
    [
      "has begun, and closes with its start",
      { startsAt: ago(HOUR), registrationClosesAt: ago(HOUR), endsAt: ago(-HOUR) },
      "past",
    ],
    ["closes after its end", { registrationClosesAt: ago(-9 * DAY) }, "custom"],
  ])("a draft that %s is refused at that field", async (...[_what, overrides, code]) => {
    const draft = await aDraft({ registrationOpensAt: ago(DAY), ...overrides });
    const refused = await show(stage.owner, draft).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      reason: "VALIDATION",
      details: { issues: [{ path: "registrationClosesAt", code }] },
    });
    expect(await stateOf(draft)).toEqual({ status: "draft", version: 1, shown: false });
  });

  test("refuses a second time", async () => {
    const draft = await aDraft();
    await show(stage.owner, draft);
    const again = await show(stage.owner, draft).catch((error: unknown) => error);
    expect(again).toMatchObject({
      reason: "STATE_CONFLICT",
      details: { fields: { status: "published" } },
    });
    expect(await stateOf(draft)).toEqual({ status: "published", version: 2, shown: true });
    for (const status of ["closed", "cancelled", "archived"] as const) {
      expect(await reasonOf(show(stage.owner, await aDraft({ status })))).toBe("STATE_CONFLICT");
    }
  });

  test("survives a race", async () => {
    const draft = await aDraft();
    const ends = await Promise.all(
      Array.from({ length: 10 }, () => reasonOf(show(stage.owner, draft))),
    );
    expect(ends.toSorted()).toEqual([...Array(9).fill("STATE_CONFLICT"), "no refusal"]);
    expect(await stateOf(draft)).toMatchObject({ version: 2 });
    const audit = await stage.ctx.db.execute(
      sql`select 1 from audit_log where entity_id = ${draft.id}`,
    );
    expect(audit).toHaveLength(1);
  });
});
