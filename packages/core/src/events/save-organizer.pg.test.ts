import type { SaveOrganizerInput } from "@tsudoi/shared/event-organizers.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { eventLog, refusalOf } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";
import { removeOrganizer } from "./remove-organizer.ts";
import { saveOrganizer } from "./save-organizer.ts";

const stage = useStage();

type Who = Pick<SaveOrganizerInput, "email" | "userId">;

const save = (event: TestEvent, who: Who & { role: EventRole }, by: TestUser = stage.owner) =>
  saveOrganizer(stage.as(actorOf(by)), { eventId: event.id, apply: "this", ...who });

async function rolesIn({ id }: TestEvent): Promise<Record<string, string>> {
  const rows = await stage.ctx.db.execute<{ user_id: string; role: string }>(sql`
    select user_id, role from event_organizers where event_id = ${id}`);
  return Object.fromEntries(rows.map((row) => [row.user_id, row.role]));
}

async function toldIn({ id }: TestEvent) {
  const rows = await stage.ctx.db.execute(sql`
    select n.user_id, n.details from notifications n
    join outbox o on o.payload ->> 'notificationId' = n.id::text
    where n.event_id = ${id} and n.kind = 'events.organizer-role' order by o.id`);
  return [...rows];
}

describe("events.saveOrganizer", () => {
  test("does the thing, by address or by id, and again with another role", async () => {
    const event = await stage.anEvent();
    const person = await stage.aMember();
    const { id, email, familyName, givenName } = person;
    expect(await save(event, { email, role: "checkin" })).toEqual({
      ...{ id, email, familyName, givenName },
      role: "checkin",
    });
    expect(await rolesIn(event)).toEqual({ [stage.owner.id]: "owner", [id]: "checkin" });
    await save(event, { userId: id, role: "editor" });
    expect(await rolesIn(event)).toEqual({ [stage.owner.id]: "owner", [id]: "editor" });
    expect(await eventLog(stage.ctx, event.id)).toEqual(
      Array(2).fill({ action: "events.saveOrganizer", actorId: stage.owner.id }),
    );
  });

  test("tells the person of each change, and of nothing else", async () => {
    const event = await stage.anEvent();
    const { id: userId } = await stage.aMember();
    await save(event, { userId, role: "checkin" });
    await save(event, { userId, role: "checkin" });
    await save(event, { userId, role: "viewer" });
    await save(event, { userId, role: "checkin" });
    await removeOrganizer(stage.as(actorOf(stage.owner)), {
      eventId: event.id,
      apply: "this",
      userId,
    });
    expect(await toldIn(event)).toEqual(
      ["checkin", "viewer", "checkin"].map((role) => ({
        user_id: userId,
        details: { role, dates: 1 },
      })),
    );
    expect(await eventLog(stage.ctx, event.id)).toHaveLength(4);
  });

  test("nobody is told of what they do themselves, or of what is refused", async () => {
    const event = await stage.anEvent();
    const other = await stage.aMember({ role: "admin" });
    await save(event, { userId: other.id, role: "owner" }, other);
    await save(event, { userId: stage.owner.id, role: "editor" });
    expect(await reasonOf(save(event, { userId: other.id, role: "viewer" }, other))).toBe(
      "STATE_CONFLICT",
    );
    expect(await toldIn(event)).toEqual([]);
  });

  test("everyone sees who organises the event at once", async () => {
    const event = await stage.anEvent();
    const reader = stage.as(actorOf(await stage.aMember()));
    expect((await getEvent(reader, { eventId: event.id })).organizers).toHaveLength(1);
    await save(event, { userId: (await stage.aMember()).id, role: "editor" });
    expect((await getEvent(reader, { eventId: event.id })).organizers).toHaveLength(2);
  });

  test("nobody of that name is told at its field", async () => {
    const event = await stage.anEvent();
    const elsewhere = await aUser(stage.ctx, { organizationId: await anOrganization(stage.ctx) });
    const disabled = await stage.aMember({ disabledAt: new Date() });
    for (const { email, id } of [elsewhere, disabled]) {
      expect(await refusalOf(save(event, { email, role: "viewer" }))).toMatchObject({
        reason: "VALIDATION",
        details: { issues: [{ path: "email", code: "unknown" }] },
      });
      expect(await refusalOf(save(event, { userId: id, role: "viewer" }))).toMatchObject({
        reason: "VALIDATION",
        details: { issues: [{ path: "userId", code: "unknown" }] },
      });
    }
    expect(await rolesIn(event)).toEqual({ [stage.owner.id]: "owner" });
  });

  test("the last owner stays one, and one who cannot sign in is no other", async () => {
    const event = await stage.anEvent();
    const [other, gone] = [await stage.aMember(), await stage.aMember()];
    await save(event, { userId: gone.id, role: "owner" });
    await stage.ctx.db.execute(sql`update users set disabled_at = now() where id = ${gone.id}`);
    const step = () => reasonOf(save(event, { userId: stage.owner.id, role: "editor" }));
    expect(await step()).toBe("STATE_CONFLICT");
    expect(await rolesIn(event)).toMatchObject({ [stage.owner.id]: "owner" });
    await save(event, { userId: other.id, role: "owner" });
    expect(await step()).toBe("no refusal");
  });

  test("is for owners and administrators", async () => {
    const event = await stage.anEvent();
    const role = "viewer";
    const { id: userId } = await stage.aMember();
    for (const own of ["owner", "editor", "checkin", "viewer"] as const) {
      const by = await stage.aMember();
      await save(event, { userId: by.id, role: own });
      expect(await reasonOf(save(event, { userId, role }, by))).toBe(
        own === "owner" ? "no refusal" : "FORBIDDEN",
      );
    }
    const admin = await stage.aMember({ role: "admin" });
    expect(await reasonOf(save(event, { userId, role }, admin))).toBe("no refusal");
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const stranger = await stage.aMember({ role: "organizer" });
    const self = { userId: stranger.id, role: "owner" as const };
    expect(await reasonOf(save(event, self, stranger))).toBe("NOT_FOUND");
    const nobody = stage.as({ kind: "anonymous" });
    expect(
      await reasonOf(saveOrganizer(nobody, { eventId: event.id, apply: "this", ...self })),
    ).toBe("NOT_SIGNED_IN");
    expect(await rolesIn(event)).toEqual({ [stage.owner.id]: "owner" });
  });

  test("survives a race: two owners who step down at once leave one", async () => {
    for (let round = 0; round < 5; round += 1) {
      const event = await stage.anEvent();
      const other = await stage.aMember();
      await save(event, { userId: other.id, role: "owner" });
      const ends = await Promise.all(
        [stage.owner, other].map((by) =>
          reasonOf(save(event, { userId: by.id, role: "editor" }, by)),
        ),
      );
      expect(ends.toSorted()).toEqual(["STATE_CONFLICT", "no refusal"]);
      expect(Object.values(await rolesIn(event)).toSorted()).toEqual(["editor", "owner"]);
    }
  });
});
