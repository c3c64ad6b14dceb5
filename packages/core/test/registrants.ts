import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import type { TestEvent } from "./builders.ts";

/**
 * As many people with a registration each, in this order of receipt numbers: every fifth waits, last come first, every
 * seventh of the others has cancelled. The counters of the event tell nothing of them.
 */
export async function addRegistrants(ctx: Context, event: TestEvent, count: number): Promise<void> {
  const { organizationId, id } = event;
  await ctx.db.execute(sql`
    with people as (
      insert into users (organization_id, email, family_name, given_name, family_kana, given_kana, locale, time_zone)
      select ${organizationId}, 'registrant-' || i || '-' || ${id}::text || '@example.test', '山田', '太郎' || i, 'ヤマダ',
        'タロウ', 'ja', 'Asia/Tokyo'
      from generate_series(1, ${count}::int) i
      returning id, split_part(email, '-', 2)::int as i
    )
    insert into registrations
      (organization_id, event_id, user_id, status, seq, number, queue_no, answers, reason, registered_at)
    select ${organizationId}, ${id}, people.id,
      case when i % 5 = 0 then 'waitlisted' when i % 7 = 0 then 'cancelled' else 'confirmed' end, i, i,
      case when i % 5 = 0 then ${count}::int - i end,
      jsonb_build_object('q1', '答え ' || i, 'q2', i), case when i % 7 = 0 then '=理由' end,
      timestamptz '2026-11-01 00:00:00Z' + make_interval(mins => i)
    from people`);
}
