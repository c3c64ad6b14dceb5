import { DAY } from "@tsudoi/shared/time.ts";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { users } from "#core/db/schema/users.ts";
import { JOBS } from "#core/jobs/catalog.ts";
import { aUser } from "#test/builders.ts";
import { at, type Company, useEventLists } from "#test/event-lists.ts";
import { followName } from "./follow-name.ts";

const { bed, titles, aCompany, named } = useEventLists();

let company: Company;
beforeAll(async () => {
  company = await aCompany();
});

/** Runs every job that a new name has left, as a worker does, and says how many there were. */
async function runJobs(): Promise<number> {
  let runs = 0;
  for (;;) {
    const [job] = await bed.ctx.db.execute<{ payload: unknown }>(sql`
      delete from outbox where id = (
        select min(id) from outbox where job = 'events.follow-name' and organization_id = ${company.organizationId})
      returning payload`);
    if (job === undefined) return runs;
    runs += 1;
    await followName(bed.ctx, JOBS["events.follow-name"].payload.parse(job.payload));
  }
}

describe("events/follow-name", () => {
  test("a department's events are found by its new name, each slice in a job of its own", async () => {
    const { organizationId, member, owner } = company;
    const [department] = await bed.ctx.db
      .insert(departments)
      .values({ organizationId, code: "GA", nameJa: "総務部", nameEn: "General Affairs" })
      .returning();
    const departmentId = department?.id ?? "";
    const first = await named(company, "first", { departmentId });
    const others = Array.from({ length: 1_000 }, () => ({ ...first, id: undefined }));
    await bed.ctx.db
      .insert(events)
      .values(others.map((row) => ({ ...row, departmentId: null, createdBy: owner.id })));
    await named(company, "last", { departmentId, startsAt: at(2 * DAY) });
    const rename = (nameJa: string) =>
      bed.ctx.db.update(departments).set({ nameJa }).where(eq(departments.id, departmentId));
    await rename("総務部");
    expect(await runJobs()).toBe(0);
    await rename("経営企画室");
    expect(await titles(member, { text: "経営企画" })).toEqual([]);
    expect(await runJobs()).toBe(2);
    expect(await titles(member, { text: "経営企画" })).toEqual(["first", "last"]);
    expect(await titles(member, { text: "総務部" })).toEqual([]);
  });

  test("an organiser's events are found by the new name, other people's are left alone", async () => {
    const { organizationId, member } = company;
    const editor = await aUser(bed.ctx, { organizationId, familyName: "旧姓" });
    const event = await named(company, "hers");
    await bed.ctx.db
      .insert(eventOrganizers)
      .values({ organizationId, eventId: event.id, userId: editor.id, role: "editor" });
    await bed.ctx.db.update(users).set({ familyName: "新姓" }).where(eq(users.id, editor.id));
    await bed.ctx.db.update(users).set({ locale: "en" }).where(eq(users.id, editor.id));
    expect(await runJobs()).toBe(1);
    expect(await titles(member, { text: "新姓" })).toEqual(["hers"]);
    expect(await titles(member, { text: "旧姓" })).toEqual([]);
  });
});
