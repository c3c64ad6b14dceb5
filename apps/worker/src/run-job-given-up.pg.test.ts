import { readFileSync } from "node:fs";
import { readOutboxState } from "@tsudoi/core/jobs/queries.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { actorOf } from "@tsudoi/core/test/bed.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";

const RUNBOOKS = ["jobs-given-up", "jobs-dying", "slo-notification-delivery"];

const stage = useStage();

beforeEach(async () => void (await stage.ctx.db.execute(sql`delete from outbox`)));

/** A command for psql of a runbook, by how its statement begins. */
function commandOf(name: string, begin: string): string {
  const file = new URL(`../../../docs/runbooks/${name}.md`, import.meta.url);
  const commands = [...readFileSync(file, "utf8").matchAll(/psql "\$DATABASE_URL" -c "(.+)"$/gm)];
  const found = commands.map(([, command = ""]) => command).filter((one) => one.startsWith(begin));
  if (found.length !== 1) throw new Error(`${found.length} commands ${begin} in ${name}`);
  return found.join();
}

/** A confirmation that no attempt could send. */
async function aDeadMail(): Promise<string> {
  const event = await stage.anEvent();
  const { registration } = await register(stage.as(actorOf(await stage.aMember())), {
    eventId: event.id,
  });
  await stage.ctx.db.execute(sql`
    update outbox set dead_at = now(), attempts = 12, last_error = 'trouble'
    where key = ${registration.id}`);
  await stage.ctx.db.execute(sql`
    update notifications set status = 'failed', reason = 'gave up'
    where registration_id = ${registration.id}`);
  return registration.id;
}

async function isQueued(registrationId: string): Promise<boolean> {
  const [row] = await stage.ctx.db.execute<{ queued: boolean }>(sql`
    select n.status = 'queued' and o.dead_at is null and o.done_at is null
      and o.attempts = 0 and o.next_at <= now() as queued
    from outbox o join notifications n on n.registration_id::text = o.key
    where o.key = ${registrationId}`);
  return row?.queued ?? false;
}

describe("a job that was given up", () => {
  test.each(RUNBOOKS)("counts until %s runs it again", async (runbook) => {
    expect(await readOutboxState(stage.ctx)).toMatchObject({ pending: 0, dead: 0 });
    const registrationId = await aDeadMail();
    expect(await readOutboxState(stage.ctx)).toMatchObject({ pending: 0, dead: 1 });
    const [reason] = await stage.ctx.db.execute(commandOf(runbook, "select job, left"));
    expect(reason).toMatchObject({ job: "registrations.send-confirmation", left: "trouble" });
    await stage.ctx.db.execute(commandOf(runbook, "with revived"));
    expect(await readOutboxState(stage.ctx)).toMatchObject({ pending: 1, dead: 0 });
    expect(await isQueued(registrationId)).toBe(true);
  });

  test("counts no more once it is closed, and stays closed", async () => {
    const registrationId = await aDeadMail();
    await stage.ctx.db.execute(commandOf("jobs-given-up", "update outbox set done_at"));
    expect(await readOutboxState(stage.ctx)).toMatchObject({ pending: 0, dead: 0 });
    for (const runbook of RUNBOOKS) {
      await stage.ctx.db.execute(commandOf(runbook, "with revived"));
      expect(await isQueued(registrationId)).toBe(false);
    }
  });
});
