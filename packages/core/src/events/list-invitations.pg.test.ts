import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { invite } from "./invite.ts";
import { listInvitations } from "./list-invitations.ts";
import { saveOrganizer } from "./save-organizer.ts";

const stage = useStage();

describe("events.listInvitations", () => {
  test("has each address once, page after page", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const owner = stage.as(actorOf(stage.owner));
    const emails = Array.from({ length: 5 }, (_, index) => `p${index}@example.test`);
    await invite(owner, { eventId, emails });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listInvitations(owner, { eventId, limit: 2, ...(cursor && { cursor }) });
      found.push(...page.items.map((item) => `${item.email} ${item.via}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual(emails.map((email) => `${email} list`));
  });

  test("is for who sees the event's people", async () => {
    const { id: eventId } = await stage.anEvent({ audience: "invited" });
    const owner = stage.as(actorOf(stage.owner));
    const [viewer, door, stranger] = await stage.someMembers(3);
    await saveOrganizer(owner, { eventId, userId: viewer!.id, role: "viewer" });
    await saveOrganizer(owner, { eventId, userId: door!.id, role: "checkin" });
    const ends = [viewer, door, stranger].map((person) =>
      reasonOf(listInvitations(stage.as(actorOf(person!)), { eventId, limit: 10 })),
    );
    expect(await Promise.all(ends)).toEqual(["no refusal", "FORBIDDEN", "NOT_FOUND"]);
    expect(await reasonOf(listInvitations(owner, { eventId, limit: 1, cursor: "x" }))).toBe(
      "VALIDATION",
    );
  });
});
