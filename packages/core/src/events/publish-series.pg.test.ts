import type { PublishEventInput } from "@tsudoi/shared/event-input.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anInput, jobsFor, refusalOf, rowsOf } from "#test/event-changes.ts";
import { useStage } from "#test/stage.ts";
import { createSeries } from "./create-series.ts";
import { drawHash } from "./draw-seed.ts";
import { publish } from "./publish.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const NOW = new Date("2026-10-01T00:00:00.000Z");
const owner = () => stage.as(actorOf(stage.owner));

const show = (eventId: string | undefined, more: Partial<PublishEventInput> = {}) =>
  publish(owner(), {
    eventId: eventId ?? "",
    allowMissingTranslation: false,
    apply: "this",
    ...more,
  });

async function aSeries(overrides: Parameters<typeof anInput>[0] = {}): Promise<string[]> {
  stage.setNow(NOW);
  const event = anInput({ startsAt: "2026-10-15T06:00:00.000Z", ...overrides });
  const made = await createSeries(owner(), { event, rrule: "FREQ=WEEKLY;COUNT=4" });
  return made.events.map(({ id }) => id);
}

const statuses = async (ids: string[]) => (await rowsOf(stage.ctx, ids)).map((row) => row.status);
const draws = (eventId: string) => jobsFor(stage.ctx, { job: "registrations.draw-lots", eventId });

describe("events.publish of a series", () => {
  test.each([
    ["this", ["draft", "published", "draft", "draft"]],
    ["following", ["draft", "published", "published", "published"]],
    ["all", ["published", "published", "published", "published"]],
  ] as const)("%s", async (apply, expected) => {
    const ids = await aSeries();
    await show(ids[1], { apply });
    expect(await statuses(ids)).toEqual(expected);
  });

  test("what is over or was called off stays", async () => {
    const ids = await aSeries();
    await stage.ctx.db.execute(sql`update events set status = 'cancelled' where id = ${ids[2]}`);
    stage.setNow(new Date("2026-10-16T00:00:00.000Z"));
    await show(ids[1], { apply: "all" });
    expect(await statuses(ids)).toEqual(["draft", "published", "cancelled", "published"]);
  });

  test("one without its translation keeps all of them drafts, and is named", async () => {
    const ids = await aSeries();
    await stage.ctx.db.execute(sql`update events set title_en = '' where id = ${ids[3]}`);
    expect(await refusalOf(show(ids[0], { apply: "all" }))).toMatchObject({
      reason: "TRANSLATION_MISSING",
      details: { fields: { missing: "en", eventId: ids[3] } },
    });
    expect(await statuses(ids)).toEqual(Array(4).fill("draft"));
    await show(ids[0], { apply: "all", allowMissingTranslation: true });
    expect(await statuses(ids)).toEqual(Array(4).fill("published"));
  });
});

describe("events.publish of a lottery", () => {
  const lottery = { allocation: "lottery" as const, drawAt: "2026-10-14T06:00:00.000Z" };

  test("each has a seed of its own, shown as its hash, and is drawn at its time", async () => {
    const ids = await aSeries(lottery);
    const before = await rowsOf(stage.ctx, ids);
    expect(before.map((row) => row.draw_seed)).toEqual(Array(4).fill(null));
    const shown = await show(ids[0], { apply: "all" });
    const seeds = (await rowsOf(stage.ctx, ids)).map((row) => String(row.draw_seed));
    expect(new Set(seeds).size).toBe(4);
    for (const seed of seeds) expect(seed).toMatch(/^[0-9a-f]{64}$/);
    expect(shown).toMatchObject({ drawHash: drawHash(seeds[0] ?? ""), drawSeed: null });
    const days = ["14", "21", "28"];
    const due = await Promise.all(ids.map(draws));
    expect(due.flat().slice(0, 3)).toEqual(days.map((day) => `2026-10-${day}T06:00:00.000Z`));
    expect(due.map((jobs) => jobs.length)).toEqual([1, 1, 1, 1]);
  });

  test("not after the time of its draw", async () => {
    const ids = await aSeries(lottery);
    stage.setNow(new Date(lottery.drawAt));
    expect(await refusalOf(show(ids[0]))).toMatchObject({
      reason: "VALIDATION",
      details: { issues: [{ path: "drawAt", code: "past" }] },
    });
    expect(await statuses(ids)).toEqual(Array(4).fill("draft"));
  });
});
