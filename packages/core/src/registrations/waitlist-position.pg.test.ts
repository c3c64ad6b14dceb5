import type { ListForEventInput } from "@tsudoi/shared/registration-lists.ts";
import { describe, expect, test } from "vitest";
import { getEvent } from "#core/events/get-event.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { setDisabled, someGuests } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { cancel } from "./cancel.ts";
import { exportedRows } from "./export-pages.ts";
import { listForEvent } from "./list-for-event.ts";
import { move } from "./move.ts";
import { getRegistration } from "./queries.ts";
import { register } from "./register.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));

async function aQueue(length: number) {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
  const [seated, ...queue] = await someGuests(stage, event, 1 + length);
  return { event, seated: seated!, queue };
}

async function listed({ id }: TestEvent, order: ListForEventInput["order"]) {
  const { items } = await listForEvent(asOwner(), { eventId: id, order, limit: 10 });
  return items.filter(({ status }) => status === "waitlisted").map(({ position }) => position);
}

describe("registrations/waitlist-position", () => {
  test("whom seats pass by is counted for nobody behind them, wherever a place is told", async () => {
    const { event, seated, queue } = await aQueue(3);
    const [absent, next, last] = queue;
    await setDisabled(stage.ctx, [absent!], true);
    for (const order of ["number", "queue"] as const) {
      expect(await listed(event, order)).toEqual([undefined, 1, 2]);
    }
    const own = { registrationId: last!.registrationId };
    expect((await getRegistration(last!.ctx, own)).position).toBe(2);
    expect((await getEvent(last!.ctx, { eventId: event.id })).myRegistration?.position).toBe(2);
    const late = stage.as(actorOf(await stage.aMember()));
    const { registration } = await register(late, { eventId: event.id });
    expect(registration.position).toBe(3);
    const scope = { organizationId: stage.organizationId, eventId: event.id };
    const places: (number | null)[] = [];
    for await (const { position } of exportedRows(stage.ctx, scope)) places.push(position);
    expect(places).toEqual([null, null, 1, 2, 3]);
    // The promise behind the number: the first place is the next seat's.
    await cancel(seated.ctx, { registrationId: seated.registrationId });
    const seat = await getRegistration(next!.ctx, { registrationId: next!.registrationId });
    expect(seat.status).toBe("confirmed");
  });

  test("who comes back has the place that was kept", async () => {
    const { event, queue } = await aQueue(3);
    await setDisabled(stage.ctx, [queue[0]!, queue[1]!], true);
    expect(await listed(event, "queue")).toEqual([undefined, undefined, 1]);
    await setDisabled(stage.ctx, [queue[1]!], false);
    expect(await listed(event, "queue")).toEqual([undefined, 1, 2]);
    const first = { registrationId: queue[2]!.registrationId, to: "first" as const };
    expect((await move(asOwner(), first)).registration.position).toBe(1);
    await setDisabled(stage.ctx, [queue[0]!], false);
    expect(await listed(event, "queue")).toEqual([1, 2, 3]);
  });
});
