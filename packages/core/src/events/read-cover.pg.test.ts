import { DAY } from "@tsudoi/shared/time.ts";
import { afterEach, describe, expect, test } from "vitest";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { aCoveredEvent } from "#test/covers.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";
import { readCover } from "./read-cover.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

const NIGHT = Date.parse("2030-05-01T23:59:59.000Z");

async function addressOf(eventId: string): Promise<string> {
  const reader = stage.as(actorOf(stage.owner));
  return (await getEvent(reader, { eventId })).cover?.url.replace("/covers/", "") ?? "";
}

async function read(token: string) {
  const call = { name: "events.readCover", requestId: "request", queries: 0 };
  const end = await runInCall(call, () => reasonOf(readCover(stage.ctx, { token })));
  return { end, queries: call.queries };
}

describe("events/read-cover", () => {
  test("an address is the same all day, works through the next one, and then no more", async () => {
    const event = await aCoveredEvent(stage.ctx, stage.owner, { startsAt: new Date(NIGHT) });
    stage.setNow(new Date(NIGHT - DAY + 1_000));
    const morning = await addressOf(event.id);
    stage.setNow(new Date(NIGHT));
    expect(await addressOf(event.id)).toBe(morning);
    expect(await read(morning)).toEqual({ end: "no refusal", queries: 1 });
    stage.setNow(new Date(NIGHT + 1_000));
    expect(await addressOf(event.id)).not.toBe(morning);
    stage.setNow(new Date(NIGHT + DAY));
    expect(await read(morning)).toEqual({ end: "no refusal", queries: 1 });
    stage.setNow(new Date(NIGHT + DAY + 1_000));
    expect(await read(morning)).toEqual({ end: "LINK_EXPIRED", queries: 0 });
  });

  test("nothing else opens it: no guess, no link of another kind, none from tomorrow", async () => {
    const { organizationId, coverId: id } = await aCoveredEvent(stage.ctx, stage.owner);
    const { links } = stage.ctx.tokens;
    const generation = Math.floor(stage.ctx.now().getTime() / DAY);
    const wrong = [
      "",
      "x".repeat(70),
      links.sign("leave", { organizationId, id, generation }),
      links.sign("cover", { organizationId, id, generation: generation + 1 }),
    ];
    for (const token of wrong) {
      expect(await read(token)).toEqual({ end: "LINK_EXPIRED", queries: 0 });
    }
    const elsewhere = links.sign("cover", { organizationId: id, id, generation });
    expect(await read(elsewhere)).toEqual({ end: "LINK_EXPIRED", queries: 1 });
  });
});
