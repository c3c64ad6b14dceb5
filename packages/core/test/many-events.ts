import postgres, { type Sql } from "postgres";
import type { TestUser } from "./builders.ts";

export type Filling = { owner: TestUser; over: number; coming: number };

/**
 * Every hour an event, a third of them for everyone, a third for departments, a third by invitation: all have one word, a fifth another, one in a thousand a third, the one in the middle a fourth.
 * As a restore does it: rows first, then what follows from them, then the index.
 */
export async function fillEvents(url: string, fillings: Filling[]): Promise<void> {
  const server = postgres(url, { max: 1, onnotice: () => {} });
  const [index] = await server<{ text: string }[]>`
    select pg_get_indexdef('event_texts_keys'::regclass) as text`;
  await server`drop index event_texts_keys`;
  await server`set session_replication_role = replica`;
  for (const filling of fillings) await fill(server, filling);
  await server`
    insert into event_texts (organization_id, event_id, starts_at, text)
    select e.organization_id, e.id, e.starts_at, search_form(e.title_ja || ' ' || e.title_en || ' ' || u.family_name)
    from events e join users u on u.organization_id = e.organization_id and u.id = e.created_by`;
  await server.unsafe(index?.text ?? "");
  await server.end();
}

async function fill(server: Sql, { owner, over, coming }: Filling): Promise<void> {
  const count = over + coming;
  await server`
    insert into events (organization_id, created_by, title_ja, title_en, category_slug, status, published_at,
      starts_at, ends_at, time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode, approval,
      audience)
    select ${owner.organizationId}, ${owner.id},
      'イベント ' || i || case when i % 5 = 0 then ' パフォーマンス' else '' end
        || case when i % 1000 = 1 then ' 研修' else '' end || case when i = ${count}::int / 2 then ' 唯一' else '' end,
      'E' || i, (array['seminar', 'training', 'social', 'health'])[1 + i % 4],
      case when i % 50 = 3 then 'draft' else 'published' end, case when i % 50 <> 3 then now() end,
      start, start + interval '90 minutes', 'Asia/Tokyo', now(), start, 100, 'none', false,
      (array['everyone', 'departments', 'invited'])[1 + i % 3]
    from generate_series(1, ${count}::int) i,
      lateral (select now() + make_interval(hours => i - ${over}::int)) t (start)`;
  await server`
    insert into event_organizers (organization_id, event_id, user_id, role)
    select organization_id, id, created_by, 'owner' from events where organization_id = ${owner.organizationId}`;
  await server`
    insert into event_departments (organization_id, event_id, department_id)
    select e.organization_id, e.id, d.id from events e
    join departments d on d.organization_id = e.organization_id
    where e.organization_id = ${owner.organizationId} and e.audience = 'departments'`;
  await server`
    insert into event_invitations (organization_id, event_id, email, via)
    select organization_id, id, 'guest@example.test', 'list' from events
    where organization_id = ${owner.organizationId} and audience = 'invited'`;
}
