import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@tsudoi/api/router.ts";
import { expect, test } from "vitest";
import { takeInSeats } from "./take-in-seats.ts";

const HOUR_AGO = Date.now() - 3_600_000;
const seats = {
  eventId: "one",
  status: "published",
  capacity: 10,
  seatsTaken: 4,
  waitlistLength: 0,
  seq: 4,
  version: 1,
} as const;
const event = { id: "one", status: "published", capacity: 10, seatsTaken: 3, waitlistLength: 0 };
const other = { ...event, id: "two" };

function aTab() {
  const queryClient = new QueryClient();
  const client = createTRPCClient<AppRouter>({ links: [] });
  const queries = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
  const keys = {
    page: queries.events.get.queryKey({ eventId: "one" }),
    list: queries.events.list.infiniteQueryKey({ scope: "open" }),
    month: queries.events.list.queryKey({ limit: 100 }),
  };
  const put = (key: readonly unknown[], data: unknown) =>
    queryClient.setQueryData(key, data, { updatedAt: HOUR_AGO });
  const read = (key: readonly unknown[]) => queryClient.getQueryState<unknown>(key);
  return { queryClient, queries, keys, put, read };
}

test("an event's seats are the same wherever it is shown, and the rest stays as old as it was", () => {
  const tab = aTab();
  tab.put(tab.keys.page, { ...event, version: 1 });
  tab.put(tab.keys.list, { pages: [{ items: [other] }, { items: [event] }], pageParams: [] });
  tab.put(tab.keys.month, { items: [event, other] });
  takeInSeats(tab, seats);
  expect(tab.read(tab.keys.page)?.data).toEqual({ ...event, version: 1, seatsTaken: 4 });
  expect(tab.read(tab.keys.list)?.data).toEqual({
    pages: [{ items: [other] }, { items: [{ ...event, seatsTaken: 4 }] }],
    pageParams: [],
  });
  expect(tab.read(tab.keys.month)?.data).toEqual({
    items: [{ ...event, seatsTaken: 4 }, other],
  });
  for (const key of Object.values(tab.keys)) expect(tab.read(key)?.dataUpdatedAt).toBe(HOUR_AGO);
});

test("only who was told of every change is told of the next, and of none before it", () => {
  const tab = aTab();
  const seqAfter = (seq: number | undefined) => {
    tab.put(tab.keys.page, { ...event, seq });
    takeInSeats(tab, seats);
    return tab.read(tab.keys.page)?.data as { seq?: number };
  };
  expect(seqAfter(3)).toMatchObject({ seq: 4, seatsTaken: 4 });
  expect(seqAfter(5)).toMatchObject({ seq: 5, seatsTaken: 3 });
  expect(seqAfter(undefined).seq).toBeUndefined();
});

test("what is already so is not drawn again, and what is not shown is not made up", () => {
  const tab = aTab();
  const pages = { pages: [{ items: [other] }], pageParams: [] };
  tab.put(tab.keys.list, pages);
  tab.put(tab.keys.page, { ...event, seatsTaken: 4 });
  const before = tab.read(tab.keys.page)?.data;
  takeInSeats(tab, seats);
  expect(tab.read(tab.keys.page)?.data).toBe(before);
  expect(tab.read(tab.keys.list)?.data).toBe(pages);
  expect(tab.read(tab.keys.month)).toBeUndefined();
});

test("what is to be read again is not taken for fresh", async () => {
  const tab = aTab();
  tab.put(tab.keys.page, event);
  tab.put(tab.keys.month, { items: [event] });
  await tab.queryClient.invalidateQueries({ queryKey: tab.keys.page });
  takeInSeats(tab, seats);
  expect(tab.read(tab.keys.page)).toMatchObject({ data: { seatsTaken: 4 }, isInvalidated: true });
  expect(tab.read(tab.keys.month)).toMatchObject({ isInvalidated: false });
});
