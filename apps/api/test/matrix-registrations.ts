import { aUser } from "@tsudoi/core/test/builders.ts";
import { everyone, type MatrixOf, no, ok, row, signedIn } from "./matrix-entry.ts";
import { aGuest, aLink } from "./world.ts";

/** What concerns the person alone, and what organisers do. */
const ofAnother = row(no, "NOT_FOUND", "NOT_FOUND", "FORBIDDEN", "FORBIDDEN", "NOT_FOUND", no);
const ofOrganizers = row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no);

export const REGISTRATIONS: MatrixOf<"registrations"> = {
  "registrations.register": {
    told: row(no, ok, ok, ok, ok, "NOT_FOUND", no),
    statements: 6,
    input: ({ shown }) => ({ eventId: shown.id, answers: {} }),
  },
  "registrations.get": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND"),
    statements: 1,
    input: ({ registrationId }) => ({ registrationId }),
  },
  "registrations.listForEvent": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", ok),
    statements: 3,
    input: ({ shown }) => ({ eventId: shown.id, limit: 10, order: "number", text: "試験" }),
  },
  "registrations.countForEvent": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", ok),
    statements: 2,
    input: ({ shown }) => ({ eventId: shown.id }),
  },
  "registrations.listMine": {
    told: signedIn,
    statements: 1,
    input: () => ({ limit: 10, when: "upcoming" }),
  },
  "registrations.update": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
    statements: 8,
    input: ({ registrationId }) => ({ registrationId, answers: {} }),
  },
  "registrations.cancel": {
    told: ofOrganizers,
    statements: 12,
    input: async (world) => ({
      registrationId: (await aGuest(world)).registrationId,
      reason: "不参加",
    }),
  },
  "registrations.acceptOffer": {
    told: ofAnother,
    statements: 12,
    input: ({ registrationId }) => ({ registrationId }),
  },
  "registrations.declineOffer": {
    told: ofAnother,
    statements: 12,
    input: ({ registrationId }) => ({ registrationId }),
  },
  "registrations.approve": {
    told: ofOrganizers,
    statements: 12,
    input: async (world) => ({
      registrationId: (await aGuest(world, { approval: true })).registrationId,
      reason: "ようこそ",
    }),
  },
  "registrations.reject": {
    told: ofOrganizers,
    statements: 12,
    input: async (world) => ({
      registrationId: (await aGuest(world, { approval: true })).registrationId,
      reason: "対象外",
    }),
  },
  "registrations.decideMany": {
    told: ofOrganizers,
    statements: 12,
    input: async (world) => {
      const { eventId, registrationId } = await aGuest(world, { approval: true });
      return { eventId, registrationIds: [registrationId], decision: "approve", reason: "可" };
    },
  },
  "registrations.move": {
    told: ofOrganizers,
    statements: 12,
    input: async (world) => {
      const full = { guests: 2, capacity: 1, waitlistMode: "automatic" as const };
      return { registrationId: (await aGuest(world, full)).registrationId, to: "first" };
    },
  },
  "registrations.add": {
    told: ofOrganizers,
    statements: 12,
    input: async (world) => {
      const { organizationId, ctx } = world.stage;
      const { email } = await aUser(ctx, { organizationId });
      return { eventId: world.shown.id, email, to: "confirmed" };
    },
  },
  "registrations.getByLink": {
    told: everyone,
    statements: 1,
    input: async (world) => ({ token: await aLink(world, "leave"), purpose: "leave" }),
  },
  "registrations.acceptByLink": {
    told: everyone,
    statements: 13,
    input: async (world) => ({ token: await aLink(world, "offer") }),
  },
  "registrations.declineByLink": {
    told: everyone,
    statements: 13,
    input: async (world) => ({ token: await aLink(world, "offer") }),
  },
  "registrations.leaveByLink": {
    told: everyone,
    statements: 13,
    input: async (world) => ({ token: await aLink(world, "leave") }),
  },
  "registrations.export": {
    told: ofOrganizers,
    statements: 5,
    input: ({ shown }) => ({ eventId: shown.id, format: "csv", text: "a" }),
  },
};
