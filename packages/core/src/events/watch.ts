import { DomainError } from "@tsudoi/shared/errors.ts";
import type { LiveSeats, WatchInput } from "@tsudoi/shared/live-seats.ts";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { authorise } from "#core/auth/authorise.ts";
import type { Context } from "#core/db/context.ts";
import { runInCall } from "#core/platform/call.ts";
import { deadlineIn } from "#core/platform/deadline.ts";
import { findVisible } from "./find-visible.ts";
import type { SeatWatch, Watcher } from "./seat-watch.ts";

/** Also where the token lasts longer. */
const MOST_MS = 30 * MINUTE;
/** Who sees what is asked again this often, give or take a third: not of everybody in the same moment. */
const ASKED_EVERY_MS = 45 * SECOND;
const ASKING_MS = 4_000;

export type WatchContext = { seatWatch: SeatWatch; signal: AbortSignal };

/**
 * The seats of each event as they are, then each change of them within two seconds, at most four times a second;
 * until the caller's token ends or none of the events is theirs to see any more.
 */
export async function watch(
  ctx: Context & WatchContext,
  { eventId, eventIds = [], lastEventId }: WatchInput,
): Promise<AsyncGenerator<LiveSeats, void>> {
  const actor = authorise(ctx, "events.browse");
  const wanted = await findVisible(ctx, eventId === undefined ? eventIds : [eventId]);
  if (wanted.size === 0) throw new DomainError("NOT_FOUND");
  ctx.signal.throwIfAborted();
  const watcher = ctx.seatWatch.open(actor, { eventIds: wanted, seen: lastEventId });
  ctx.signal.addEventListener("abort", () => {
    watcher.close(ctx.signal.reason === "slow" ? "slow" : "left");
  });
  const now = ctx.now().getTime();
  const endsAt = Math.min(actor.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY, now + MOST_MS);
  return follow(ctx, watcher, { wanted, endsAt });
}

type Bounds = { wanted: ReadonlySet<string>; endsAt: number };

async function* follow(
  ctx: Context,
  watcher: Watcher,
  { wanted, endsAt }: Bounds,
): AsyncGenerator<LiveSeats, void> {
  let asksAt = nextAsking(ctx);
  let visible = wanted;
  for (;;) {
    const changed = await watcher.take();
    if (changed === undefined) return;
    const now = ctx.now().getTime();
    if (now >= endsAt) return watcher.close("expired");
    if (now >= asksAt) {
      asksAt = nextAsking(ctx);
      visible = (await askAgain(ctx, wanted)) ?? visible;
      watcher.keep(visible);
    }
    for (const seats of changed) if (visible.has(seats.eventId)) yield seats;
  }
}

function nextAsking(ctx: Context): number {
  return ctx.now().getTime() + ASKED_EVERY_MS * (2 / 3 + (Math.random() * 2) / 3);
}

/** What is still the caller's to see; undefined where the database does not answer, which then tells nothing new either. */
async function askAgain(
  ctx: Context,
  eventIds: ReadonlySet<string>,
): Promise<Set<string> | undefined> {
  const deadline = deadlineIn(ASKING_MS);
  const call = { name: "events.watch", requestId: "", queries: 0, deadline };
  try {
    return await runInCall(call, () => findVisible({ ...ctx, deadline }, [...eventIds]));
  } catch (error) {
    ctx.log.debug({ err: error }, "who sees what could not be asked");
    return undefined;
  }
}
