import { type MatrixOf, no, ok, row } from "./matrix-entry.ts";

export const CALENDARS: MatrixOf<"calendars"> = {
  "calendars.get": { told: row(no, ok, ok, ok, ok, ok, no), statements: 1, input: () => ({}) },
  "calendars.getEntry": {
    told: row(no, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND"),
    statements: 1,
    input: ({ registrationId }) => ({ registrationId }),
  },
  "calendars.rotate": { told: row(no, ok, ok, ok, ok, ok, no), statements: 6, input: () => ({}) },
};
