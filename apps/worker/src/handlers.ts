import type { Context } from "@tsudoi/core/db/context.ts";
import type { JobName, JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import type { Effect } from "@tsudoi/core/jobs/outbox.ts";
import type { Mailer } from "@tsudoi/core/platform/mail.ts";
import { announceChange } from "./events/announce-change.ts";
import { announceInvitations } from "./events/announce-invitations.ts";
import { cancelRegistrations } from "./events/cancel-registrations.ts";
import { followName } from "./events/follow-name.ts";
import { giveUpSending, send } from "./notifications/send.ts";
import { announceDraw } from "./registrations/announce-draw.ts";
import { drawLots } from "./registrations/draw-lots.ts";
import { passSeats } from "./registrations/pass-seats.ts";
import { giveUpConfirmation, sendConfirmation } from "./registrations/send-confirmation.ts";
import { sweep } from "./system/sweep.ts";

/** What a job may touch beyond the context of every verb. */
export type JobContext = Context & { mailer: Mailer; publicUrl: string };

/**
 * Does what lies outside the database, safe to do twice, and answers with what to record
 * in the transaction that closes the job.
 */
export type JobHandler<Name extends JobName> = (
  ctx: JobContext,
  payload: JobPayload<Name>,
) => Promise<Effect | undefined>;

/** Refused by who was to take it, or no attempt left. */
export type GiveUpReason = "refused" | "gave up";

/** What to record in the transaction that gives the job up. */
export const GIVE_UPS: {
  [Name in JobName]?: (
    tx: Context,
    payload: JobPayload<Name>,
    reason: GiveUpReason,
  ) => Promise<void>;
} = {
  "registrations.send-confirmation": giveUpConfirmation,
  "notifications.send": giveUpSending,
};

export const HANDLERS: { [Name in JobName]: JobHandler<Name> } = {
  "registrations.send-confirmation": sendConfirmation,
  "registrations.pass-seats": passSeats,
  "registrations.draw-lots": drawLots,
  "registrations.announce-draw": announceDraw,
  "events.announce-change": announceChange,
  "events.announce-invitations": announceInvitations,
  "events.cancel-registrations": cancelRegistrations,
  "events.follow-name": followName,
  "notifications.send": send,
  "system.sweep": sweep,
};
