-- replaces 0016_people_search_text
-- As it is now: the organisers are those whom the event's page names.
create function event_texts_of(organization uuid, ids uuid[])
returns table (organization_id uuid, event_id uuid, starts_at timestamptz, value text)
language sql stable
begin atomic
  select e.organization_id, e.id, e.starts_at, search_form(concat_ws(' ',
    e.title_ja, e.title_en, e.location, d.name_ja, d.name_en, organizers.names))
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
create function refresh_event_texts(organization uuid, ids uuid[]) returns void
language plpgsql as $$
begin
  -- Read in a statement after the lock: whoever comes second sees what the first has written.
  perform 1 from event_texts t
  where t.organization_id = organization and t.event_id = any(ids)
  order by t.event_id for update;
  insert into event_texts as t (organization_id, event_id, starts_at, text)
  select * from event_texts_of(organization, ids)
  on conflict (organization_id, event_id) do update
  set starts_at = excluded.starts_at, text = excluded.text
  where (t.starts_at, t.text) is distinct from (excluded.starts_at, excluded.text);
end
$$;
--> statement-breakpoint
create function event_texts_follow_event() returns trigger
language plpgsql as $$
begin
  perform refresh_event_texts(new.organization_id, array[new.id]);
  return null;
end
$$;
--> statement-breakpoint
create function event_texts_follow_events() returns trigger
language plpgsql as $$
begin
  perform refresh_event_texts(organization_id, array_agg(id)) from changed group by organization_id;
  return null;
end
$$;
--> statement-breakpoint
create function event_texts_follow_organizers() returns trigger
language plpgsql as $$
begin
  perform refresh_event_texts(organization_id, array_agg(distinct event_id)) from changed group by organization_id;
  return null;
end
$$;
--> statement-breakpoint
-- Events of one name may be many: a job goes through them.
create function event_texts_follow_name() returns trigger
language plpgsql as $$
begin
  insert into outbox (organization_id, job, key, payload)
  values (new.organization_id, 'events.follow-name', 'events.follow-name:' || new.id,
    jsonb_build_object('organizationId', new.organization_id, tg_argv[0], new.id));
  return null;
end
$$;
--> statement-breakpoint
create trigger event_texts_insert after insert on events
  referencing new table as changed
  for each statement execute function event_texts_follow_events();
--> statement-breakpoint
-- Columns by name: a change of seats does not even look at the condition.
create trigger event_texts_update after update of title_ja, title_en, location, department_id, starts_at on events
  for each row when (
    (old.title_ja, old.title_en, old.location, old.department_id, old.starts_at)
      is distinct from (new.title_ja, new.title_en, new.location, new.department_id, new.starts_at)
  ) execute function event_texts_follow_event();
--> statement-breakpoint
create trigger event_texts_insert after insert on event_organizers
  referencing new table as changed
  for each statement execute function event_texts_follow_organizers();
--> statement-breakpoint
create trigger event_texts_update after update on event_organizers
  referencing new table as changed
  for each statement execute function event_texts_follow_organizers();
--> statement-breakpoint
create trigger event_texts_delete after delete on event_organizers
  referencing old table as changed
  for each statement execute function event_texts_follow_organizers();
--> statement-breakpoint
create trigger event_texts_name after update of name_ja, name_en on departments
  for each row when ((old.name_ja, old.name_en) is distinct from (new.name_ja, new.name_en))
  execute function event_texts_follow_name('departmentId');
--> statement-breakpoint
create trigger event_texts_name after update of family_name, given_name, family_kana, given_kana on users
  for each row when (
    (old.family_name, old.given_name, old.family_kana, old.given_kana)
      is distinct from (new.family_name, new.given_name, new.family_kana, new.given_kana)
  ) execute function event_texts_follow_name('userId');
