import { MINUTE } from "@tsudoi/shared/time.ts";
import type { Context } from "#core/db/context.ts";
import { JOBS, type JobPayload } from "#core/jobs/catalog.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { findOpenPayloads, type OpenPayload } from "#core/jobs/find-open-payloads.ts";
import { announcementKey } from "./announcement-key.ts";
import { type Changed, isAnnounced } from "./refuse-change.ts";

/** Organisers correct themselves: what is put right within this time is told once. */
const PAUSE_MS = MINUTE;

type Announcement = JobPayload<"events.announce-change">;
type Before = Announcement["before"];
type Open = Announcement & { isBegun: boolean };

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
    told.map(({ before, after }) => {
      const key = announcementKey(after.id);
      const earlier = openOf(open.get(key));
      const payload = {
        eventId: after.id,
        sequence: before.calendarSequence + 1,
        lastNumber: after.lastNumber,
        before: beforeOf({ before, after }, earlier?.before),
        ...toldOf({ before, after }, earlier),
      };
      return { organizationId: after.organizationId, key, dueAt, payload };
    }),
  );
}

function openOf(open: OpenPayload | undefined): Open | undefined {
  const { data } = JOBS["events.announce-change"].payload.safeParse(open?.payload);
  return data && { ...data, isBegun: open?.isBegun ?? false };
}

type Sides = Pick<Changed, "before" | "after">;

/** Whom a job that is not over yet has told already knows the event as it was until now. */
function toldOf(sides: Sides, open: Open | undefined): Pick<Announcement, "told"> {
  const told = (open?.told ?? []).map(({ sequence, before }) => ({
    sequence,
    before: beforeOf(sides, before),
  }));
  if (open?.isBegun) told.push({ sequence: open.sequence, before: beforeOf(sides) });
  return told.length === 0 ? {} : { told };
}

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
