import { type LiveSeats, markOf } from "@tsudoi/shared/live-seats.ts";
import { expect, test } from "vitest";
import { createMailbox } from "./mailbox.ts";

const seats = (eventId: string, seq: number): LiveSeats => ({
  eventId,
  status: "published",
  capacity: 10,
  seatsTaken: seq,
  waitlistLength: 0,
  seq,
  version: 1,
});

test("whoever looks late finds the last state of each event and no more", async () => {
  const mailbox = createMailbox();
  for (let seq = 0; seq <= 1_000; seq += 1) mailbox.put(seats("one", seq));
  mailbox.put(seats("other", 7));
  expect(await mailbox.take()).toEqual([seats("one", 1_000), seats("other", 7)]);
  mailbox.remind();
  expect(await mailbox.take()).toEqual([]);
});

test("whoever waits is woken by what comes, and by the end", async () => {
  const mailbox = createMailbox();
  const first = mailbox.take();
  mailbox.put(seats("one", 1));
  expect(await first).toEqual([seats("one", 1)]);
  const second = mailbox.take();
  mailbox.close();
  expect(await second).toBeUndefined();
  mailbox.put(seats("one", 2));
  expect(await mailbox.take()).toBeUndefined();
});

test("what the reader has already is left out, what came after it is not", async () => {
  const mailbox = createMailbox(markOf(seats("one", 1)));
  mailbox.put(seats("one", 1));
  mailbox.put(seats("other", 1));
  expect(await mailbox.take()).toEqual([seats("other", 1)]);
  mailbox.put(seats("one", 2));
  expect(await mailbox.take()).toEqual([seats("one", 2)]);
});
