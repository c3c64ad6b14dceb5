import { DomainError } from "@tsudoi/shared/errors.ts";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { WatchEnd } from "@tsudoi/telemetry/names.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import type { EventKey } from "#core/registrations/lock-event.ts";
import { eventCacheKey } from "./cache.ts";
import { createMailbox } from "./mailbox.ts";
import { createSeatRefresh, type Entry, type SeatRefresh, type Watched } from "./seat-refresh.ts";

/** Messages between processes make it quick, looking makes it sure: a lost one costs this much time. */
const LOOK_EVERY_MS = 1_500;
/** As many windows as one person has in sight. */
const MOST_PER_PERSON = 6;
const MOST_WATCHERS = 10_000;
const MOST_EVENTS = 10_000;
const RETRY_AFTER_MS = 10_000;

/** What all streams of a process share; disposed of, it ends them. */
export type SeatWatch = Disposable & {
  open: (actor: UserActor, wanted: Wanted) => Watcher;
};

export type Watcher = {
  take: () => Promise<LiveSeats[] | undefined>;
  /** Of several reasons the first counts. */
  close: (why: WatchEnd) => void;
  /** Watches only these from now on; with none left it is closed. */
  keep: (eventIds: ReadonlySet<string>) => void;
};

type Wanted = { eventIds: Iterable<string>; seen?: string | undefined };

type Options = {
  context: Pick<Context, "db" | "cache" | "log">;
  metrics?: Metrics;
  lookEveryMs?: number;
  toldEveryMs?: number;
};

type State = {
  metrics: Metrics | undefined;
  refresh: SeatRefresh;
  watched: Map<string, Watched>;
  watchers: Set<Watcher>;
  perPerson: Map<string, number>;
  isOver: boolean;
};

/** An event is read once for each change, however many of this process watch it. */
export function createSeatWatch(options: Options): SeatWatch {
  const { context, metrics, lookEveryMs = LOOK_EVERY_MS } = options;
  const refresh = createSeatRefresh(options);
  const state: State = {
    metrics,
    refresh,
    watched: new Map(),
    watchers: new Set(),
    perPerson: new Map(),
    isOver: false,
  };
  const stopHearing = context.cache.onForget("event_detail", (key) => {
    const event = state.watched.get(key);
    if (event !== undefined) refresh.look(event);
  });
  const looking = setInterval(() => {
    for (const event of state.watched.values()) {
      refresh.look(event);
      for (const { mailbox } of event.entries) mailbox.remind();
    }
  }, lookEveryMs);
  looking.unref();
  return {
    open(actor, wanted) {
      refuseTooMany(state, actor);
      return openWatcher(state, actor, wanted);
    },
    [Symbol.dispose]() {
      state.isOver = true;
      clearInterval(looking);
      stopHearing();
      for (const watcher of state.watchers) watcher.close("stopped");
      refresh[Symbol.dispose]();
    },
  };
}

function refuseTooMany(state: State, { userId }: UserActor): void {
  const isFull = state.watchers.size >= MOST_WATCHERS || state.watched.size >= MOST_EVENTS;
  const retry = { retryAfterMs: RETRY_AFTER_MS };
  if (state.isOver || isFull) throw new DomainError("OVERLOADED", retry);
  const own = state.perPerson.get(userId) ?? 0;
  if (own >= MOST_PER_PERSON) throw new DomainError("RATE_LIMITED", retry);
}

function openWatcher(state: State, actor: UserActor, { eventIds, seen }: Wanted): Watcher {
  const mailbox = createMailbox(seen);
  const entry: Entry = {
    mailbox,
    watched: new Set(),
    leave(event) {
      leave(state, entry, event);
      if (entry.watched.size === 0) watcher.close("hidden");
    },
  };
  const watcher: Watcher = {
    async take() {
      const taken = await mailbox.take();
      state.metrics?.liveMessagesTotal.inc(taken?.length ?? 0);
      return taken;
    },
    close(why) {
      if (!state.watchers.delete(watcher)) return;
      for (const event of entry.watched) leave(state, entry, event);
      mailbox.close();
      count(state, actor, -1);
      state.metrics?.liveStreamsEndedTotal.inc({ reason: why });
    },
    keep(kept) {
      for (const event of entry.watched) if (!kept.has(event.eventId)) entry.leave(event);
    },
  };
  state.watchers.add(watcher);
  count(state, actor, 1);
  for (const eventId of eventIds) enter(state, entry, { ...actor, eventId });
  state.refresh.greet(entry);
  return watcher;
}

function count(state: State, { userId }: UserActor, by: 1 | -1): void {
  const own = (state.perPerson.get(userId) ?? 0) + by;
  if (own > 0) state.perPerson.set(userId, own);
  else state.perPerson.delete(userId);
  state.metrics?.liveSubscribers.set(state.watchers.size);
}

function enter(state: State, entry: Entry, { organizationId, eventId }: EventKey): void {
  const key = eventCacheKey(organizationId, eventId);
  const known = state.watched.get(key);
  const event: Watched = known ?? { organizationId, eventId, entries: new Set() };
  event.entries.add(entry);
  entry.watched.add(event);
  if (known !== undefined) return;
  state.watched.set(key, event);
  state.refresh.look(event);
}

function leave(state: State, entry: Entry, event: Watched): void {
  entry.watched.delete(event);
  event.entries.delete(entry);
  const key = eventCacheKey(event.organizationId, event.eventId);
  if (event.entries.size === 0) state.watched.delete(key);
}
