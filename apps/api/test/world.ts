import { randomBytes } from "node:crypto";
import { hashLinkToken } from "@tsudoi/core/auth/hash-link-token.ts";
import {
  anEvent,
  anOrganization,
  aUser,
  type TestEvent,
  type TestUser,
} from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import { anAccount, type Stage } from "./stage.ts";

export const CALLERS = [
  "anonymous",
  "member",
  "organizer",
  "owner",
  "admin",
  "elsewhere",
  "disabled",
] as const;
export type Caller = (typeof CALLERS)[number];

export type World = {
  stage: Stage;
  people: Record<Exclude<Caller, "anonymous">, TestUser>;
  shown: TestEvent;
  draft: TestEvent;
  /** Somebody else's registration. */
  registrationId: string;
};

/** One of each kind of caller, and something that each may or may not touch. */
export async function aWorld(stage: Stage): Promise<World> {
  const { ctx, organizationId } = stage;
  const owner = await aUser(ctx, { organizationId, role: "organizer" });
  const people = {
    member: await anAccount(stage),
    organizer: await aUser(ctx, { organizationId, role: "organizer" }),
    owner,
    admin: await aUser(ctx, { organizationId, role: "admin" }),
    elsewhere: await aUser(ctx, { organizationId: await anOrganization(ctx), role: "admin" }),
    disabled: await aUser(ctx, { organizationId, role: "admin", disabledAt: new Date() }),
  };
  const shown = await anEvent(ctx, owner, { capacity: 1_000 });
  const draft = await anEvent(ctx, owner, { status: "draft", publishedAt: null });
  const somebody = await aUser(ctx, { organizationId });
  const token = await stage.tokenOf(somebody);
  const registered = await call<Registered>(
    stage.url,
    ["registrations.register", { eventId: shown.id }],
    { token },
  );
  if (!registered.ok) throw new Error(`nobody could register: ${registered.reason}`);
  return { stage, people, shown, draft, registrationId: registered.data.registration.id };
}

export async function tokenOf(world: World, caller: Caller): Promise<string | undefined> {
  return caller === "anonymous" ? undefined : world.stage.tokenOf(world.people[caller]);
}

/** A link as the operator's command makes it. */
export async function aSetUpToken(stage: Stage): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await stage.ctx.db.execute(sql`
    insert into one_time_tokens (token_hash, purpose, expires_at)
    values (${hashLinkToken(token)}, 'set-up', now() + interval '1 day')`);
  return token;
}

export const freshDraft = ({ stage, people }: World) =>
  anEvent(stage.ctx, people.owner, { status: "draft", publishedAt: null });

type EventOverrides = Parameters<typeof anEvent>[2];

/** An event of the owner's with so many people who registered one after another; the last one's registration. */
export async function aGuest(
  { stage, people }: World,
  { guests = 1, ...overrides }: EventOverrides & { guests?: number } = {},
): Promise<{ eventId: string; registrationId: string }> {
  const { id: eventId } = await anEvent(stage.ctx, people.owner, overrides);
  let registrationId = "";
  for (let index = 0; index < guests; index += 1) {
    const somebody = await aUser(stage.ctx, { organizationId: stage.organizationId });
    const token = await stage.tokenOf(somebody);
    const answer = await call<Registered>(stage.url, ["registrations.register", { eventId }], {
      token,
    });
    if (!answer.ok) throw new Error(`nobody could register: ${answer.reason}`);
    registrationId = answer.data.registration.id;
  }
  return { eventId, registrationId };
}

/** A link of somebody's mail: to the seat that is held for them, or to the one they have. */
export async function aLink(world: World, purpose: "offer" | "leave"): Promise<string> {
  const { ctx, organizationId, system } = world.stage;
  const { registrationId: id } = await aGuest(world);
  if (purpose === "offer") {
    await ctx.db.execute(sql`
      update registrations set status = 'offered', offer_expires_at = now() + interval '1 hour'
      where id = ${id}`);
  }
  return system.tokens.links.sign(purpose, { organizationId, id, generation: 1 });
}
