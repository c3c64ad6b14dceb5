import { MINUTE } from "@tsudoi/shared/time.ts";
import type { Context } from "#core/db/context.ts";
import { JOBS, type JobPayload } from "#core/jobs/catalog.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { findOpenPayloads } from "#core/jobs/find-open-payloads.ts";
import { announcementKey } from "./announcement-key.ts";
import { type Changed, isAnnounced } from "./refuse-change.ts";

/** Organisers correct themselves: what is put right within this time is told once. */
const PAUSE_MS = MINUTE;

type Before = JobPayload<"events.announce-change">["before"];

/** One job for each event whose people are to be told; it takes over what an earlier one has not told yet. */
export async function planAnnouncements(tx: Context, changes: Changed[]): Promise<void> {
  const told = changes.filter((change) => isAnnounced(change) && change.after.lastNumber > 0);
  if (told.length === 0) return;
  const open = await findOpenPayloads(
    tx,
    told.map(({ after }) => announcementKey(after.id)),
  );
  const dueAt = new Date(tx.now().getTime() + PAUSE_MS);
  await enqueue(
    tx,
    "events.announce-change",
    told.map(({ before, after }) => ({
      organizationId: after.organizationId,
      key: announcementKey(after.id),
      dueAt,
      payload: {
        eventId: after.id,
        sequence: before.calendarSequence + 1,
        lastNumber: after.lastNumber,
        before: beforeOf({ before, after }, lastTold(open.get(announcementKey(after.id)))),
      },
    })),
  );
}

function lastTold(payload: unknown): Before | undefined {
  return JOBS["events.announce-change"].payload.safeParse(payload).data?.before;
}

type Sides = Pick<Changed, "before" | "after">;

/** What people know: what they were told last, where there is something that they were not told yet. */
function beforeOf({ before: row, after }: Sides, told?: Before): Before {
  const {
    onlineUrl = row.onlineUrl,
    link,
    ...rest
  } = told ?? {
    titleJa: row.titleJa,
    titleEn: row.titleEn,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    timeZone: row.timeZone,
    location: row.location,
  };
  const was = onlineUrl === null ? "none" : "another";
  const before = link ?? (onlineUrl === after.onlineUrl ? undefined : was);
  return before === undefined ? rest : { ...rest, link: before };
}
