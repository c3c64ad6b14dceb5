import { type LiveSeats, markOf } from "@tsudoi/shared/live-seats.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { runInCall } from "#core/platform/call.ts";
import { deadlineIn } from "#core/platform/deadline.ts";
import { sparingly } from "#core/platform/log.ts";
import type { Mailbox } from "./mailbox.ts";

/** Nobody is told of one event more often. */
const TOLD_EVERY_MS = 250;
const READ_MS = 4_000;

/** An event that somebody of this process watches. */
export type Watched = {
  organizationId: string;
  eventId: string;
  /** As last read. */
  seats?: LiveSeats;
  entries: Set<Entry>;
};

/** One who watches. */
export type Entry = { mailbox: Mailbox; watched: Set<Watched>; leave: (event: Watched) => void };

export type SeatRefresh = Disposable & {
  /** It may have changed: read it with the next. */
  look: (event: Watched) => void;
  /** Is told with the next what is known of the events they watch. */
  greet: (entry: Entry) => void;
};

export type RefreshOptions = {
  context: Pick<Context, "db" | "log">;
  metrics?: Metrics | undefined;
  toldEveryMs?: number | undefined;
};

/** Reads all events that may have changed in a quarter of a second in one statement, and tells who watches them. */
export function createSeatRefresh(options: RefreshOptions): SeatRefresh {
  const { toldEveryMs = TOLD_EVERY_MS } = options;
  const changed = new Set<Watched>();
  const arrived = new Set<Entry>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let isReading = false;
  let isOver = false;
  const mayLog = sparingly();

  async function refresh(): Promise<void> {
    timer = undefined;
    isReading = true;
    const asked = [...changed];
    changed.clear();
    try {
      if (asked.length > 0) learn(asked, await readSeats(options, asked));
    } catch (error) {
      // Whoever looks now and then asks again.
      if (mayLog()) options.context.log.warn({ err: error }, "live seats could not be read");
    }
    for (const entry of arrived) for (const { seats } of entry.watched) tell(entry, seats);
    arrived.clear();
    toldAt = performance.now();
    isReading = false;
    if (changed.size > 0) soon();
  }

  function soon(): void {
    if (timer !== undefined || isReading || isOver) return;
    const waitMs = Math.max(0, toldAt + toldEveryMs - performance.now());
    timer = setTimeout(() => void refresh(), waitMs);
  }

  return {
    look(event) {
      changed.add(event);
      soon();
    },
    greet(entry) {
      arrived.add(entry);
      soon();
    },
    [Symbol.dispose]() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

/** An event that is gone, or a draft again, is watched no more: whoever may see it asks again. */
function learn(asked: Watched[], found: Map<string, LiveSeats>): void {
  for (const event of asked) {
    const before = event.seats;
    const seats = found.get(event.eventId);
    const isHidden = seats?.status === "draft" && before !== undefined && before.status !== "draft";
    if (seats === undefined || isHidden) {
      for (const entry of event.entries) entry.leave(event);
      continue;
    }
    event.seats = seats;
    if (before !== undefined && markOf(before) === markOf(seats)) continue;
    for (const entry of event.entries) tell(entry, seats);
  }
}

function tell(entry: Entry, seats: LiveSeats | undefined): void {
  if (seats !== undefined) entry.mailbox.put(seats);
}

/** One statement for any number of events. */
async function readSeats(
  { context, metrics }: RefreshOptions,
  asked: Watched[],
): Promise<Map<string, LiveSeats>> {
  const deadline = deadlineIn(READ_MS);
  const call = { name: "events.watch", requestId: "", queries: 0, deadline };
  const column = (pick: (event: Watched) => string) => sql.param(asked.map(pick));
  try {
    const rows = await runInCall(call, async () =>
      context.db.execute<Record<string, unknown> & LiveSeats>(sql`
        select e.id as "eventId", e.status, e.capacity, e.seats_taken as "seatsTaken",
          e.waitlist_length as "waitlistLength", e.seq::float8 as seq, e.version
        from unnest(
          ${column((event) => event.organizationId)}::uuid[], ${column((event) => event.eventId)}::uuid[]
        ) as asked (organization_id, id)
        join events e on e.organization_id = asked.organization_id and e.id = asked.id`),
    );
    metrics?.liveReadsTotal.inc({ outcome: "ok" });
    return new Map(rows.map((row) => [row.eventId, { ...row }]));
  } catch (error) {
    metrics?.liveReadsTotal.inc({ outcome: "error" });
    throw error;
  }
}
