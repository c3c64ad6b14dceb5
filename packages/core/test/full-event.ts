import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { TestEvent } from "./builders.ts";
import type { Stage } from "./stage.ts";

type Size = { seats: number; waiting: number };

/** An event whose seats are all taken, with a queue of people. */
export async function aFullEvent(
  stage: Stage,
  { seats, waiting }: Size,
  overrides: Parameters<Stage["anEvent"]>[0] = {},
): Promise<TestEvent> {
  const event = await stage.anEvent({ waitlistMode: "automatic", capacity: seats, ...overrides });
  await fillEvent(stage.ctx, event, { seats, waiting });
  return event;
}

/** So many people with a seat, so many behind them, and counters that know it; its capacity is left as it is. */
export async function fillEvent(
  ctx: Context,
  event: TestEvent,
  { seats, waiting }: Size,
): Promise<void> {
  const { organizationId, id } = event;
  const count = seats + waiting;
  await ctx.db.execute(sql`
    with people as (
      insert into users (organization_id, email, family_name, given_name, family_kana, given_kana, locale, time_zone)
      select ${organizationId}, 'crowd-' || i || '-' || ${id}::text || '@example.test', '山田', '太郎' || i, 'ヤマダ',
        'タロウ', 'ja', 'Asia/Tokyo'
      from generate_series(1, ${count}::int) i
      returning id, split_part(email, '-', 2)::int as i
    )
    insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
    select ${organizationId}, ${id}, people.id, case when i <= ${seats}::int then 'confirmed' else 'waitlisted' end,
      i, i, case when i > ${seats}::int then i end
    from people`);
  await ctx.db.execute(sql`
    update events set seats_taken = ${seats}, waitlist_length = ${waiting}, seq = ${count}, last_number = ${count}
    where organization_id = ${organizationId} and id = ${id}`);
}
