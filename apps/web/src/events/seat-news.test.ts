import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@tsudoi/api/router.ts";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSeatNews } from "./seat-news.ts";

/** The longest that a tab waits before it reads again, and where what happened is mostly another's. */
const SPREAD_MS = 2_000;
const LATER_MS = 30_000;
const seats = {
  eventId: "one",
  status: "published",
  capacity: 1,
  seatsTaken: 1,
  waitlistLength: 2,
  seq: 3,
  version: 1,
} as const;

const ONE_MOVED_UP = { waitlistLength: 1, seq: 5 };
const SEATED = { seatsTaken: 5, seq: 7 };
const JOINED = { waitlistLength: 5, seq: 6 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A tab that shows the event as it was read, or is about to, and how often it read it. */
function aTab(own: object, first?: Promise<unknown>) {
  const { eventId: id, seq: _, ...counts } = seats;
  const queryClient = new QueryClient();
  const client = createTRPCClient<AppRouter>({ links: [] });
  const queries = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
  const queryKey = queries.events.get.queryKey({ eventId: "one" });
  const cached = () => queryClient.getQueryData(queryKey);
  const event = { id, ...counts, ...own } as NonNullable<ReturnType<typeof cached>>;
  const read = vi.fn(async (): Promise<unknown> => event);
  if (first !== undefined) read.mockImplementationOnce(() => first);
  else queryClient.setQueryData(queryKey, event);
  const show = (key: readonly unknown[], queryFn: () => Promise<unknown>) =>
    new QueryObserver(queryClient, { queryKey: key, queryFn, staleTime: Infinity }).subscribe(
      () => {},
    );
  const leave = show(queryKey, read);
  const news = createSeatNews({ queryClient, queries });
  const readsIn = async (milliseconds: number) => {
    const before = read.mock.calls.length;
    await vi.advanceTimersByTimeAsync(milliseconds);
    return read.mock.calls.length - before;
  };
  const told = (...messages: Partial<LiveSeats>[]) => {
    for (const message of messages) news.takeIn({ ...seats, ...message });
    return readsIn(SPREAD_MS);
  };
  const later = () => readsIn(LATER_MS);
  const askAgain = () => void queryClient.invalidateQueries({ queryKey });
  return { queryClient, queries, show, leave, cached, askAgain, event, read, told, later };
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

test("one's own list is read again like the event's page, also where that was never opened", async () => {
  const tab = aTab({});
  const { eventId: id, ...counts } = seats;
  const mine = (seq: number, waitlistLength: number) => ({
    items: [{ event: { ...counts, id, myStatus: "waitlisted", seq, waitlistLength } }],
  });
  const key = tab.queries.registrations.listMine.queryKey({ when: "upcoming" });
  const listed = vi.fn(async () => mine(5, 2));
  tab.queryClient.setQueryData<unknown>(key, mine(3, 2));
  tab.show(key, listed);
  await tab.told({ waitlistLength: 3, seq: 4 });
  expect(tab.queryClient.getQueryData(key)).toEqual(mine(4, 3));
  expect(listed).not.toHaveBeenCalled();
  await tab.told({ waitlistLength: 2, seq: 5 });
  expect(listed).toHaveBeenCalledOnce();
});

test("whose offer an organiser makes a seat reads again, though no seat is another", async () => {
  expect(await aTab({ myStatus: "offered", seq: 3 }).told({ seq: 4 })).toBe(1);
  expect(await aTab({ myStatus: "offered", seq: 3 }).told({ waitlistLength: 3, seq: 4 })).toBe(0);
});

test.each([
  ["who is turned down reads", "pending", { message: { seq: 4 }, reads: 1 }],
  ["whose seat is taken away reads", "confirmed", { message: { seatsTaken: 0, seq: 4 }, reads: 1 }],
  ["whose seat is the next one's reads", "confirmed", { message: ONE_MOVED_UP, reads: 1 }],
  ["who sees others register reads not", "confirmed", { message: SEATED, reads: 0 }],
  ["who sees others join the line reads not", "confirmed", { message: JOINED, reads: 0 }],
] as const)("%s again a little later", async (_, myStatus, { message, reads }) => {
  const tab = aTab({ myStatus, seq: 3 });
  expect(await tab.told(message)).toBe(0);
  expect(await tab.later()).toBe(reads);
});

test("seats that were given by lot are read again by everybody who was told that they would be", async () => {
  const lottery = { allocation: "lottery", drawnAt: null };
  expect(await aTab(lottery).told({ seq: 9 })).toBe(0);
  expect(await aTab(lottery).told({ seatsTaken: 5, seq: 9 })).toBe(1);
  expect(await aTab({ ...lottery, drawnAt: "now" }).told({ seatsTaken: 5, seq: 9 })).toBe(0);
});

test("a page that one has left has the list read again once, and is itself read when one comes back", async () => {
  const tab = aTab({ myStatus: "waitlisted", seq: 3 });
  tab.leave();
  const listed = vi.fn(async () => ({ items: [{ ...seats, id: "one" }] }));
  const key = tab.queries.events.list.queryKey({ limit: 100 });
  tab.queryClient.setQueryData<unknown>(key, await listed());
  tab.show(key, listed);
  await tab.told({ waitlistLength: 1, seq: 4 });
  expect(listed).toHaveBeenCalledTimes(2);
  await tab.told({ waitlistLength: 0, seq: 5 });
  expect(listed).toHaveBeenCalledTimes(2);
  expect(tab.read).not.toHaveBeenCalled();
});

test("what cannot wait does not wait for what can", async () => {
  const tab = aTab({ myStatus: "pending", seq: 3 });
  expect(await tab.told({ seq: 4 }, { seatsTaken: 0, seq: 5 })).toBe(1);
  expect(await tab.later()).toBe(0);
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

describe("an answer that was on its way when a message came", () => {
  const late = (own: object) => {
    const answer = Promise.withResolvers<unknown>();
    const tab = aTab(own, answer.promise);
    return { ...tab, answer: () => answer.resolve(tab.event) };
  };

  test("does not take back the seats that were told, on the page or in a list", async () => {
    const tab = late({});
    const key = tab.queries.events.list.queryKey({ limit: 100 });
    const list = Promise.withResolvers<unknown>();
    tab.show(key, () => list.promise);
    const reads = tab.told({ waitlistLength: 3, seq: 4 });
    tab.answer();
    list.resolve({ items: [tab.event] });
    expect(await reads).toBe(0);
    expect(tab.cached()).toMatchObject({ waitlistLength: 3 });
    expect(tab.queryClient.getQueryData(key)).toMatchObject({ items: [{ waitlistLength: 3 }] });
  });

  test.each([
    ["is of before an edit", {}, { version: 2 }],
    [
      "has a place of before as many joined as left",
      { myStatus: "waitlisted", seq: 3 },
      { seq: 5 },
    ],
  ])("is asked for once more where it %s", async (_, own, message) => {
    const tab = late(own);
    const reads = tab.told(message);
    tab.answer();
    expect(await reads).toBe(1);
  });

  test("is asked for once more also where there was one before", async () => {
    const tab = aTab({ myStatus: "waitlisted", seq: 3 });
    const answer = Promise.withResolvers<unknown>();
    tab.read.mockImplementationOnce(() => answer.promise);
    tab.askAgain();
    const reads = tab.told({ seq: 5 });
    answer.resolve(tab.event);
    expect(await reads).toBe(1);
  });

  test("is enough where it knows of what was told", async () => {
    const tab = late({ myStatus: "waitlisted", seq: 5, waitlistLength: 4 });
    const reads = tab.told({ seq: 4 });
    tab.answer();
    expect(await reads).toBe(0);
    expect(tab.cached()).toMatchObject({ seq: 5, waitlistLength: 4 });
  });
});
