import { eventOrganizers } from "@tsudoi/core/db/schema/event-organizers.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { aCoveredEvent } from "@tsudoi/core/test/covers.ts";
import { type MatrixOf, no, ok, row, signedIn } from "./matrix-entry.ts";
import { aGuest, freshDraft } from "./world.ts";

/** What is somebody else's event to others, whatever they may do with their own. */
const ofOrganizers = row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no);

const DRAFT = {
  title: { ja: "題", en: "title" },
  startsAt: "2030-01-01T00:00:00Z",
  endsAt: "2030-01-01T01:00:00Z",
  timeZone: "Asia/Tokyo",
  capacity: 5,
};

export const EVENTS: MatrixOf<"events"> = {
  "events.list": {
    told: signedIn,
    statements: 1,
    input: () => ({ limit: 10, scope: "open", text: "event" }),
  },
  "events.get": {
    told: row(no, ok, ok, ok, ok, "NOT_FOUND", ok),
    statements: 2,
    input: ({ shown }) => ({ eventId: shown.id }),
  },
  "events.create": {
    told: row(no, "FORBIDDEN", ok, ok, ok, ok, no),
    statements: 8,
    input: () => ({
      title: { ja: "題", en: "title" },
      description: { ja: "説明", en: "about" },
      category: "seminar",
      startsAt: "2030-01-01T00:00:00Z",
      endsAt: "2030-01-01T01:00:00Z",
      timeZone: "Asia/Tokyo",
      capacity: 5,
      location: "本社",
      locationFor: "confirmed",
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
  },
  "events.createSeries": {
    told: row(no, "FORBIDDEN", ok, ok, ok, ok, no),
    statements: 8,
    input: () => ({ event: DRAFT, rrule: "FREQ=WEEKLY;COUNT=10" }),
  },
  "events.duplicate": {
    told: row(no, "FORBIDDEN", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
    statements: 10,
    input: ({ shown }) => ({ eventId: shown.id, startsAt: "2030-01-01T00:00:00Z" }),
  },
  "events.update": {
    told: ofOrganizers,
    statements: 11,
    input: async (world) => {
      const { id } = await anEvent(world.stage.ctx, world.people.owner);
      return {
        eventId: id,
        version: 1,
        apply: "this",
        title: { en: "Moved" },
        startsAt: "2030-01-01T00:00:00Z",
        endsAt: "2030-01-01T01:00:00Z",
        location: "別館",
        capacity: 500,
      };
    },
  },
  "events.publish": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
    statements: 8,
    input: async (world) => ({ eventId: (await freshDraft(world)).id }),
  },
  "events.close": {
    told: ofOrganizers,
    statements: 8,
    input: async ({ stage, people }) => ({ eventId: (await anEvent(stage.ctx, people.owner)).id }),
  },
  "events.reopen": {
    told: ofOrganizers,
    statements: 8,
    input: async ({ stage, people }) => ({
      eventId: (await anEvent(stage.ctx, people.owner, { status: "closed" })).id,
    }),
  },
  "events.cancel": {
    told: ofOrganizers,
    statements: 9,
    input: async (world) => ({
      eventId: (await aGuest(world)).eventId,
      reason: "台風のため",
      apply: "all",
    }),
  },
  "events.discard": {
    told: ofOrganizers,
    statements: 6,
    input: async (world) => ({ eventId: (await freshDraft(world)).id }),
  },
  "events.removeCover": {
    told: ofOrganizers,
    statements: 7,
    input: async (world) => ({
      eventId: (await aCoveredEvent(world.stage.ctx, world.people.owner)).id,
      apply: "this",
    }),
  },
  "events.listOrganizers": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", ok),
    statements: 2,
    input: ({ shown }) => ({ eventId: shown.id, limit: 10 }),
  },
  "events.saveOrganizer": {
    told: ofOrganizers,
    statements: 10,
    input: async ({ stage, people }) => ({
      eventId: (await anEvent(stage.ctx, people.owner)).id,
      email: people.member.email,
      role: "checkin",
      apply: "all",
    }),
  },
  "events.removeOrganizer": {
    told: ofOrganizers,
    statements: 6,
    input: async (world) => {
      const { stage, people } = world;
      const { id } = await anEvent(stage.ctx, people.owner);
      await stage.ctx.db.insert(eventOrganizers).values({
        organizationId: stage.organizationId,
        eventId: id,
        userId: people.admin.id,
        role: "viewer",
      });
      return { eventId: id, userId: people.admin.id, apply: "following" };
    },
  },
  "events.listInvitations": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", ok),
    statements: 2,
    input: ({ shown }) => ({ eventId: shown.id, text: "guest", limit: 10 }),
  },
  "events.invite": {
    told: ofOrganizers,
    statements: 12,
    input: async ({ stage, people }) => ({
      eventId: (await anEvent(stage.ctx, people.owner, { audience: "invited" })).id,
      emails: [people.member.email, "guest@example.test"],
      apply: "all",
    }),
  },
  "events.uninvite": {
    told: ofOrganizers,
    statements: 6,
    input: ({ shown }) => ({
      eventId: shown.id,
      emails: ["guest@example.test"],
      apply: "following",
    }),
  },
  "events.inviteLink": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", ok),
    statements: 2,
    input: ({ shown }) => ({ eventId: shown.id }),
  },
  "events.rotateInviteLink": {
    told: ofOrganizers,
    statements: 5,
    input: async ({ stage, people }) => ({ eventId: (await anEvent(stage.ctx, people.owner)).id }),
  },
  "events.acceptInvite": {
    told: row(no, ok, ok, ok, ok, "LINK_EXPIRED", no),
    statements: 4,
    input: async ({ stage, people }) => {
      const { organizationId, id } = await anEvent(stage.ctx, people.owner);
      const link = { organizationId, id, generation: 1 };
      return { token: stage.system.tokens.links.sign("invite", link) };
    },
  },
  "events.watch": {
    told: row(no, ok, ok, ok, ok, "NOT_FOUND", ok),
    statements: 1,
    input: ({ shown }) => ({ eventId: shown.id }),
  },
  "events.listDraw": {
    told: row(no, ok, ok, ok, ok, "NOT_FOUND", ok),
    statements: 2,
    input: ({ shown }) => ({ eventId: shown.id, limit: 10 }),
  },
  "events.draw": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
    statements: 15,
    input: async (world) => {
      const now = Date.now();
      const { eventId } = await aGuest(world, {
        allocation: "lottery",
        drawAt: new Date(now - 1_000),
        drawSeed: "00".repeat(32),
        waitlistMode: "automatic",
      });
      return { eventId };
    },
  },
};
