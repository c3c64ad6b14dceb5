import { describe, expect, test } from "vitest";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { anEvent, anOrganization, aUser } from "#test/builders.ts";
import { eventLog } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { acceptInvite } from "./accept-invite.ts";
import { getEvent } from "./get-event.ts";
import { listInvitations } from "./list-invitations.ts";
import { publish } from "./publish.ts";

const stage = useStage();

const tokenOf = (event: { organizationId: string; id: string }, generation = 1) => {
  const { organizationId, id } = event;
  return stage.ctx.tokens.links.sign("invite", { organizationId, id, generation });
};

describe("events.acceptInvite", () => {
  test("does the thing: whoever follows the link is on the list, and may book", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const guest = await stage.aMember();
    const ctx = stage.as(actorOf(guest));
    expect(await acceptInvite(ctx, { token: tokenOf(event) })).toEqual({
      eventId: event.id,
      isShown: true,
    });
    expect(await reasonOf(getEvent(ctx, { eventId: event.id }))).toBe("no refusal");
    expect(await reasonOf(register(ctx, { eventId: event.id }))).toBe("no refusal");
    const owner = stage.as(actorOf(stage.owner));
    const { items } = await listInvitations(owner, { eventId: event.id, limit: 10 });
    expect(items).toMatchObject([{ email: guest.email, via: "link" }]);
  });

  test("a draft is not shown yet to whoever is on its list, and is once it is published", async () => {
    const event = await stage.anEvent({ audience: "invited", status: "draft", publishedAt: null });
    const owner = stage.as(actorOf(stage.owner));
    const guest = stage.as(actorOf(await stage.aMember()));
    const accept = (ctx: typeof guest) => acceptInvite(ctx, { token: tokenOf(event) });
    expect(await accept(guest)).toEqual({ eventId: event.id, isShown: false });
    expect(await accept(owner)).toEqual({ eventId: event.id, isShown: true });
    expect(await reasonOf(getEvent(guest, { eventId: event.id }))).toBe("NOT_FOUND");
    const shown = { eventId: event.id, apply: "this", allowMissingTranslation: true } as const;
    await publish(owner, shown);
    expect(await getEvent(guest, { eventId: event.id })).toMatchObject({ status: "published" });
    expect(await accept(guest)).toEqual({ eventId: event.id, isShown: true });
  });

  test("is idempotent", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const ctx = stage.as(actorOf(await stage.aMember()));
    const twice = () => acceptInvite(ctx, { token: tokenOf(event) });
    const told = { eventId: event.id, isShown: true };
    expect(await Promise.all([twice(), twice()])).toEqual([told, told]);
    expect(await eventLog(stage.ctx, event.id)).toHaveLength(1);
  });

  test("rejects a stranger, and every link that is not this event's last one", async () => {
    const event = await stage.anEvent({ audience: "invited" });
    const elsewhere = await anOrganization(stage.ctx);
    const theirs = await anEvent(stage.ctx, await aUser(stage.ctx, { organizationId: elsewhere }));
    const ctx = stage.as(actorOf(await stage.aMember()));
    const good = tokenOf(event);
    const other = { organizationId: stage.organizationId, id: event.id, generation: 1 };
    const bad = [
      ...["x", good.slice(0, -1), `${good}A`, `${good[0] === "A" ? "B" : "A"}${good.slice(1)}`],
      ...[tokenOf(event, 2), tokenOf(theirs), tokenOf({ ...event, id: theirs.id })],
      stage.ctx.tokens.links.sign("leave", other),
    ];
    for (const token of bad)
      expect(await reasonOf(acceptInvite(ctx, { token }))).toBe("LINK_EXPIRED");
    const nobody = stage.as({ kind: "anonymous" });
    expect(await reasonOf(acceptInvite(nobody, { token: good }))).toBe("NOT_SIGNED_IN");
    expect(await reasonOf(getEvent(ctx, { eventId: event.id }))).toBe("NOT_FOUND");
  });
});
