import * as z from "zod/mini";
import { Id } from "./ids.ts";
import { REGISTRATION_STATUSES } from "./registrations.ts";
import { line } from "./text.ts";

export const EXPORT_FORMATS = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Those that hold or await a place, and those that no longer do. */
export const STATUS_GROUPS = ["live", "ended"] as const;

/** Which of an event's registrations are meant; without any of these, all of them. */
const FILTER = {
  /** Words of a name, an address or a receipt number; every one counts. */
  text: z.optional(line(100, 1)),
  status: z.optional(z.enum([...REGISTRATION_STATUSES, ...STATUS_GROUPS])),
  departmentId: z.optional(Id),
};

export const RegistrationFilter = z.object(FILTER);
export type RegistrationFilter = z.infer<typeof RegistrationFilter>;

export const ExportInput = z.strictObject({
  eventId: Id,
  ...FILTER,
  format: z.enum(EXPORT_FORMATS),
});
export type ExportInput = z.infer<typeof ExportInput>;

/** Relative to the server's own address, good once and for five minutes. */
export type Exported = { url: string };
