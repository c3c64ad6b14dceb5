import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { eventLog } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { acceptInvite } from "./accept-invite.ts";
import { getEvent } from "./get-event.ts";
import { inviteLink } from "./invite-link.ts";
import { inviteToken } from "./invite-token.ts";
import { rotateInviteLink } from "./rotate-invite-link.ts";

const stage = useStage();

describe("events.rotateInviteLink", () => {
  test("does the thing: the old link ends, who came by it stays, the new one works", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const owner = stage.as(actorOf(stage.owner));
    const [early, late] = (await stage.someMembers(2)).map((guest) => stage.as(actorOf(guest)));
    const old = inviteToken(owner, await inviteLink(owner, { eventId }));
    await acceptInvite(early!, { token: old });
    const fresh = inviteToken(owner, await rotateInviteLink(owner, { eventId }));
    expect(inviteToken(owner, await inviteLink(owner, { eventId }))).toBe(fresh);
    expect(await reasonOf(acceptInvite(late!, { token: old }))).toBe("LINK_EXPIRED");
    expect(await reasonOf(getEvent(early!, { eventId }))).toBe("no refusal");
    expect(await acceptInvite(late!, { token: fresh })).toEqual({ eventId, isShown: true });
    const actions = (await eventLog(stage.ctx, eventId)).map(({ action }) => action);
    expect(actions).toEqual([
      "events.acceptInvite",
      "events.rotateInviteLink",
      "events.acceptInvite",
    ]);
  });

  test("survives a race: as many links as calls, and the last one works", async () => {
    const { id: eventId } = await stage.anEvent();
    const owner = stage.as(actorOf(stage.owner));
    const links = await Promise.all(
      Array.from({ length: 5 }, () => rotateInviteLink(owner, { eventId })),
    );
    expect(links.map(({ generation }) => generation).toSorted()).toEqual([2, 3, 4, 5, 6]);
  });

  test("rejects a stranger", async () => {
    const { id: eventId } = await stage.anEvent();
    const stranger = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    expect(await reasonOf(rotateInviteLink(stranger, { eventId }))).toBe("NOT_FOUND");
  });
});
