import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import { runInCall } from "#core/platform/call.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization } from "#test/builders.ts";
import { useStage } from "#test/stage.ts";
import { findMessage } from "./queries.ts";
import { type NewMessage, queueMessages } from "./queue-messages.ts";

const stage = useStage();

/** Registered people whose own message has been taken out of the ledger again. */
async function someMessages(count: number): Promise<NewMessage[]> {
  const event = await stage.anEvent({ capacity: 100 });
  const messages: NewMessage[] = [];
  for (let index = 0; index < count; index += 1) {
    const user = await stage.aMember();
    const { registration } = await register(stage.as(actorOf(user)), { eventId: event.id });
    messages.push({
      organizationId: stage.organizationId,
      userId: user.id,
      kind: "registrations.confirmation",
      eventId: event.id,
      registrationId: registration.id,
      dedupeKey: `test:${registration.id}`,
      requestId: `request-${index}`,
    });
  }
  await stage.ctx.db.execute(sql`delete from outbox`);
  await stage.ctx.db.execute(sql`delete from notifications`);
  return messages;
}

async function ledger() {
  const rows = await stage.ctx.db.execute<{
    registration_id: string;
    status: string;
    key: string;
    request_id: string;
  }>(sql`
    select n.registration_id, n.status, o.key, o.request_id from notifications n
    left join outbox o on o.payload ->> 'notificationId' = n.id::text order by o.id`);
  return [...rows];
}

describe("notifications/queue-messages", () => {
  test("does the thing", async () => {
    const messages = await someMessages(3);
    const call = { name: "registrations.register", requestId: "batch", queries: 0 };
    await runInCall(call, () => queueMessages(stage.ctx, messages));
    expect(call.queries).toBe(2);
    expect(await ledger()).toEqual(
      messages.map(({ registrationId, requestId }) => ({
        registration_id: registrationId,
        status: "queued",
        key: registrationId,
        request_id: requestId,
      })),
    );
  });

  test("refuses a second time: the same fact is told once", async () => {
    const messages = await someMessages(2);
    await queueMessages(stage.ctx, messages.slice(0, 1));
    const again = transaction(stage.ctx, (tx) => queueMessages(tx, messages));
    await expect(again).rejects.toMatchObject({ constraint_name: "notifications_dedupe" });
    expect(await ledger()).toHaveLength(1);
  });

  test("survives a race", async () => {
    const messages = await someMessages(2);
    const ends = await Promise.allSettled(
      Array.from({ length: 5 }, () => transaction(stage.ctx, (tx) => queueMessages(tx, messages))),
    );
    expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
    expect(await ledger()).toHaveLength(2);
  });

  test("message and job are there together, or neither is", async () => {
    const messages = await someMessages(1);
    const failed = transaction(stage.ctx, async (tx) => {
      await queueMessages(tx, messages);
      throw new Error("later");
    });
    await expect(failed).rejects.toThrow("later");
    expect(await ledger()).toEqual([]);
  });
});

describe("notifications confirmation facts", () => {
  test("are as they are when the mail is written", async () => {
    const event = await stage.anEvent({
      capacity: 1,
      waitlistMode: "automatic",
      location: "本社",
    });
    const [first, second] = [await stage.aMember(), await stage.aMember({ locale: "en" })];
    await register(stage.as(actorOf(first)), { eventId: event.id });
    const { registration } = await register(stage.as(actorOf(second)), { eventId: event.id });
    const [row] = await stage.ctx.db.execute<{ id: string }>(sql`
      select id from notifications where registration_id = ${registration.id}`);
    const wanted = { organizationId: stage.organizationId, notificationId: row?.id ?? "" };
    await stage.ctx.db.execute(sql`update events set title_en = 'Renamed' where id = ${event.id}`);
    expect(await findMessage(stage.ctx, wanted)).toMatchObject({
      notificationId: wanted.notificationId,
      status: "queued",
      person: { email: second.email, locale: "en" },
      organization: { ja: "試験株式会社", en: "Test Inc." },
      registration: { id: registration.id, status: "waitlisted", number: 2, position: 1 },
      event: {
        title: { ja: "試験のイベント", en: "Renamed" },
        startsAt: event.startsAt,
        location: "本社",
      },
    });
    const elsewhere = { ...wanted, organizationId: await anOrganization(stage.ctx) };
    expect(await findMessage(stage.ctx, elsewhere)).toBeUndefined();
  });
});
