import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import type { TestEvent } from "#test/builders.ts";
import { explain, vacuum } from "#test/explain.ts";
import { aFullEvent } from "#test/full-event.ts";
import { useStage } from "#test/stage.ts";
import type { Move } from "./seat-rules.ts";
import { writeMoves } from "./write-moves.ts";

const PEOPLE = 10_000;
const MOVES = 2_000;

const stage = useStage();
let event: TestEvent;
let moves: Move[];
beforeAll(async () => {
  event = await aFullEvent(stage, { seats: PEOPLE, waiting: 0 });
  const rows = await stage.ctx.db.execute<{ id: string; user_id: string; seq: string }>(sql`
    select id, user_id, seq from registrations where event_id = ${event.id} order by number limit ${MOVES}`);
  moves = rows.map(({ id, user_id: userId, seq }) => ({
    id,
    userId,
    from: "confirmed",
    to: "cancelled",
    seq: PEOPLE + Number(seq),
    queueNo: null,
    offerExpiresAt: null,
    heldUntil: null,
    endedBy: "event",
    reason: null,
  }));
});

const key = () => ({ organizationId: stage.organizationId, eventId: event.id });

const write = (some: Move[], to = key()) =>
  transaction(stage.ctx, (tx) => writeMoves(tx, to, some));

describe("registrations/write-moves", () => {
  test("one that is not as it was found, or is another event's, fails all", async () => {
    const [first, second] = moves as [Move, Move];
    const outside = "moved outside its lock";
    await expect(write([first, { ...second, from: "waitlisted" }])).rejects.toThrow(outside);
    const other = await stage.anEvent();
    await expect(write([first], { ...key(), eventId: other.id })).rejects.toThrow(outside);
    const [row] = await stage.ctx.db.execute<{ confirmed: number }>(sql`
      select count(*)::int as confirmed from registrations
      where event_id = ${event.id} and status = 'confirmed'`);
    expect(row).toEqual({ confirmed: PEOPLE });
  });

  describe.each(["without statistics", "with statistics"])("%s", (known) => {
    beforeAll(async () => {
      if (known === "with statistics") await vacuum(stage.ctx);
    }, 60_000);

    test.each(["custom", "generic"] as const)(
      "two thousand of ten are found without a look at the event for each, by a %s plan",
      async (kind) => {
        const [plan = []] = await explain(
          stage.url,
          // Nothing answers here, which it takes for rows that are gone.
          (db) => writeMoves({ ...stage.ctx, db }, key(), moves).catch(() => {}),
          kind,
        );
        const handled = plan.map((node) => node["Actual Rows"] * node["Actual Loops"]);
        expect(Math.max(...handled)).toBeLessThanOrEqual(2 * PEOPLE);
      },
    );
  });
});
