import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { AUTH } from "./matrix-auth.ts";
import { CALENDARS } from "./matrix-calendars.ts";
import { CATEGORIES } from "./matrix-categories.ts";
import { DEPARTMENTS } from "./matrix-departments.ts";
import type { Entry } from "./matrix-entry.ts";
import { EVENTS } from "./matrix-events.ts";
import { REGISTRATIONS } from "./matrix-registrations.ts";
import { SYSTEM } from "./matrix-system.ts";

/** Every procedure there is; one that is missing does not compile. */
export const MATRIX: Record<Procedure, Entry> = {
  ...AUTH,
  ...CALENDARS,
  ...CATEGORIES,
  ...DEPARTMENTS,
  ...EVENTS,
  ...REGISTRATIONS,
  ...SYSTEM,
};
