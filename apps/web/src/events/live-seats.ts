import type { QueryClient } from "@tanstack/react-query";
import { MAX_WATCHED } from "@tsudoi/shared/live-seats.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import { createContext } from "react";
import type { Queries } from "#web/api.ts";
import type { Session } from "#web/auth/session.ts";
import { part } from "#web/problems/part.ts";
import { toProblem } from "#web/problems/problem.ts";
import { createSeatNews, type SeatNews } from "./seat-news.ts";
import type { SeatStream } from "./seat-stream.ts";

/** Cards come into sight several at a time. */
const SETTLE_MS = 300;
/** Who only looks something up in another tab, or on the way to the next page, comes back to an open stream. */
const AWAY_MS = 10 * SECOND;
/** Thousands whose stream ended in the same moment come back one after the other. */
const SPREAD_MS = 3 * SECOND;
const FIRST_PAUSE_MS = 2 * SECOND;
const LONGEST_PAUSE_MS = 30 * SECOND;

export type Live = {
  /** Keeps the event's seats up to date wherever they are shown, until the returned function is called. */
  follow: (eventId: string) => () => void;
};

type Source = { session: Session; queryClient: QueryClient; queries: Queries };

type State = {
  session: Session;
  news: SeatNews;
  /** How many places of the tab show an event. */
  shown: Map<string, number>;
  followed: string[];
  stream?: SeatStream | undefined;
  isOpening: boolean;
  failures: number;
  timer?: ReturnType<typeof setTimeout>;
};

export const LiveContext = createContext<Live | null>(null);

/** One stream for a tab: of the events in sight, while the tab is. */
export function createLive(source: Source): Live {
  const state: State = {
    session: source.session,
    news: createSeatNews(source),
    shown: new Map(),
    followed: [],
    isOpening: false,
    failures: 0,
  };
  const lookAgain = () => {
    if (!document.hidden) state.failures = 0;
    settleIn(state, document.hidden ? AWAY_MS : 0);
  };
  document.addEventListener("visibilitychange", lookAgain);
  window.addEventListener("online", lookAgain);
  source.session.newcomer.subscribe(() => {
    close(state);
    settleIn(state, SETTLE_MS);
  });
  return {
    follow(eventId) {
      show(state, eventId, 1);
      return () => show(state, eventId, -1);
    },
  };
}

function show(state: State, eventId: string, by: 1 | -1): void {
  const places = (state.shown.get(eventId) ?? 0) + by;
  if (places > 0) state.shown.set(eventId, places);
  else state.shown.delete(eventId);
  // The pause after a failure is not cut short by a card.
  if (state.failures > 0) return;
  if (by === 1) settleIn(state, SETTLE_MS);
  else if (state.shown.size === 0) settleIn(state, AWAY_MS);
}

function settleIn(state: State, milliseconds: number): void {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => void settle(state), milliseconds);
}

async function settle(state: State): Promise<void> {
  const { shown, session, news } = state;
  if (state.isOpening) return settleIn(state, SETTLE_MS);
  if (document.hidden || shown.size === 0) {
    // The pause is over: the next card to come opens a stream again.
    state.failures = 0;
    return close(state);
  }
  // What was in sight a moment ago may soon be again.
  const eventIds = [...new Set([...shown.keys(), ...state.followed])].slice(0, MAX_WATCHED);
  if (state.stream && eventIds.every((eventId) => state.followed.includes(eventId))) return;
  close(state);
  state.isOpening = true;
  try {
    const { openSeatStream } = await part(import("./seat-stream.ts"));
    state.followed = eventIds;
    state.stream = openSeatStream(session, {
      eventIds,
      onOpen: () => {
        state.failures = 0;
      },
      onSeats: news.takeIn,
      onEnd: (error) => ended(state, error),
    });
  } catch (error) {
    ended(state, error);
  } finally {
    state.isOpening = false;
  }
}

function close(state: State): void {
  state.stream?.close();
  state.stream = undefined;
}

/** Where no stream can be had, the tab reads again with each attempt. */
function ended(state: State, error?: unknown): void {
  state.stream = undefined;
  if (error !== undefined) {
    state.failures += 1;
    const { reason } = toProblem(error);
    if (reason === "NOT_SIGNED_IN") state.session.discardToken();
    if (reason === "NOT_FOUND") state.followed = [];
    if (reason === "NOT_FOUND" || state.failures > 1) state.news.readAgain();
  }
  settleIn(state, pauseMs(state.failures, error));
}

function pauseMs(failures: number, error: unknown): number {
  const asked = error === undefined ? 0 : (toProblem(error).retryAfterMs ?? 0);
  const longer = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  return asked + (failures === 0 ? SPREAD_MS : longer) * (0.25 + Math.random() * 0.75);
}
