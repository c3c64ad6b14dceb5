import { MAX_INVITATIONS } from "@tsudoi/shared/invitations.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { invite } from "./invite.ts";
import { listInvitations } from "./list-invitations.ts";
import { saveOrganizer } from "./save-organizer.ts";
import { selectInvitations } from "./select-invitations.ts";

const stage = useStage();

describe("events.listInvitations", () => {
  test("has each address once, page after page", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const owner = stage.as(actorOf(stage.owner));
    const emails = Array.from({ length: 5 }, (_, index) => `p${index}@example.test`);
    await invite(owner, { eventId, apply: "this", emails });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listInvitations(owner, { eventId, limit: 2, ...(cursor && { cursor }) });
      found.push(...page.items.map((item) => `${item.email} ${item.via}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual(emails.map((email) => `${email} list`));
  });

  test("finds people by parts of their address or name, also who has no account", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const owner = stage.as(actorOf(stage.owner));
    const person = await stage.aMember({
      ...{ email: "h.sato@example.test", familyName: "佐藤", givenName: "花子" },
      ...{ familyKana: "サトウ", givenKana: "ハナコ" },
    });
    const emails = [person.email, "sato_ken@elsewhere.test", "100%satoru@elsewhere.test"];
    await invite(owner, { eventId, apply: "this", emails });
    const found = async (text: string, limit = 10) =>
      (await listInvitations(owner, { eventId, text, limit })).items.map(({ email }) => email);
    expect(await found("SATO")).toEqual(emails.toSorted());
    expect(await found("佐藤花子")).toEqual([person.email]);
    expect(await found("花子　example")).toEqual([person.email]);
    expect(await found("さとう")).toEqual([person.email]);
    expect(await found("サトウ")).toEqual([person.email]);
    expect(await found("o_k")).toEqual(["sato_ken@elsewhere.test"]);
    expect(await found("0%s")).toEqual(["100%satoru@elsewhere.test"]);
    expect(await found("sato elsewhere", 1)).toEqual(["100%satoru@elsewhere.test"]);
    expect(await found("suzuki")).toEqual([]);
    expect(await found("  ")).toHaveLength(3);
  });

  test("a search reads the event's own list, and of people those who are on it", async () => {
    const full = await stage.anEvent({ audience: "invited" });
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    await stage.ctx.db.execute(sql`
      insert into event_invitations (organization_id, event_id, email, via)
      select ${stage.organizationId}, event.id, 'p' || i || '@example.test', 'list'
      from generate_series(1, ${MAX_INVITATIONS}::int) i,
        unnest(${sql.param([full.id, eventId])}::uuid[]) as event (id)
      where event.id = ${full.id} or i <= 500`);
    await stage.ctx.db.execute(sql`
      insert into users (organization_id, email, family_name, given_name, locale, time_zone)
      select ${stage.organizationId}, 'p' || i || '@example.test', '招待', i::text, 'ja', 'Asia/Tokyo'
      from generate_series(1, 5000) i`);
    await vacuum(stage.ctx);
    const wanted = { eventId, text: "招待499", limit: 10 };
    for (const kind of ["custom", "generic"] as const) {
      const [plan = []] = await explain(
        stage.url,
        (db) => selectInvitations({ ...stage.ctx, db }, stage.organizationId, wanted),
        kind,
      );
      expect(rowsRead(plan, "event_invitations")).toBe(500);
      expect(rowsRead(plan, "users")).toBe(500);
    }
  });

  test("is for who sees the event's people", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const owner = stage.as(actorOf(stage.owner));
    const [viewer, door, stranger] = await stage.someMembers(3);
    await saveOrganizer(owner, { eventId, apply: "this", userId: viewer!.id, role: "viewer" });
    await saveOrganizer(owner, { eventId, apply: "this", userId: door!.id, role: "checkin" });
    const ends = [viewer, door, stranger].map((person) =>
      reasonOf(listInvitations(stage.as(actorOf(person!)), { eventId, limit: 10 })),
    );
    expect(await Promise.all(ends)).toEqual(["no refusal", "FORBIDDEN", "NOT_FOUND"]);
    expect(await reasonOf(listInvitations(owner, { eventId, limit: 1, cursor: "x" }))).toBe(
      "VALIDATION",
    );
  });
});
