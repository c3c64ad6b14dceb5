import type { UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import { afterEach, describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anInput, refusalOf, rowsOf } from "#test/event-changes.ts";
import { useStage } from "#test/stage.ts";
import { create } from "./create.ts";
import { createSeries } from "./create-series.ts";
import { publish } from "./publish.ts";
import { update } from "./update.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const NOW = new Date("2026-10-01T00:00:00.000Z");
const owner = () => stage.as(actorOf(stage.owner));
/** On a day of October, at 15:00 in Tokyo unless another hour is given. */
const on = (day: number, hour = 6) => new Date(Date.UTC(2026, 9, day, hour)).toISOString();
const span = (day: number) => ({ startsAt: on(day), endsAt: on(day, 8) });

type Deadlines = Pick<UpdateEventInput, "cancelUntil" | "answersUntil" | "drawAt"> & {
  registrationClosesAt?: string;
  allocation?: "lottery";
};

/** Published, on the 15th. */
async function anEvent(deadlines: Deadlines = {}): Promise<string> {
  stage.setNow(NOW);
  const { id } = await create(owner(), anInput({ ...span(15), ...deadlines }));
  const shown = { eventId: id, apply: "this", allowMissingTranslation: true } as const;
  await publish(owner(), shown);
  return id;
}

const change = (eventId: string, changes: Partial<UpdateEventInput>, version = 2) =>
  update(owner(), { eventId, version, apply: "this", ...changes });

describe("deadlines of an event whose start moves", () => {
  test.each([
    ["later", 17],
    ["earlier", 13],
  ])("registration that nobody gave an end ends with the start: %s", async (_, day) => {
    const id = await anEvent();
    expect(await change(id, span(day))).toMatchObject({
      startsAt: on(day),
      registrationClosesAt: on(day),
    });
  });

  test("a moment that somebody chose stays, and one that no longer fits is refused by its name", async () => {
    const chosen = {
      registrationClosesAt: on(14),
      cancelUntil: on(13),
      answersUntil: on(12),
      allocation: "lottery",
      drawAt: on(14, 7),
    } as const;
    const id = await anEvent(chosen);
    expect(await change(id, span(17))).toMatchObject({ startsAt: on(17), ...chosen });
    const refused = await refusalOf(change(id, span(11), 3));
    const paths = ["registrationClosesAt", "cancelUntil", "answersUntil", "drawAt"];
    expect(refused).toMatchObject({
      reason: "VALIDATION",
      details: { issues: paths.map((path) => expect.objectContaining({ path })) },
    });
  });

  test("null gives the end of registration back to the start", async () => {
    const id = await anEvent({ registrationClosesAt: on(14) });
    const back = await change(id, { registrationClosesAt: null });
    expect(back).toMatchObject({ registrationClosesAt: on(15), version: 3 });
    expect(await change(id, span(17), 3)).toMatchObject({ registrationClosesAt: on(17) });
  });

  test("an end that is named beside another start is that one", async () => {
    const id = await anEvent();
    const named = { ...span(17), registrationClosesAt: on(16) };
    expect(await change(id, named)).toMatchObject(named);
  });
});

describe("deadlines of a series whose starts move", () => {
  async function aSeries(overrides: Parameters<typeof anInput>[0] = {}): Promise<string[]> {
    stage.setNow(NOW);
    const event = anInput({ ...span(15), ...overrides });
    const { events } = await createSeries(owner(), { event, rrule: "FREQ=WEEKLY;COUNT=3" });
    return events.map(({ id }) => id);
  }
  const ends = async (ids: string[]) =>
    (await rowsOf(stage.ctx, ids)).map(({ registration_closes_at: at }) =>
      new Date(String(at)).toISOString(),
    );
  const all = (id: string | undefined, changes: Partial<UpdateEventInput>, version = 1) =>
    change(id ?? "", { apply: "all", ...changes }, version);

  test.each([
    ["later", 17],
    ["earlier", 13],
  ])("each ends its registration with its own start: %s", async (_, day) => {
    const ids = await aSeries();
    await all(ids[0], span(day));
    expect(await ends(ids)).toEqual([on(day), on(day + 7), on(day + 14)]);
  });

  test("one with an end of its own keeps it as far from its start, and the others go with theirs", async () => {
    const ids = await aSeries();
    await change(ids[1] ?? "", { registrationClosesAt: on(21) }, 1);
    await all(ids[0], span(16));
    expect(await ends(ids)).toEqual([on(16), on(22), on(30)]);
    // Its end is nothing that the change names.
    await all(ids[1], { startsAt: on(24), endsAt: on(24, 8) }, 3);
    expect(await ends(ids)).toEqual([on(17), on(22), on(31)]);
  });

  test("null gives it back to the start of each", async () => {
    const ids = await aSeries({ registrationClosesAt: on(14) });
    expect(await ends(ids)).toEqual([on(14), on(21), on(28)]);
    await change(ids[2] ?? "", { registrationClosesAt: on(27) }, 1);
    await all(ids[0], { registrationClosesAt: null });
    expect(await ends(ids)).toEqual([on(15), on(22), on(29)]);
  });

  test("an end that is chosen for one is as far from the start in each", async () => {
    const ids = await aSeries();
    await all(ids[0], { registrationClosesAt: on(14) });
    expect(await ends(ids)).toEqual([on(14), on(21), on(28)]);
  });
});
