import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@tsudoi/api/router.ts";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSeatNews } from "./seat-news.ts";

/** The longest that a tab waits before it reads again. */
const SPREAD_MS = 2_000;
const seats = {
  eventId: "one",
  status: "published",
  capacity: 1,
  seatsTaken: 1,
  waitlistLength: 2,
  seq: 3,
  version: 1,
} as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A tab that shows the event as it was read, and how often it read it. */
function aTab(own: object) {
  const { eventId: id, seq: _, ...counts } = seats;
  const queryClient = new QueryClient();
  const client = createTRPCClient<AppRouter>({ links: [] });
  const queries = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
  const queryKey = queries.events.get.queryKey({ eventId: "one" });
  const cached = () => queryClient.getQueryData(queryKey);
  const event = { id, ...counts, ...own } as NonNullable<ReturnType<typeof cached>>;
  const read = vi.fn(async () => event);
  queryClient.setQueryData(queryKey, event);
  new QueryObserver(queryClient, { queryKey, queryFn: read, staleTime: Infinity }).subscribe(
    () => {},
  );
  const news = createSeatNews({ queryClient, queries });
  const told = async (...messages: Partial<LiveSeats>[]) => {
    const before = read.mock.calls.length;
    for (const message of messages) news.takeIn({ ...seats, ...message });
    await vi.advanceTimersByTimeAsync(SPREAD_MS);
    return read.mock.calls.length - before;
  };
  const askAgain = () => void queryClient.invalidateQueries({ queryKey });
  return { cached, askAgain, event, read, told };
}

describe("who is in line", () => {
  const inLine = { myStatus: "waitlisted", seq: 3 } as const;
  const left = { ...seats, waitlistLength: 1, seq: 4 };
  const joined = { ...seats, waitlistLength: 3, seq: 4 };

  test("reads again with the first message where somebody ahead left before it", async () => {
    expect(await aTab(inLine).told(left)).toBe(1);
  });

  test("reads again where as many joined as left", async () => {
    expect(await aTab(inLine).told({ ...seats, seq: 5 })).toBe(1);
  });

  test("does not read again for those who join behind, however many", async () => {
    const many = { ...seats, waitlistLength: 8, seq: 9 };
    expect(await aTab(inLine).told(seats, joined, many)).toBe(0);
  });

  test("reads once for many messages", async () => {
    expect(await aTab(inLine).told(left, { ...left, waitlistLength: 0, seq: 5 })).toBe(1);
  });

  test("keeps what was read after the message was written", async () => {
    const tab = aTab({ ...inLine, seq: 6, waitlistLength: 5 });
    await tab.told(left);
    expect(tab.cached()).toMatchObject({ waitlistLength: 5, seq: 6 });
  });
});

test.each([
  ["waits for a decision", "pending", 1],
  ["is offered a seat", "offered", 1],
  ["has a seat", "confirmed", 0],
  ["is a stranger", undefined, 0],
] as const)("who %s reads again only where the seats may be theirs", async (_, myStatus, reads) => {
  const own = myStatus ? { myStatus, seq: 3 } : {};
  expect(await aTab(own).told({ ...seats, seatsTaken: 0, seq: 4 })).toBe(reads);
  expect(await aTab(own).told(seats)).toBe(0);
});

test("an edit is read again by everybody, once", async () => {
  const tab = aTab({});
  const edited = { ...seats, version: 2 };
  expect(await tab.told(edited, edited)).toBe(1);
  expect(await tab.told(edited)).toBe(0);
});

test("an answer that was on its way when a message came is asked for once more", async () => {
  const tab = aTab({});
  const late = Promise.withResolvers<typeof tab.event>();
  tab.read.mockImplementationOnce(() => late.promise);
  tab.askAgain();
  const reads = tab.told({ ...seats, waitlistLength: 3, seq: 4 });
  late.resolve(tab.event);
  expect(await reads).toBe(1);
});

test("an answer that is on its way is enough where the message says nothing new", async () => {
  const tab = aTab({});
  tab.askAgain();
  expect(await tab.told(seats)).toBe(0);
});
