import { HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { aBearer, badLinks, linkOf } from "#test/links.ts";
import { reasonOf } from "#test/refusals.ts";
import { someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { getByLink } from "./get-by-link.ts";

const stage = useStage();
afterEach(() => stage.setNow(new Date()));

async function anOffer() {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer", offerHours: 2 });
  const [seated, guest] = await someGuests(stage, event, 2);
  await cancel(seated!.ctx, { registrationId: seated!.registrationId });
  return { event, seated: seated!, guest: guest! };
}

describe("registrations.getByLink", () => {
  test("does the thing: what the button is about, and no more", async () => {
    const now = new Date();
    stage.setNow(now);
    const { event, guest } = await anOffer();
    const token = linkOf(stage, "offer", guest);
    expect(await getByLink(aBearer(stage), { purpose: "offer", token })).toEqual({
      familyName: guest.person.familyName,
      givenName: guest.person.givenName,
      status: "offered",
      until: new Date(now.getTime() + 2 * HOUR).toISOString(),
      organization: { ja: "試験株式会社", en: "Test Inc." },
      event: {
        title: { ja: "試験のイベント", en: "A test event" },
        status: "published",
        startsAt: event.startsAt.toISOString(),
        endsAt: event.endsAt.toISOString(),
        timeZone: "Asia/Tokyo",
      },
    });
  });

  test("looking changes nothing, however often", async () => {
    const { event, guest } = await anOffer();
    const look = async () => {
      const [row] = await stage.ctx.db.execute<Record<string, unknown>>(sql`
        select e.seq, e.seats_taken, r.status, r.updated_at,
          (select count(*)::int from audit_log where entity_id = r.id) as entries,
          (select count(*)::int from outbox) as jobs
        from events e join registrations r on r.event_id = e.id
        where e.id = ${event.id} and r.id = ${guest.registrationId}`);
      return { ...row };
    };
    const before = await look();
    for (const purpose of ["offer", "leave", "offer"] as const) {
      await getByLink(aBearer(stage), { purpose, token: linkOf(stage, purpose, guest) });
    }
    expect(await look()).toEqual(before);
  });

  test("an offer that has ended is one, also while nobody has ended it yet", async () => {
    const { guest } = await anOffer();
    const token = linkOf(stage, "offer", guest);
    stage.setNow(new Date(Date.now() + 2 * HOUR + 60_000));
    const shown = await getByLink(aBearer(stage), { purpose: "offer", token });
    expect({ status: shown.status, until: shown.until }).toEqual({
      status: "expired",
      until: undefined,
    });
  });

  test("a seat can be given back until the event's deadline, or its start", async () => {
    for (const cancelUntil of [new Date(Date.now() + HOUR), null]) {
      const event = await stage.anEvent({ cancelUntil });
      const [guest] = await someGuests(stage, event, 1);
      const token = linkOf(stage, "leave", guest!);
      const shown = await getByLink(aBearer(stage), { purpose: "leave", token });
      expect(shown.until).toBe((cancelUntil ?? event.startsAt).toISOString());
    }
  });

  test("rejects a stranger: every other link ends alike, whatever is wrong with it", async () => {
    const { guest } = await anOffer();
    for (const purpose of ["offer", "leave"] as const) {
      for (const token of badLinks(stage, purpose, guest)) {
        expect(await reasonOf(getByLink(aBearer(stage), { purpose, token }))).toBe("LINK_EXPIRED");
      }
    }
  });

  test("ends with the event, and with the person's account", async () => {
    const { event, guest } = await anOffer();
    const open = () =>
      reasonOf(
        getByLink(aBearer(stage), { purpose: "offer", token: linkOf(stage, "offer", guest) }),
      );
    stage.setNow(new Date(event.endsAt.getTime() - 1));
    expect(await open()).toBe("no refusal");
    stage.setNow(event.endsAt);
    expect(await open()).toBe("LINK_EXPIRED");
    stage.setNow(new Date());
    await stage.ctx.db.execute(sql`
      update users set disabled_at = now() where id = ${guest.person.id}`);
    expect(await open()).toBe("LINK_EXPIRED");
  });
});
