import { InviteInput, MAX_INVITATIONS } from "@tsudoi/shared/invitations.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import type { TestEvent, TestUser } from "#test/builders.ts";
import { eventLog } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";
import { invite } from "./invite.ts";
import { listInvitations } from "./list-invitations.ts";
import { saveOrganizer } from "./save-organizer.ts";

const stage = useStage();

const asking = ({ id }: TestEvent, emails: string[], person: TestUser = stage.owner) =>
  invite(stage.as(actorOf(person)), InviteInput.parse({ eventId: id, emails }));

describe("events.invite", () => {
  test("does the thing: whose address is on the list sees the event, however it was written", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const guest = await stage.aMember({ email: "hanako.sato@example.test" });
    const sees = () => reasonOf(getEvent(stage.as(actorOf(guest)), { eventId: event.id }));
    expect(await sees()).toBe("NOT_FOUND");
    const emails = [" Hanako.SATO@Example.Test ", "nobody-yet@example.test"];
    expect(await asking(event, emails)).toEqual({ invited: 2 });
    expect(await sees()).toBe("no refusal");
    expect(await eventLog(stage.ctx, event.id)).toEqual([
      { action: "events.invite", actorId: stage.owner.id },
    ]);
  });

  test("is idempotent: an address is there once, also where it comes twice in one list", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    expect(await asking(event, ["a@example.test", "A@example.test"])).toEqual({ invited: 1 });
    expect(await asking(event, ["a@example.test", "b@example.test"])).toEqual({ invited: 1 });
    const ctx = stage.as(actorOf(stage.owner));
    const { items } = await listInvitations(ctx, { eventId: event.id, limit: 10 });
    expect(items.map(({ email }) => email)).toEqual(["a@example.test", "b@example.test"]);
  });

  test("rejects a stranger, and who only helps", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const [stranger, helper] = await stage.someMembers(2);
    const owner = stage.as(actorOf(stage.owner));
    await saveOrganizer(owner, {
      eventId: event.id,
      apply: "this",
      userId: helper!.id,
      role: "viewer",
    });
    expect(await reasonOf(asking(event, ["a@example.test"], stranger))).toBe("NOT_FOUND");
    expect(await reasonOf(asking(event, ["a@example.test"], helper))).toBe("FORBIDDEN");
  });

  test("takes 500 addresses at a time, and nothing that is none", () => {
    const eventId = "01890000-0000-7000-8000-000000000001";
    const some = (count: number) => Array.from({ length: count }, (_, i) => `p${i}@example.test`);
    const isFine = (emails: string[]) => InviteInput.safeParse({ eventId, emails }).success;
    expect([some(500), some(501), [], ["no address"]].map(isFine)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test("an event's list has an end: what goes beyond it is refused as a whole, whoever asks at the same time", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    await stage.ctx.db.execute(sql`
      insert into event_invitations (organization_id, event_id, email, via)
      select ${stage.organizationId}, ${event.id}, 'p' || i || '@example.test', 'list'
      from generate_series(1, ${MAX_INVITATIONS - 3}::int) i`);
    const ends = await Promise.all([
      reasonOf(asking(event, ["a@example.test", "b@example.test"])),
      reasonOf(asking(event, ["c@example.test", "d@example.test"])),
    ]);
    expect(ends.toSorted()).toEqual(["VALIDATION", "no refusal"]);
    await expect(asking(event, ["e@example.test", "f@example.test"])).rejects.toMatchObject({
      reason: "VALIDATION",
      details: {
        issues: [{ path: "emails", code: "too_many", message: expect.stringContaining("20000") }],
      },
    });
    expect(await asking(event, ["p1@example.test", "e@example.test"])).toEqual({ invited: 1 });
  });

  test("survives a race: two lists in opposite orders", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const emails = Array.from({ length: 200 }, (_, index) => `r${index}@example.test`);
    const answers = await Promise.all([asking(event, emails), asking(event, emails.toReversed())]);
    expect(answers.reduce((sum, { invited }) => sum + invited, 0)).toBe(200);
  });
});
