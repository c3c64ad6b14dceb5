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
import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { sql } from "drizzle-orm";
import { anAccount, PASSWORD, type Stage } from "./stage.ts";

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

const freshDraft = ({ stage, people }: World) =>
  anEvent(stage.ctx, people.owner, { status: "draft", publishedAt: null });

/** For every procedure an input that nothing is wrong with. */
export const INPUTS: Record<Procedure, (world: World) => unknown> = {
  "auth.signIn": ({ people }) => ({ email: people.member.email, password: PASSWORD }),
  "auth.refresh": () => ({}),
  "auth.signOut": () => ({}),
  "auth.me": () => ({}),
  "auth.setLocale": () => ({ locale: "en" }),
  "auth.setUp": async ({ stage }) => {
    const token = await aSetUpToken(stage);
    return {
      token,
      organizationName: "集い",
      familyName: "佐藤",
      givenName: "花子",
      email: `${token
        .slice(0, 8)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "x")}@example.test`,
      password: PASSWORD,
      locale: "ja",
      timeZone: "Asia/Tokyo",
    };
  },
  "calendars.get": () => ({}),
  "calendars.getEntry": ({ registrationId }) => ({ registrationId }),
  "calendars.rotate": () => ({}),
  "categories.list": () => ({ limit: 10 }),
  "events.list": () => ({ limit: 10, scope: "open", text: "event" }),
  "events.get": ({ shown }) => ({ eventId: shown.id }),
  "events.create": () => ({
    title: { ja: "題", en: "title" },
    description: { ja: "説明", en: "about" },
    category: "seminar",
    startsAt: "2030-01-01T00:00:00Z",
    endsAt: "2030-01-01T01:00:00Z",
    timeZone: "Asia/Tokyo",
    capacity: 5,
    location: "本社",
    onlineUrl: "https://meet.example.test/room",
    registrationOpensAt: "2029-01-01T00:00:00Z",
    registrationClosesAt: "2029-12-01T00:00:00Z",
    cancelUntil: "2029-12-31T00:00:00Z",
    waitlistMode: "none",
    approval: false,
    questions: [
      {
        id: "dish",
        kind: "choice",
        label: { ja: "食事", en: "Food" },
        required: true,
        options: [
          { id: "meat", label: { ja: "肉", en: "Meat" } },
          { id: "fish", label: { ja: "魚", en: "Fish" } },
        ],
      },
      {
        id: "note",
        kind: "text",
        label: { ja: "備考", en: "Note" },
        showIf: { questionId: "dish", equals: "fish" },
      },
    ],
    answersUntil: "2029-12-15T00:00:00Z",
  }),
  "events.publish": async (world) => ({ eventId: (await freshDraft(world)).id }),
  "events.watch": ({ shown }) => ({ eventId: shown.id }),
  "registrations.register": ({ shown }) => ({ eventId: shown.id, answers: {} }),
  "registrations.get": ({ registrationId }) => ({ registrationId }),
  "registrations.listMine": () => ({ limit: 10, when: "upcoming" }),
  "registrations.update": ({ registrationId }) => ({ registrationId, answers: {} }),
  "system.info": () => ({}),
};
