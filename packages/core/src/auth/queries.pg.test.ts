import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { removeOrganizer } from "#core/events/remove-organizer.ts";
import { saveOrganizer } from "#core/events/save-organizer.ts";
import { actorOf } from "#test/bed.ts";
import { anEvent, anOrganization, aUser, someUsers } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { findAccountByEmail, getMe } from "./queries.ts";

const bed = useBed();
let organizationId: string;
beforeAll(async () => {
  organizationId = await anOrganization(bed.ctx);
});

describe("auth.me", () => {
  test("is the person with their department and organisation, and no secret of theirs", async () => {
    const [department] = await bed.ctx.db
      .insert(departments)
      .values({ organizationId, code: "HR", nameJa: "人事", nameEn: "People" })
      .returning({ id: departments.id });
    const user = await aUser(bed.ctx, {
      organizationId,
      departmentId: department?.id ?? null,
      passwordHash: "secret",
    });
    expect(await getMe(bed.as(actorOf(user)))).toEqual({
      id: user.id,
      email: user.email,
      familyName: user.familyName,
      givenName: user.givenName,
      locale: "ja",
      timeZone: "Asia/Tokyo",
      role: "member",
      organizes: false,
      department: { ja: "人事", en: "People" },
      organization: { id: organizationId, name: { ja: "試験株式会社", en: "Test Inc." } },
    });
  });

  test("is as it is now, whatever the token says", async () => {
    const user = await aUser(bed.ctx, { organizationId });
    await bed.ctx.db.execute(sql`update users set role = 'admin' where id = ${user.id}`);
    expect(await getMe(bed.as(actorOf(user)))).toMatchObject({ role: "admin", department: null });
  });

  test("tells whether they organise anything, as soon as they do and as long", async () => {
    const owner = await aUser(bed.ctx, { organizationId, role: "organizer" });
    const [helper, other] = await someUsers(bed.ctx, 2, { organizationId });
    const event = await anEvent(bed.ctx, owner);
    const organizes = async (person = helper) => {
      if (person === undefined) throw new Error("nobody");
      return (await getMe(bed.as(actorOf(person)))).organizes;
    };
    expect(await organizes(owner)).toBe(true);
    expect(await organizes()).toBe(false);
    const asking = bed.as(actorOf(owner));
    const who = { eventId: event.id, apply: "this" as const, userId: helper?.id ?? "" };
    await saveOrganizer(asking, { ...who, role: "checkin" });
    expect([await organizes(), await organizes(other)]).toEqual([true, false]);
    await removeOrganizer(asking, who);
    expect(await organizes()).toBe(false);
  });

  test("rejects a stranger", async () => {
    const disabled = await aUser(bed.ctx, { organizationId, disabledAt: new Date() });
    const elsewhere = { ...disabled, organizationId: await anOrganization(bed.ctx) };
    const actors = [
      { kind: "anonymous" } as const,
      { kind: "system" } as const,
      actorOf(disabled),
      actorOf(elsewhere),
    ];
    for (const actor of actors) expect(await reasonOf(getMe(bed.as(actor)))).toBe("NOT_SIGNED_IN");
  });
});

describe("auth account by address", () => {
  test("is found by the one spelling, in whichever organisation it is", async () => {
    const user = await aUser(bed.ctx, { organizationId, email: "one@example.test" });
    expect(await findAccountByEmail(bed.ctx, "one@example.test")).toMatchObject({
      id: user.id,
      organizationId,
    });
    expect(await findAccountByEmail(bed.ctx, "One@example.test")).toBeUndefined();
    expect(await findAccountByEmail(bed.ctx, "' or true --")).toBeUndefined();
  });
});
