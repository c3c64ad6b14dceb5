import { HOUR } from "@tsudoi/shared/time.ts";
import { afterEach, describe, expect, test } from "vitest";
import { aBearer, badLinks, linkOf } from "#test/links.ts";
import { reasonOf } from "#test/refusals.ts";
import { auditOf, expectSound, kindsTold, someGuests, statusesOf } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { acceptByLink } from "./accept-by-link.ts";
import { cancel } from "./cancel.ts";
import { declineByLink } from "./decline-by-link.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

async function anOffer() {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer", offerHours: 2 });
  const [seated, guest, next] = await someGuests(stage, event, 3);
  await cancel(seated!.ctx, { registrationId: seated!.registrationId });
  return { event, guest: guest!, next: next!, token: linkOf(stage, "offer", guest!) };
}

describe("registrations.acceptByLink", () => {
  test("does the thing, in nobody's name but the link's", async () => {
    const { event, guest, token } = await anOffer();
    const { status, until } = await acceptByLink(aBearer(stage), { token });
    expect({ status, until }).toEqual({
      status: "confirmed",
      until: event.startsAt.toISOString(),
    });
    expect(await kindsTold(stage.ctx, guest)).toEqual([
      "registrations.confirmation",
      "registrations.offer",
      "registrations.confirmation",
    ]);
    expect((await auditOf(stage.ctx, guest)).at(-1)).toEqual({
      action: "registrations.acceptByLink",
      actorId: null,
    });
    await expectSound(stage.ctx, event);
  });

  test("is idempotent: pressing twice is pressing once", async () => {
    const { guest, token } = await anOffer();
    const first = await acceptByLink(aBearer(stage), { token });
    expect(await acceptByLink(aBearer(stage), { token })).toEqual(first);
    expect(await kindsTold(stage.ctx, guest)).toHaveLength(3);
  });

  test("refuses an offer that has ended, and one that was declined", async () => {
    const [late, declined] = [await anOffer(), await anOffer()];
    await declineByLink(aBearer(stage), { token: declined.token });
    expect(await reasonOf(acceptByLink(aBearer(stage), { token: declined.token }))).toBe(
      "STATE_CONFLICT",
    );
    stage.setNow(new Date(Date.now() + 2 * HOUR + 60_000));
    expect(await reasonOf(acceptByLink(aBearer(stage), { token: late.token }))).toBe(
      "OFFER_EXPIRED",
    );
    await expectSound(stage.ctx, declined.event);
  });

  test("rejects a stranger", async () => {
    const { guest } = await anOffer();
    for (const token of badLinks(stage, "offer", guest)) {
      expect(await reasonOf(acceptByLink(aBearer(stage), { token }))).toBe("LINK_EXPIRED");
    }
    expect(await statusesOf(stage.ctx, [guest])).toEqual(["offered"]);
  });

  test("survives a race: accepted or declined, never both", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { event, guest, next, token } = await anOffer();
      const [accepted, declined] = await Promise.all([
        reasonOf(acceptByLink(aBearer(stage), { token })),
        reasonOf(declineByLink(aBearer(stage), { token })),
      ]);
      const wasFirst = accepted === "no refusal";
      expect([accepted, declined].toSorted()).toEqual(["STATE_CONFLICT", "no refusal"]);
      expect(await statusesOf(stage.ctx, [guest, next])).toEqual(
        wasFirst ? ["confirmed", "waitlisted"] : ["declined", "offered"],
      );
      await expectSound(stage.ctx, event);
    }
  });
});
