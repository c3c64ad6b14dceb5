import { type MatrixOf, no, ok, row, signedIn } from "./matrix-entry.ts";

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
  "registrations.listMine": {
    told: signedIn,
    statements: 1,
    input: () => ({ limit: 10, when: "upcoming" }),
  },
  "registrations.update": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", ok, ok, "NOT_FOUND", no),
    statements: 7,
    input: ({ registrationId }) => ({ registrationId, answers: {} }),
  },
};
