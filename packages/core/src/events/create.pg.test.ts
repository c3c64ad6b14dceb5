import { CreateEventInput } from "@tsudoi/shared/event-input.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { z } from "zod/mini";
import { departments } from "#core/db/schema/departments.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { create } from "./create.ts";

const stage = useStage();

const tomorrow = new Date(Date.now() + DAY);

function aDraft(overrides: Partial<z.input<typeof CreateEventInput>> = {}): CreateEventInput {
  return CreateEventInput.parse({
    title: { ja: "勉強会" },
    startsAt: tomorrow.toISOString(),
    endsAt: new Date(tomorrow.getTime() + HOUR).toISOString(),
    timeZone: "Asia/Tokyo",
    capacity: 20,
    ...overrides,
  });
}

const as = (user: TestUser) => stage.as(actorOf(user));

async function countEvents(): Promise<number> {
  const [row] = await stage.ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from events where organization_id = ${stage.organizationId}`);
  return row?.count ?? 0;
}

describe("events.create", () => {
  test("does the thing", async () => {
    const now = new Date("2026-11-20T09:00:00.000Z");
    stage.setNow(now);
    const event = await create(
      as(stage.owner),
      aDraft({
        ...{ location: "本社", locationFor: "confirmed" },
        onlineUrl: "https://meet.example.test/",
      }),
    );
    expect(event).toMatchObject({
      title: { ja: "勉強会", en: "" },
      category: { slug: "seminar" },
      status: "draft",
      capacity: 20,
      seatsTaken: 0,
      ...{ location: "本社", locationFor: "confirmed" },
      onlineUrl: "https://meet.example.test/",
      registrationOpensAt: now.toISOString(),
      registrationClosesAt: tomorrow.toISOString(),
      cancelUntil: null,
      waitlistMode: "automatic",
      approval: false,
      questions: [],
      answersUntil: null,
      myRole: "owner",
      version: 1,
      organizers: [{ id: stage.owner.id, role: "owner" }],
    });
    const audit = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select action, actor_id, entity from audit_log where entity_id = ${event.id}`);
    expect([...audit]).toEqual([
      { action: "events.create", actor_id: stage.owner.id, entity: "event" },
    ]);
  });

  test("keeps every field it is given", async () => {
    const given = {
      title: { ja: "日本語", en: "English" },
      description: { ja: "一\n二", en: "one\ntwo" },
      category: "social",
      capacity: 1_000_000,
      location: null,
      registrationOpensAt: new Date(tomorrow.getTime() - 2 * HOUR).toISOString(),
      registrationClosesAt: new Date(tomorrow.getTime() - HOUR).toISOString(),
      cancelUntil: new Date(tomorrow.getTime() - 90 * 60_000).toISOString(),
      waitlistMode: "offer" as const,
      approval: true,
      questions: [
        {
          id: "lunch",
          kind: "yes_no" as const,
          label: { ja: "昼食", en: "Lunch" },
          required: true,
          options: [],
        },
      ],
      answersUntil: new Date(tomorrow.getTime() - 30 * 60_000).toISOString(),
    };
    const { category, ...kept } = await create(as(stage.owner), aDraft(given));
    const { category: slug, ...expected } = given;
    expect(category).toEqual({ slug, name: { ja: "交流会", en: "Social" } });
    expect(kept).toMatchObject(expected);
  });

  test("belongs to the department of whoever makes it", async () => {
    const [department] = await stage.ctx.db
      .insert(departments)
      .values({ organizationId: stage.organizationId, code: "IT", nameJa: "情報", nameEn: "IT" })
      .returning({ id: departments.id });
    const person = await stage.aMember({
      role: "admin",
      departmentId: department?.id ?? null,
    });
    expect((await create(as(person), aDraft())).department).toEqual({ ja: "情報", en: "IT" });
  });

  test("rejects a stranger", async () => {
    const before = await countEvents();
    const member = await stage.aMember();
    const disabled = await stage.aMember({
      role: "organizer",
      disabledAt: new Date(),
    });
    const demoted = { ...(await stage.aMember()), role: "organizer" as const };
    const elsewhere = { ...stage.owner, organizationId: await anOrganization(stage.ctx) };
    expect(await reasonOf(create(stage.as({ kind: "anonymous" }), aDraft()))).toBe("NOT_SIGNED_IN");
    expect(await reasonOf(create(as(member), aDraft()))).toBe("FORBIDDEN");
    expect(await reasonOf(create(as(demoted), aDraft()))).toBe("FORBIDDEN");
    expect(await reasonOf(create(as(disabled), aDraft()))).toBe("NOT_SIGNED_IN");
    expect(await reasonOf(create(as(elsewhere), aDraft()))).toBe("NOT_SIGNED_IN");
    expect(await countEvents()).toBe(before);
  });

  test("a category of nobody's is refused by its name, and nothing is left behind", async () => {
    const before = await countEvents();
    const refused = await create(as(stage.owner), aDraft({ category: "no-such" })).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({
      reason: "VALIDATION",
      details: { issues: [{ path: "category", code: "unknown" }] },
    });
    expect(await countEvents()).toBe(before);
  });

  test("made twice is two drafts: only a key makes them one", async () => {
    const [one, other] = [
      await create(as(stage.owner), aDraft()),
      await create(as(stage.owner), aDraft()),
    ];
    expect(one.id).not.toBe(other.id);
  });

  test("survives a race", async () => {
    const made = await Promise.all(
      Array.from({ length: 10 }, () => create(as(stage.owner), aDraft())),
    );
    expect(new Set(made.map((event) => event.id)).size).toBe(10);
  });
});
