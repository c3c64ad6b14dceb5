import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { describe, expect, test } from "vitest";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { eventLog, refusalOf } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { reopen } from "./reopen.ts";

const stage = useStage();

const open = ({ id }: { id: string }, person = stage.owner) =>
  reopen(stage.as(actorOf(person)), { eventId: id });

describe("events.reopen", () => {
  test("does the thing: people may register again", async () => {
    const event = await stage.anEvent({ status: "closed" });
    expect(await open(event)).toMatchObject({ status: "published", version: 2 });
    const member = stage.as(actorOf(await stage.aMember()));
    expect(await reasonOf(register(member, { eventId: event.id }))).toBe("no refusal");
    expect(await eventLog(stage.ctx, event.id)).toEqual([
      { action: "events.reopen", actorId: stage.owner.id },
    ]);
  });

  test("is for what was closed and is not over", async () => {
    for (const status of ["draft", "published", "cancelled", "archived"] as const) {
      const event = await stage.anEvent({ status });
      expect(await refusalOf(open(event))).toMatchObject({
        reason: "STATE_CONFLICT",
        details: { fields: { status } },
      });
    }
    const over = await stage.anEvent({
      status: "closed",
      startsAt: new Date(Date.now() - DAY),
      endsAt: new Date(Date.now() - HOUR),
    });
    expect(await refusalOf(open(over))).toMatchObject({
      reason: "STATE_CONFLICT",
      details: { fields: { status: "over" } },
    });
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent({ status: "closed" });
    expect(await reasonOf(open(event, await stage.aMember({ role: "organizer" })))).toBe(
      "NOT_FOUND",
    );
    expect(await reasonOf(reopen(stage.as({ kind: "anonymous" }), { eventId: event.id }))).toBe(
      "NOT_SIGNED_IN",
    );
  });
});
