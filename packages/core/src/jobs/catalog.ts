import { Id } from "@tsudoi/shared/ids.ts";
import type { Queue } from "@tsudoi/telemetry/names.ts";
import * as z from "zod/mini";

type JobDefinition = { queue: Queue; payload: z.ZodMiniType; attempts: number };

/** An event as people were told of it last. */
const Before = z.strictObject({
  titleJa: z.string(),
  titleEn: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  timeZone: z.string(),
  location: z.optional(z.nullable(z.string())),
  /** What there was in its stead where it changed and is, or was, for confirmed people alone. */
  place: z.optional(z.enum(["none", "another"])),
  /** What there was in place of the link, where it changed: the link itself is nobody's but theirs who have a seat. */
  link: z.optional(z.enum(["none", "another"])),
  /** As versions before wrote it. */
  onlineUrl: z.optional(z.nullable(z.string())),
});

/** Every job of the system. Payloads carry ids, not data; a change is additive or a new name. */
export const JOBS = {
  "registrations.send-confirmation": {
    queue: "mail",
    payload: z.strictObject({ notificationId: Id }),
    attempts: 12,
  },
  /** Offers end and free seats go to who waits. */
  "registrations.pass-seats": {
    queue: "default",
    payload: z.strictObject({ eventId: Id }),
    attempts: 12,
  },
  "registrations.draw-lots": {
    queue: "default",
    payload: z.strictObject({ eventId: Id }),
    attempts: 12,
  },
  "registrations.announce-draw": {
    queue: "bulk",
    payload: z.strictObject({
      eventId: Id,
      after: z.optional(z.int()),
      /** How many of the first the draw gave a seat, and how many of the next a place in line. */
      confirmed: z.optional(z.int()),
      waitlisted: z.optional(z.int()),
      /** The ranks among those first ones that got no seat: their accounts were disabled. */
      passedBy: z.optional(z.array(z.int())),
    }),
    attempts: 12,
  },
  /** With what people were told last, which the event no longer knows; void once the event's sequence is another. */
  "events.announce-change": {
    queue: "bulk",
    payload: z.strictObject({
      eventId: Id,
      sequence: z.int(),
      /** Whoever registered later has seen the change. */
      lastNumber: z.int(),
      /** Up to this number everybody was told by an earlier run. */
      after: z.optional(z.int()),
      before: Before,
      /** What they know who were told by an earlier job that was cut off: by the sequence that it told of, the last one last. */
      told: z.optional(z.array(z.strictObject({ sequence: z.int(), before: Before }))),
    }),
    attempts: 12,
  },
  "events.announce-invitations": {
    queue: "bulk",
    payload: z.strictObject({ eventId: Id }),
    attempts: 12,
  },
  "events.cancel-registrations": {
    queue: "bulk",
    payload: z.strictObject({ eventId: Id }),
    attempts: 12,
  },
  /** Written by the database, where a department or a person gets another name. */
  "events.follow-name": {
    queue: "bulk",
    payload: z.strictObject({
      organizationId: Id,
      departmentId: z.optional(Id),
      userId: z.optional(Id),
      /** The last event of the slice before. */
      after: z.optional(Id),
    }),
    attempts: 12,
  },
  /** Every other letter of the ledger. */
  "notifications.send": {
    queue: "mail",
    payload: z.strictObject({ notificationId: Id }),
    attempts: 12,
  },
  "system.sweep": { queue: "default", payload: z.strictObject({}), attempts: 3 },
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]["payload"]>;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}
