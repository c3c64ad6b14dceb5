import type { Context } from "@tsudoi/core/db/context.ts";
import type { JobName } from "@tsudoi/core/jobs/catalog.ts";
import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import { HOUR, MINUTE } from "@tsudoi/shared/time.ts";

type Schedule = { job: Extract<JobName, "system.sweep">; everyMs: number };

/** Recurring work. Every worker writes it, the first one's row counts: no leader to lose. */
const SCHEDULES: Schedule[] = [{ job: "system.sweep", everyMs: HOUR }];
const LOOK_EVERY_MS = MINUTE;

export function startSchedules(context: Context): Disposable {
  const look = () => void Promise.all(SCHEDULES.map((schedule) => writeDue(context, schedule)));
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function writeDue(context: Context, { job, everyMs }: Schedule): Promise<void> {
  const period = Math.floor(context.now().getTime() / everyMs);
  try {
    await enqueue(context, job, [
      { organizationId: null, payload: {}, dedupeKey: `${job}:${period}` },
    ]);
  } catch (error) {
    context.log.warn(
      { err: error, job },
      "a schedule could not be written; the next look tries again",
    );
  }
}
