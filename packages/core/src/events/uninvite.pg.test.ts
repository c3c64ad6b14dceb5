import { describe, expect, test } from "vitest";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { eventLog } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getEvent } from "./get-event.ts";
import { invite } from "./invite.ts";
import { uninvite } from "./uninvite.ts";

const stage = useStage();

describe("events.uninvite", () => {
  test("does the thing: the event is gone for whoever has no place in it", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const owner = stage.as(actorOf(stage.owner));
    const guests = await stage.someMembers(2);
    const emails = guests.map(({ email }) => email);
    const [booked, undecided] = guests.map((guest) => stage.as(actorOf(guest)));
    await invite(owner, { eventId, apply: "this", emails });
    await register(booked!, { eventId });
    expect(
      await uninvite(owner, { eventId, apply: "this", emails: [...emails, "other@example.test"] }),
    ).toEqual({
      uninvited: 2,
    });
    expect(await reasonOf(getEvent(booked!, { eventId }))).toBe("no refusal");
    expect(await reasonOf(getEvent(undecided!, { eventId }))).toBe("NOT_FOUND");
    expect(await reasonOf(register(undecided!, { eventId }))).toBe("NOT_FOUND");
    expect((await eventLog(stage.ctx, eventId)).map(({ action }) => action)).toEqual([
      "events.invite",
      "events.uninvite",
    ]);
  });

  test("is idempotent", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const owner = stage.as(actorOf(stage.owner));
    const emails = ["a@example.test"];
    await invite(owner, { eventId, apply: "this", emails });
    expect(await uninvite(owner, { eventId, apply: "this", emails })).toEqual({ uninvited: 1 });
    expect(await uninvite(owner, { eventId, apply: "this", emails })).toEqual({ uninvited: 0 });
  });

  test("rejects a stranger", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const stranger = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    expect(
      await reasonOf(uninvite(stranger, { eventId, apply: "this", emails: ["a@example.test"] })),
    ).toBe("NOT_FOUND");
  });
});
