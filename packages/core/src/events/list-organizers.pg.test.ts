import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { writeCursor } from "#core/db/cursor.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { everyId } from "#test/pages.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { listOrganizers } from "./list-organizers.ts";
import { removeOrganizer } from "./remove-organizer.ts";
import { saveOrganizer } from "./save-organizer.ts";

const stage = useStage();

type Page = { cursor?: string; limit?: number };

const list = (event: TestEvent, who: TestUser = stage.owner, page: Page = {}) =>
  listOrganizers(stage.as(actorOf(who)), { eventId: event.id, limit: 20, ...page });

async function addHelpers(event: TestEvent, people: TestUser[]): Promise<void> {
  const { organizationId } = stage;
  await stage.ctx.db.insert(eventOrganizers).values(
    people.map(({ id }) => ({
      organizationId,
      eventId: event.id,
      userId: id,
      role: "viewer" as const,
    })),
  );
}

describe("events.listOrganizers", () => {
  test("does the thing", async () => {
    const event = await stage.anEvent();
    const { id, familyName, givenName, email } = stage.owner;
    expect(await list(event)).toEqual({
      items: [{ id, familyName, givenName, email, role: "owner", isLastOwner: true }],
      nextCursor: null,
    });
  });

  test("page after page, each once, while one more comes", async () => {
    const event = await stage.anEvent();
    const people = await stage.someMembers(7);
    await addHelpers(event, people);
    const seen = await everyId(
      (from) => list(event, stage.owner, { limit: 3, ...from }),
      async () => addHelpers(event, await stage.someMembers(1)),
    );
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([stage.owner.id, ...people.map(({ id }) => id)]));
    expect(seen[0]).toBe(stage.owner.id);
  });

  test("says who is the last owner that can act, as the verbs that refuse it see it", async () => {
    const event = await stage.anEvent();
    const by = stage.as(actorOf(stage.owner));
    const [other, gone, viewer] = await stage.someMembers(3);
    const change = { eventId: event.id, apply: "this" as const };
    await saveOrganizer(by, { ...change, userId: viewer!.id, role: "viewer" });
    await saveOrganizer(by, { ...change, userId: gone!.id, role: "owner" });
    await stage.ctx.db.execute(sql`update users set disabled_at = now() where id = ${gone!.id}`);
    const lastOf = async () =>
      (await list(event)).items.filter(({ isLastOwner }) => isLastOwner).map(({ id }) => id);
    expect(await lastOf()).toEqual([stage.owner.id]);
    const refused = removeOrganizer(by, { ...change, userId: stage.owner.id });
    expect(await reasonOf(refused)).toBe("STATE_CONFLICT");
    await saveOrganizer(by, { ...change, userId: other!.id, role: "owner" });
    expect(await lastOf()).toEqual([]);
    await removeOrganizer(by, { ...change, userId: gone!.id });
    expect(await lastOf()).toEqual([]);
  });

  test("is for everyone who helps with the event, and for nobody else", async () => {
    const event = await stage.anEvent();
    const helper = await stage.aMember();
    await addHelpers(event, [helper]);
    const admin = await stage.aMember({ role: "admin" });
    for (const who of [helper, admin]) expect((await list(event, who)).items).toHaveLength(2);
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    for (const who of [elsewhere, await stage.aMember({ role: "organizer" })]) {
      expect(await reasonOf(list(event, who))).toBe("NOT_FOUND");
    }
    const nobody = stage.as({ kind: "anonymous" });
    expect(await reasonOf(listOrganizers(nobody, { eventId: event.id, limit: 1 }))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  test.each(["!!!", writeCursor([1]), writeCursor(["a", "b"])])(
    "a cursor of no such list is refused",
    async (cursor) => {
      expect(await reasonOf(list(await stage.anEvent(), stage.owner, { cursor }))).toBe(
        "VALIDATION",
      );
    },
  );
});
