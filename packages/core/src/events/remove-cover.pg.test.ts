import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import type { TestUser } from "#test/builders.ts";
import { aCoveredEvent, keptFiles } from "#test/covers.ts";
import { eventLog, rowsOf } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";
import { readCover } from "./read-cover.ts";
import { removeCover } from "./remove-cover.ts";

const stage = useStage();

const covered = () => aCoveredEvent(stage.ctx, stage.owner);
const remove = (eventId: string, by: TestUser = stage.owner) =>
  removeCover(stage.as(actorOf(by)), { eventId, apply: "this" });

describe("events.removeCover", () => {
  test("does the thing: the picture is gone for whoever still has its address", async () => {
    const event = await covered();
    const reader = stage.as(actorOf(await stage.aMember()));
    const seen = await getEvent(reader, { eventId: event.id });
    expect(await remove(event.id)).toEqual({ cover: null, version: 2 });
    expect(await keptFiles(stage.ctx, [event.coverId])).toEqual([]);
    const token = seen.cover?.url.replace("/covers/", "") ?? "";
    expect(await reasonOf(readCover(reader, { token }))).toBe("LINK_EXPIRED");
    expect((await getEvent(reader, { eventId: event.id })).cover).toBeNull();
    expect(await eventLog(stage.ctx, event.id)).toEqual([
      { action: "events.removeCover", actorId: stage.owner.id },
    ]);
  });

  test("is idempotent: without a picture nothing changes", async () => {
    const event = await covered();
    await remove(event.id);
    const before = await rowsOf(stage.ctx, [event.id]);
    expect(await remove(event.id)).toEqual({ cover: null, version: 2 });
    expect(await rowsOf(stage.ctx, [event.id])).toEqual(before);
    expect(await eventLog(stage.ctx, event.id)).toHaveLength(1);
  });

  test("rejects a stranger", async () => {
    const event = await covered();
    const stranger = await stage.aMember({ role: "organizer" });
    expect(await reasonOf(remove(event.id, stranger))).toBe("NOT_FOUND");
    expect(await keptFiles(stage.ctx, [event.coverId])).toEqual([event.coverId]);
  });

  test("survives a race", async () => {
    const event = await covered();
    const ends = await Promise.all(Array.from({ length: 4 }, () => remove(event.id)));
    expect(ends.map(({ version }) => version)).toEqual([2, 2, 2, 2]);
    expect(await eventLog(stage.ctx, event.id)).toHaveLength(1);
  });
});
