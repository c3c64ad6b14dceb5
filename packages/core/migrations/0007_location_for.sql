alter table "events" add column "location_for" text default 'everyone' not null;
--> statement-breakpoint
alter table "events" add constraint "events_location_for" check ("events"."location_for" in ('everyone', 'confirmed')) not valid;
--> statement-breakpoint
-- A search would tell the place to whoever guesses it.
create or replace function event_texts_of(organization uuid, ids uuid[])
returns table (organization_id uuid, event_id uuid, starts_at timestamptz, value text)
language sql stable
begin atomic
  select e.organization_id, e.id, e.starts_at, search_form(concat_ws(' ',
    e.title_ja, e.title_en, case when e.location_for = 'everyone' then e.location end,
    d.name_ja, d.name_en, organizers.names))
  from events e
  left join departments d on d.organization_id = e.organization_id and d.id = e.department_id
  cross join lateral (
    select string_agg(concat_ws(' ',
      shown.family_name || shown.given_name, shown.family_kana || shown.given_kana), ' ') as names
    from (
      select u.family_name, u.given_name, u.family_kana, u.given_kana
      from event_organizers o
      join users u on u.organization_id = o.organization_id and u.id = o.user_id
      where o.organization_id = e.organization_id and o.event_id = e.id and o.role in ('owner', 'editor')
      order by o.created_at, u.id
      limit 20
    ) shown
  ) organizers
  where e.organization_id = organization and e.id = any(ids);
end;
--> statement-breakpoint
drop trigger event_texts_update on events;
--> statement-breakpoint
-- Columns by name: a change of seats does not even look at the condition.
create trigger event_texts_update after update of title_ja, title_en, location, location_for, department_id, starts_at on events
  for each row when (
    (old.title_ja, old.title_en, old.location, old.location_for, old.department_id, old.starts_at)
      is distinct from (new.title_ja, new.title_en, new.location, new.location_for, new.department_id, new.starts_at)
  ) execute function event_texts_follow_event();
