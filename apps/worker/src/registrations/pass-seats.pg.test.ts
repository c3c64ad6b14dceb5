import { readFileSync } from "node:fs";
import { countViolations } from "@tsudoi/core/events/count-violations.ts";
import { createMailer } from "@tsudoi/core/platform/mail.ts";
import type { TestEvent } from "@tsudoi/core/test/builders.ts";
import { expectSound, type Guest, someGuests, statusesOf } from "@tsudoi/core/test/seating.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { JobContext } from "#worker/handlers.ts";
import { runJob } from "#worker/run-job.ts";

const stage = useStage();
const metrics = createMetrics("worker");

beforeEach(() => stage.ctx.db.execute(sql`truncate registrations, outbox, events cascade`));

/** A runbook's command for psql, by how its statement begins. */
function commandOf(runbook: string, begin: string): string {
  const file = new URL(`../../../../docs/runbooks/${runbook}.md`, import.meta.url);
  const commands = [...readFileSync(file, "utf8").matchAll(/psql "\$DATABASE_URL" -c "(.+)"$/gm)];
  const found = commands.map(([, command = ""]) => command).filter((one) => one.startsWith(begin));
  if (found.length !== 1) throw new Error(`${found.length} commands ${begin} in ${runbook}`);
  return found.join();
}

/** What a worker does with the jobs of this kind that are due. */
async function work(): Promise<string[]> {
  const mailer = createMailer({ url: "smtp://127.0.0.1:1", from: "a@example.test" });
  const ctx: JobContext = { ...stage.ctx, metrics, mailer, publicUrl: "https://example.test" };
  const rows = await stage.ctx.db.execute<{ id: string }>(sql`
    select id from outbox where job = 'registrations.pass-seats' and due_at <= now() and done_at is null
    order by id`);
  const ended: string[] = [];
  for (const { id } of rows) ended.push(await runJob(ctx, metrics, Number(id)));
  mailer.close();
  return ended;
}

const broken = async () => (await countViolations(stage.ctx)).violations;

/** One seat that is taken, and two who wait. */
async function aQueue(): Promise<{ event: TestEvent; guests: Guest[] }> {
  const event = await stage.anEvent({ capacity: 1, waitlistMode: "offer" });
  return { event, guests: await someGuests(stage, event, 3) };
}

/** A seat that somebody put there by hand, so that nobody has passed it on. */
async function addSeat(event: TestEvent): Promise<void> {
  await stage.ctx.db.execute(sql`update events set capacity = capacity + 1 where id = ${event.id}`);
  await stage.ctx.db.execute(sql`
    update registrations set updated_at = now() - interval '2 minutes' where event_id = ${event.id}`);
}

/** The worker was away when the second guest's offer ended. */
async function endOffer(event: TestEvent, { registrationId }: Guest): Promise<void> {
  await stage.ctx.db.execute(sql`
    update registrations set offer_expires_at = now() - interval '2 minutes' where id = ${registrationId}`);
  await stage.ctx.db.execute(sql`
    update events set offers_end_at = now() - interval '2 minutes' where id = ${event.id}`);
  await stage.ctx.db.execute(sql`delete from outbox`);
}

describe("a free seat beside somebody who waits", () => {
  const RUNBOOK = "free-seat-beside-waiting";

  test("is found, and goes to the next in line by the runbook's command", async () => {
    const { event, guests } = await aQueue();
    await addSeat(event);
    expect((await broken()).free_seat_beside_waiting).toBe(1);
    const said = await stage.ctx.db.execute(commandOf(RUNBOOK, "select e.id, a.at"));
    expect(said[0]).toMatchObject({ id: event.id, action: "registrations.register" });
    await stage.ctx.db.execute(commandOf(RUNBOOK, "insert into outbox"));
    expect(await work()).toEqual(["ok"]);
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "offered", "waitlisted"]);
    await expectSound(stage.ctx, event);
    expect((await broken()).free_seat_beside_waiting).toBe(0);
    expect((await metrics.render()).body).toMatch(
      /^waitlist_promotions_total\{outcome="offered"\} 1$/m,
    );
  });
});

describe("an offer that nobody ends", () => {
  const RUNBOOK = "offers-not-expiring";

  test.each([
    ["that the event knows of", false],
    ["that the event does not know of", true],
  ])("%s is found, and ended by the runbook's commands", async (_, isLost) => {
    const { event, guests } = await aQueue();
    await addSeat(event);
    await stage.ctx.db.execute(commandOf("free-seat-beside-waiting", "insert into outbox"));
    await work();
    await endOffer(event, guests[1]!);
    if (isLost) {
      await stage.ctx.db.execute(
        sql`update events set offers_end_at = null where id = ${event.id}`,
      );
    }
    expect((await broken()).offers_overdue).toBe(1);
    await stage.ctx.db.execute(commandOf(RUNBOOK, "insert into outbox"));
    expect(await work()).toEqual(["ok"]);
    expect((await broken()).offers_overdue).toBe(isLost ? 1 : 0);
    if (isLost) {
      await stage.ctx.db.execute(commandOf(RUNBOOK, "update events e set offers_end_at"));
      await stage.ctx.db.execute(commandOf(RUNBOOK, "insert into outbox"));
      expect(await work()).toEqual(["ok"]);
    }
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "expired", "offered"]);
    await expectSound(stage.ctx, event);
    expect((await broken()).offers_overdue).toBe(0);
  });
});

describe("counters that are not their rows", () => {
  const RUNBOOK = "capacity-invariant-broken";
  const find = async () => {
    const found = await stage.ctx.db.execute(commandOf(RUNBOOK, "with counted"));
    return [...found].map(({ id }) => id);
  };
  const countAnew = () => stage.ctx.db.execute(commandOf(RUNBOOK, "select e.id from events"));
  const spoil = ({ id }: TestEvent, seats: number) =>
    stage.ctx.db.execute(sql`
      update events set seats_taken = ${seats}, waitlist_length = 1, pending_count = 1 where id = ${id}`);

  test.each([0, 1])(
    "%i seats are counted where one is taken: found, alone among others, and counted anew",
    async (seats) => {
      const [wrong] = [await aQueue(), await aQueue()];
      await spoil(wrong.event, seats);
      expect(await find()).toEqual([wrong.event.id]);
      expect((await broken()).seats_counter).toBe(1);
      await countAnew();
      await expectSound(stage.ctx, wrong.event);
      expect((await broken()).seats_counter).toBe(0);
      expect(await find()).toEqual([]);
    },
  );

  test("a seat that was counted and is not taken goes to the next in line", async () => {
    const { event, guests } = await aQueue();
    await addSeat(event);
    await stage.ctx.db.execute(sql`update events set seats_taken = 2 where id = ${event.id}`);
    expect((await broken()).seats_counter).toBe(1);
    await countAnew();
    await stage.ctx.db.execute(commandOf("free-seat-beside-waiting", "insert into outbox"));
    expect(await work()).toEqual(["ok"]);
    expect(await statusesOf(stage.ctx, guests)).toEqual(["confirmed", "offered", "waitlisted"]);
    await expectSound(stage.ctx, event);
  });

  test("more seats given than there are: left as it is until there is room, beside others that are put right", async () => {
    const [full, wrong] = [await stage.anEvent({ capacity: 2 }), await aQueue()];
    await someGuests(stage, full, 2);
    await stage.ctx.db.execute(
      sql`update events set capacity = 1, seats_taken = 1 where id = ${full.id}`,
    );
    await spoil(wrong.event, 0);
    expect(await broken()).toMatchObject({ seats_counter: 2, seats_over_capacity: 1 });
    await countAnew();
    expect(await find()).toEqual([full.id]);
    await stage.ctx.db.execute(sql`update events set capacity = 2 where id = ${full.id}`);
    await countAnew();
    await expectSound(stage.ctx, full);
    expect(await broken()).toMatchObject({ seats_counter: 0, seats_over_capacity: 0 });
  });
});
