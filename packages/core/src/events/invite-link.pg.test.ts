import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { inviteLink } from "./invite-link.ts";
import { inviteToken } from "./invite-token.ts";

const stage = useStage();

describe("events.inviteLink", () => {
  test("is the same each time, and no other event's", async () => {
    const [one, other] = [await stage.anEvent(), await stage.anEvent()];
    const owner = stage.as(actorOf(stage.owner));
    const linkOf = async ({ id }: typeof one) =>
      inviteToken(owner, await inviteLink(owner, { eventId: id }));
    expect(await linkOf(one)).toBe(await linkOf(one));
    expect(await linkOf(one)).not.toBe(await linkOf(other));
  });

  test("rejects a stranger", async () => {
    const { id: eventId } = await stage.anEvent();
    const stranger = stage.as(actorOf(await stage.aMember({ role: "organizer" })));
    expect(await reasonOf(inviteLink(stranger, { eventId }))).toBe("NOT_FOUND");
    const nobody = stage.as({ kind: "anonymous" });
    expect(await reasonOf(inviteLink(nobody, { eventId }))).toBe("NOT_SIGNED_IN");
  });
});
