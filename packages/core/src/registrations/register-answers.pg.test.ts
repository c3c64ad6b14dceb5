import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Answers, Question } from "@tsudoi/shared/questions.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog } from "#core/db/schema/audit-log.ts";
import { idempotencyKeys } from "#core/db/schema/idempotency-keys.ts";
import { notifications } from "#core/db/schema/notifications.ts";
import { outbox } from "#core/db/schema/outbox.ts";
import { actorOf } from "#test/bed.ts";
import { countSeats, type TestEvent, type TestUser } from "#test/builders.ts";
import { useStage } from "#test/stage.ts";
import { register } from "./register.ts";

const stage = useStage();

const label = { ja: "質問", en: "Question" };
const questions: Question[] = [
  { id: "eats", kind: "yes_no", label, required: true, options: [] },
  {
    id: "allergy",
    kind: "text",
    label,
    required: false,
    options: [],
    showIf: { questionId: "eats", equals: true },
  },
];

type Asking = { event: TestEvent; person: TestUser; answers?: Answers; key?: string };

async function ask({ event, person, answers, key }: Asking): Promise<unknown> {
  const ctx = { ...stage.as(actorOf(person)), idempotencyKey: key };
  const input = { eventId: event.id, ...(answers === undefined ? {} : { answers }) };
  try {
    return (await register(ctx, input)).registration.status;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [error.reason, error.details.issues?.map(({ path, code }) => `${path} ${code}`)];
  }
}

async function kept(event: TestEvent): Promise<unknown[]> {
  const rows = await stage.ctx.db.execute<{ answers: unknown }>(sql`
    select answers from registrations where event_id = ${event.id} order by seq`);
  return rows.map(({ answers }) => answers);
}

describe("registrations.register, with answers", () => {
  test("a whole batch is decided one by one: what one left out is nobody else's", async () => {
    const event = await stage.anEvent({ questions, capacity: 3 });
    const people = await stage.someMembers(5);
    const said: (Answers | undefined)[] = [
      { eats: true, allergy: '  卵 \\ "quotes", {braces}\n次の行 ' },
      undefined,
      { eats: false, allergy: "left over" },
      { eats: "yes" },
      { eats: true },
    ];
    const ends = await Promise.all(
      people.map((person, index) => {
        const answers = said[index];
        return ask({ event, person, ...(answers === undefined ? {} : { answers }) });
      }),
    );
    expect(ends).toEqual([
      "confirmed",
      ["VALIDATION", ["answers.eats required"]],
      "confirmed",
      ["VALIDATION", ["answers.eats wrong_type"]],
      "confirmed",
    ]);
    expect(await kept(event)).toEqual([
      { eats: true, allergy: '卵 \\ "quotes", {braces}\n次の行' },
      { eats: false },
      { eats: true },
    ]);
    expect(await countSeats(stage.ctx, event)).toMatchObject({
      seatsTaken: 3,
      rows: { confirmed: 3 },
    });
  });

  test("the questions that count are those of the moment, not those that were on the screen", async () => {
    const event = await stage.anEvent({ questions });
    const person = await stage.aMember();
    await stage.ctx.db.execute(sql`
      update events set questions = ${JSON.stringify([{ ...questions[0], id: "new" }])}::jsonb
      where id = ${event.id}`);
    expect(await ask({ event, person, answers: { eats: true } })).toEqual([
      "VALIDATION",
      ["answers.eats unknown", "answers.new required"],
    ]);
    expect(await ask({ event, person, answers: { new: false } })).toBe("confirmed");
  });

  test("nothing is kept where nothing is asked", async () => {
    const event = await stage.anEvent();
    expect(await ask({ event, person: await stage.aMember() })).toBe("confirmed");
    expect(await ask({ event, person: await stage.aMember(), answers: {} })).toBe("confirmed");
    expect(await kept(event)).toEqual([null, null]);
  });

  test("other answers under the same key are another request", async () => {
    const event = await stage.anEvent({ questions });
    const person = await stage.aMember();
    const key = "one-key";
    expect(await ask({ event, person, key, answers: { eats: true } })).toBe("confirmed");
    expect(await ask({ event, person, key, answers: { eats: true } })).toBe("confirmed");
    expect(await ask({ event, person, key, answers: { eats: false } })).toEqual([
      "IDEMPOTENCY_MISMATCH",
      undefined,
    ]);
    expect(await kept(event)).toEqual([{ eats: true }]);
  });

  test("what people answer stays in their registration: no job, message, log or key has it", async () => {
    const event = await stage.anEvent({ questions });
    const secret = "secret-allergy";
    const people = await stage.someMembers(2);
    const ends = await Promise.all([
      ask({ event, person: people[0]!, key: "k1", answers: { eats: true, allergy: secret } }),
      ask({ event, person: people[1]!, key: "k2", answers: { eats: secret, allergy: secret } }),
    ]);
    expect(ends).toEqual(["confirmed", ["VALIDATION", ["answers.eats wrong_type"]]]);
    for (const table of [outbox, notifications, auditLog, idempotencyKeys]) {
      const rows = await stage.ctx.db.execute(sql`select row_to_json(t) from ${table} t`);
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify([...rows])).not.toContain(secret);
    }
    expect(JSON.stringify(await kept(event))).toContain(secret);
  });
});
