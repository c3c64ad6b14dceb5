import { sql } from "drizzle-orm";
import { transaction } from "#core/db/transaction.ts";
import { type BatchAnswer, registerBatch } from "#core/registrations/register-batch.ts";
import { type Parts, RIGHT, refuse, type Waiting } from "./plain.ts";

type Mutant = {
  what: string;
  wrong: Partial<Parts>;
  /** What it is found by; others may show too. */
  fault: RegExp;
};

/** Inserts are all that a foreign key's lock lets through. */
const bookUnlocked: Parts["book"] = (ctx, { organizationId, eventId }, requests) =>
  transaction(ctx, async (tx) => {
    const people = sql.param(requests.map(({ userId }) => userId));
    const rows = await tx.db.execute<{ id: string; user_id: string }>(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select ${organizationId}, ${eventId}, person.id, 'confirmed', person.place, person.place
      from unnest(${people}::uuid[]) with ordinality as person (id, place)
      returning id, user_id`);
    const ids = new Map(rows.map((row) => [row.user_id, row.id]));
    return new Map(requests.map((request) => [request, told(eventId, ids.get(request.userId))]));
  });

function told(eventId: string, id: string | undefined): BatchAnswer {
  return {
    answer: { result: { registration: { id, eventId, status: "confirmed" } } },
    replayed: false,
  };
}

function halves<T>(batch: T[]): [T[], T[]] {
  const half = Math.ceil(batch.length / 2);
  return [batch.slice(0, half), batch.slice(half)];
}

/** Wrong arbiters that look right; each must be found. */
export const MUTANTS: Mutant[] = [
  {
    what: "a batch that fails answers nobody",
    wrong: { fail: async () => {} },
    fault: /was never answered/,
  },
  {
    what: "one member's failure is everybody's",
    wrong: { fail: async (batch, error) => refuse(batch, error) },
    fault: /0 was refused: INTERNAL/,
  },
  {
    what: "a neighbour fails with whoever fails",
    wrong: {
      async fail(batch, error, again) {
        if (batch.length <= 2) return refuse(batch, error);
        for (const part of halves(batch)) await again(part);
      },
    },
    fault: /was refused: INTERNAL/,
  },
  {
    what: "half of a failing batch is forgotten",
    wrong: {
      async fail(batch, error, again) {
        if (batch.length === 1) return refuse(batch, error);
        await again(halves(batch)[0]);
      },
    },
    fault: /was never answered/,
  },
  {
    what: "half of a failing batch goes first",
    wrong: {
      async fail(batch, error, again) {
        if (batch.length === 1) return refuse(batch, error);
        for (const part of halves(batch).toReversed()) await again(part);
      },
    },
    fault: /was served before/,
  },
  {
    what: "a batch takes no lock",
    wrong: { book: bookUnlocked },
    fault: /was told while somebody else held the event/,
  },
  {
    what: "a batch gives up what somebody holds",
    wrong: { mostTries: 1 },
    fault: /was refused as somebody else held the event: OVERLOADED/,
  },
  {
    what: "a batch does not wait for its turn",
    wrong: { batchTurns: () => ({ take: (_key, work) => work() }) },
    fault: /a batch began in somebody else's turn/,
  },
  {
    what: "everybody is given the next one's answer",
    wrong: { answerFor: (index, batch) => batch[(index + 1) % batch.length] },
    fault: /was told of somebody else's/,
  },
  {
    what: "whoever comes last is served first",
    wrong: { take: (queue) => RIGHT.take(queue.splice(0).reverse()) },
    fault: /was served before/,
  },
  {
    what: "two calls of one person go together",
    wrong: { take: (queue: Waiting[]) => queue.splice(0) },
    fault: /transactions for two batches/,
  },
  {
    what: "everybody is served alone",
    wrong: { take: (queue: Waiting[]) => queue.splice(0, 1) },
    fault: /transactions for two batches/,
  },
  {
    what: "people are told before it is written",
    wrong: {
      book: (ctx, event, requests) =>
        new Promise((resolve, reject) => {
          transaction(ctx, async (tx) => resolve(await registerBatch(tx, event, requests))).catch(
            reject,
          );
        }),
    },
    fault: /was told confirmed, and nothing is written/,
  },
  {
    what: "whoever fails keeps a seat",
    wrong: {
      async book(ctx, event, requests) {
        try {
          return await registerBatch(ctx, event, requests);
        } catch (error) {
          const kept = requests.length === 1 ? 1 : 0;
          await ctx.db.execute(sql`
            update events set seats_taken = least(capacity, seats_taken + ${kept})
            where id = ${event.eventId}`);
          throw error;
        }
      },
    },
    fault: /the counters are not the rows/,
  },
  {
    what: "whoever has gone is given a seat",
    wrong: { isLate: () => false },
    fault: /came too late and was told/,
  },
];
