import { SECOND } from "@tsudoi/shared/time.ts";
import { describe, expect, test } from "vitest";
import { registrations } from "#core/db/schema/registrations.ts";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { calendarLink } from "./calendar-link.ts";
import { getEntry } from "./get-entry.ts";

const stage = useStage();

async function aRegistration(person: TestUser): Promise<string> {
  const { organizationId, id: eventId } = await stage.anEvent();
  const [row] = await stage.ctx.db
    .insert(registrations)
    .values({ organizationId, eventId, userId: person.id, status: "confirmed", seq: 1, number: 1 })
    .returning({ id: registrations.id });
  return row?.id ?? "";
}

describe("calendars.getEntry", () => {
  test("does the thing", async () => {
    const now = new Date("2026-11-20T09:00:00.500Z");
    stage.setNow(now);
    const person = await stage.aMember();
    const registrationId = await aRegistration(person);
    const call = { name: "test", requestId: "test", queries: 0 };
    const ctx = stage.as(actorOf(person));
    const { token } = await runInCall(call, () => getEntry(ctx, { registrationId }));
    expect(call.queries).toBe(1);
    expect(calendarLink(ctx.tokens.links, token)).toEqual({
      purpose: "calendar-entry",
      organizationId: person.organizationId,
      id: registrationId,
      generation: Date.parse("2026-11-20T09:10:01Z") / SECOND,
    });
  });

  test("rejects a stranger", async () => {
    const registrationId = await aRegistration(await stage.aMember());
    const strangers = [
      stage.owner,
      await stage.aMember({ role: "admin" }),
      await aUser(stage.ctx, { organizationId: await anOrganization(stage.ctx), role: "admin" }),
    ];
    for (const stranger of strangers) {
      const ctx = stage.as(actorOf(stranger));
      expect(await reasonOf(getEntry(ctx, { registrationId }))).toBe("NOT_FOUND");
    }
    const nobody = stage.as({ kind: "anonymous" });
    expect(await reasonOf(getEntry(nobody, { registrationId }))).toBe("NOT_SIGNED_IN");
  });
});
