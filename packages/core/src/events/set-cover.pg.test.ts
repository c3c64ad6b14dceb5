import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent } from "#test/builders.ts";
import { aCoveredEvent, keptFiles } from "#test/covers.ts";
import { anInput, eventLog, rowsOf } from "#test/event-changes.ts";
import { aPicture } from "#test/pictures.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { duplicate } from "./duplicate.ts";
import { getEvent } from "./get-event.ts";
import { readCover } from "./read-cover.ts";
import { setCover } from "./set-cover.ts";

const stage = useStage();
let bytes: Buffer;
beforeAll(async () => {
  bytes = await aPicture({ width: 480, height: 270 });
});

type Ask = { apply?: "this" | "all" | "following"; picture?: Buffer; key?: string };

function cover(
  eventId: string,
  { apply = "this", picture = bytes, key }: Ask = {},
  by = stage.owner,
) {
  const ctx = { ...stage.as(actorOf(by)), idempotencyKey: key };
  return setCover(ctx, { eventId, apply, bytes: picture });
}

const coversOf = async (ids: string[]) =>
  (await rowsOf(stage.ctx, ids)).map((row) => row.cover_id as string | null);

describe("events.setCover", () => {
  test("does the thing: who sees the event gets the picture, and the event is another version", async () => {
    const event = await stage.anEvent();
    const set = await cover(event.id);
    expect(set).toMatchObject({ cover: { width: 480, height: 270 }, version: 2 });
    const reader = stage.as(actorOf(await stage.aMember()));
    const seen = await getEvent(reader, { eventId: event.id });
    expect(seen).toMatchObject({ cover: set.cover, version: 2 });
    const token = seen.cover?.url.replace("/covers/", "") ?? "";
    const file = await readCover(stage.as({ kind: "anonymous" }), { token });
    expect(file.mediaType).toBe("image/webp");
    expect(file.content.toString("latin1", 8, 12)).toBe("WEBP");
    expect(await eventLog(stage.ctx, event.id)).toEqual([
      { action: "events.setCover", actorId: stage.owner.id },
    ]);
  });

  test("the one before is gone, unless another event shows it", async () => {
    const event = await aCoveredEvent(stage.ctx, stage.owner);
    const copy = await duplicate(stage.as(actorOf(stage.owner)), { eventId: event.id });
    expect(await coversOf([copy.id])).toEqual([event.coverId]);
    await cover(event.id);
    expect(await keptFiles(stage.ctx, [event.coverId])).toEqual([event.coverId]);
    await cover(copy.id);
    expect(await keptFiles(stage.ctx, [event.coverId])).toEqual([]);
  });

  test("a series shares one picture", async () => {
    const owner = stage.as(actorOf(stage.owner));
    const { events } = await createSeries(owner, {
      event: anInput(),
      rrule: "FREQ=WEEKLY;COUNT=3",
    });
    const ids = events.map(({ id }) => id);
    await cover(ids[1] ?? "", { apply: "following" });
    const [none, second, third] = await coversOf(ids);
    expect([none, third]).toEqual([null, second]);
    await cover(ids[0] ?? "", { apply: "all" });
    expect(new Set(await coversOf(ids)).size).toBe(1);
    expect(await keptFiles(stage.ctx, [second ?? null])).toEqual([]);
  });

  test("is idempotent by key: the picture is kept once, under another one it is a mismatch", async () => {
    const event = await stage.anEvent();
    const [first, again] = await Promise.all([
      cover(event.id, { key: "a key" }),
      cover(event.id, { key: "a key" }),
    ]);
    expect(again).toEqual(first);
    const other = await aPicture({ width: 640, height: 360 });
    expect(await reasonOf(cover(event.id, { key: "a key", picture: other }))).toBe(
      "IDEMPOTENCY_MISMATCH",
    );
    expect(await eventLog(stage.ctx, event.id)).toHaveLength(1);
    const [kept] = await stage.ctx.db.execute<{ answer: unknown }>(sql`
      select answer from idempotency_keys where key = 'a key'`);
    // What opens the picture is made anew for each answer.
    expect(JSON.stringify(kept)).not.toContain("/covers/");
  });

  test.each([
    ["viewer", "FORBIDDEN"],
    ["checkin", "FORBIDDEN"],
    ["editor", "no refusal"],
    [undefined, "NOT_FOUND"],
  ] as const)("a helper as %s: %s", async (role, end) => {
    const event = await stage.anEvent();
    const helper = await stage.aMember({ role: "organizer" });
    if (role !== undefined) await addHelper(event, helper.id, role);
    expect(await reasonOf(cover(event.id, {}, helper))).toBe(end);
  });

  test("rejects a stranger, before the picture is looked at", async () => {
    const event = await stage.anEvent();
    const organizationId = await anOrganization(stage.ctx);
    const admin = await aUser(stage.ctx, { organizationId, role: "admin" });
    const page = Buffer.from("<html>");
    expect(await reasonOf(cover(event.id, { picture: page }, admin))).toBe("NOT_FOUND");
    const nobody = stage.as({ kind: "anonymous" });
    const asked = setCover(nobody, { eventId: event.id, apply: "this", bytes: page });
    expect(await reasonOf(asked)).toBe("NOT_SIGNED_IN");
    expect(await reasonOf(cover(event.id, { picture: page }))).toBe("VALIDATION");
    const disabled = await stage.aMember({ role: "admin", disabledAt: new Date() });
    expect(await reasonOf(cover(event.id, {}, disabled))).toBe("NOT_SIGNED_IN");
    expect(await coversOf([event.id])).toEqual([null]);
  });

  test("what is cancelled or over stays as it was", async () => {
    const cancelled = await stage.anEvent({ status: "cancelled" });
    const over = await stage.anEvent({ startsAt: new Date("2020-01-01T00:00:00Z") });
    for (const event of [cancelled, over]) {
      expect(await reasonOf(cover(event.id))).toBe("STATE_CONFLICT");
    }
  });

  test("survives a race: the last one is shown, and the others are gone", async () => {
    const event = await stage.anEvent();
    const ends = await Promise.all(Array.from({ length: 4 }, () => reasonOf(cover(event.id))));
    expect(ends).toEqual(Array(4).fill("no refusal"));
    const [shown] = await coversOf([event.id]);
    const rows = await stage.ctx.db.execute<{ id: string }>(sql`
      select f.id from files f
      where not exists (select 1 from events e where e.cover_id = f.id)`);
    expect([...rows]).toEqual([]);
    expect(await keptFiles(stage.ctx, [shown ?? null])).toEqual([shown]);
  });
});

async function addHelper(
  event: TestEvent,
  userId: string,
  role: "viewer" | "checkin" | "editor",
): Promise<void> {
  const { organizationId, id: eventId } = event;
  await stage.ctx.db.insert(eventOrganizers).values({ organizationId, eventId, userId, role });
}
