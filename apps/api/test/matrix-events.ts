import { type MatrixOf, no, ok, row, signedIn } from "./matrix-entry.ts";
import { aGuest, freshDraft } from "./world.ts";

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
  "events.publish": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
    statements: 7,
    input: async (world) => ({ eventId: (await freshDraft(world)).id }),
  },
  "events.watch": {
    told: row(no, ok, ok, ok, ok, "NOT_FOUND", ok),
    statements: 1,
    input: ({ shown }) => ({ eventId: shown.id }),
  },
  "events.draw": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
    statements: 14,
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
