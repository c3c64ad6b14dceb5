import type { Context } from "@tsudoi/core/db/context.ts";
import type { JobName, JobPayload } from "@tsudoi/core/jobs/catalog.ts";
import type { Mailer } from "@tsudoi/core/platform/mail.ts";
import { giveUpConfirmation, sendConfirmation } from "./registrations/send-confirmation.ts";
import { sweep } from "./system/sweep.ts";

/** What a job may touch beyond the context of every verb. */
export type JobContext = Context & { mailer: Mailer; publicUrl: string };

/** Written in the transaction that closes the job, so that its effect in the database happens once. */
export type Effect = (tx: Context) => Promise<void>;

/** Does what lies outside the database, safe to do twice, and answers with what to record. */
export type JobHandler<Name extends JobName> = (
  ctx: JobContext,
  payload: JobPayload<Name>,
) => Promise<Effect | undefined>;

/** What is to be told when the last attempt has failed. */
export const GIVE_UPS: {
  [Name in JobName]?: (ctx: JobContext, payload: JobPayload<Name>) => Promise<void>;
} = {
  "registrations.send-confirmation": giveUpConfirmation,
};

export const HANDLERS: { [Name in JobName]: JobHandler<Name> } = {
  "registrations.send-confirmation": sendConfirmation,
  "system.sweep": sweep,
};
