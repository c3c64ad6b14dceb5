import { anEvent, aUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { startFaultProxy } from "@tsudoi/core/test/fault-proxy.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outputs, Retry } from "#client/client.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

async function someoneRegisters(eventId: string): Promise<void> {
  const { organizationId } = stage.user;
  const someone = await aUser(stage.ctx, { organizationId });
  const token = await stage.tokenOf(someone);
  expect(await call(stage.url, ["registrations.register", { eventId }], { token })).toMatchObject({
    ok: true,
  });
}

describe("subscribe", () => {
  it("follows an event's seats", async () => {
    const event = await anEvent(stage.ctx, stage.user, { capacity: 5 });
    const seen: Outputs["events"]["watch"][] = [];
    for await (const seats of stage.client().events.watch.subscribe({ eventId: event.id })) {
      seen.push(seats);
      if (seats.seatsTaken === 2) break;
      await someoneRegisters(event.id);
    }
    expect(seen.map(({ seatsTaken }) => seatsTaken)).toEqual([0, 1, 2]);
  });

  it("goes on after a connection that breaks, without a word twice", async () => {
    await using proxy = await startFaultProxy(stage.url);
    const event = await anEvent(stage.ctx, stage.user, { capacity: 5 });
    const retries: Retry[] = [];
    const client = stage.client({
      url: proxy.through(stage.url),
      onRetry: (retry) => retries.push(retry),
    });
    const seen: number[] = [];
    for await (const { seatsTaken } of client.events.watch.subscribe({ eventId: event.id })) {
      seen.push(seatsTaken);
      if (seatsTaken === 2) break;
      proxy.reset();
      await someoneRegisters(event.id);
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(retries).toMatchObject([{ error: { reason: "UNREACHABLE" } }, { attempt: 1 }]);
  });

  it("ends with the reason where there is nothing to follow", async () => {
    const eventId = "01890000-0000-7000-8000-000000000000";
    const stream = stage.client().events.watch.subscribe({ eventId });
    await expect(stream.next()).rejects.toMatchObject({
      reason: "NOT_FOUND",
      status: 404,
      procedure: "events.watch",
    });
  });
});
