import { createMailer } from "@tsudoi/core/platform/mail.ts";
import { planDraws } from "@tsudoi/core/registrations/plan-draws.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { actorOf } from "@tsudoi/core/test/bed.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { runJob } from "./run-job.ts";

const stage = useStage();

test("what is due by the database's clock is due, also by a clock that is behind", async () => {
  const drawAt = new Date(Date.now() - SECOND);
  const event = await stage.anEvent({ allocation: "lottery", drawAt, drawSeed: "00".repeat(32) });
  const person = await stage.aMember();
  const { registration } = await register(stage.as(actorOf(person)), { eventId: event.id });
  await planDraws(stage.ctx, [event]);
  const [row] = await stage.ctx.db.execute<{ id: string }>(sql`
    select id from outbox where job = 'registrations.draw-lots' and payload ->> 'eventId' = ${event.id}`);
  const behind = {
    ...stage.ctx,
    now: () => new Date(drawAt.getTime() - SECOND),
    mailer: createMailer({ url: "smtp://127.0.0.1:1", from: "Tsudoi <tsudoi@example.test>" }),
    publicUrl: "https://tsudoi.example.test",
  };
  expect(await runJob(behind, createMetrics("worker"), Number(row?.id))).toBe("ok");
  const [drawn] = await stage.ctx.db.execute(sql`
    select status from registrations where id = ${registration.id}`);
  expect(drawn).toEqual({ status: "confirmed" });
});
