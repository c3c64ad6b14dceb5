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
    location = row.location,
    place,
    ...rest
  } = told ?? {
    titleJa: row.titleJa,
    titleEn: row.titleEn,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    timeZone: row.timeZone,
  };
  const isHidden = [row, after].some(({ locationFor }) => locationFor === "confirmed");
  return {
    ...rest,
    ...(isHidden || place
      ? unsaid("place", place ?? whatWas(location, after.location))
      : { location }),
    ...unsaid("link", link ?? whatWas(onlineUrl, after.onlineUrl)),
  };
}

type Unsaid = NonNullable<Before["link"]>;

/** What is not everyone's to know is told as another one; nothing where it is as it was. */
function whatWas(was: string | null, is: string | null): Unsaid | undefined {
  if (was === is) return undefined;
  return was === null ? "none" : "another";
}

function unsaid(what: "place" | "link", was: Unsaid | undefined): Partial<Before> {
  return was === undefined ? {} : { [what]: was };
}
