-- Whoever could not be given a seat may be the next in line now: each event where they wait passes its free seats on.
create function registrations_follow_account() returns trigger
language plpgsql as $$
begin
  insert into outbox (organization_id, job, payload, dedupe_key)
  select r.organization_id, 'registrations.pass-seats', jsonb_build_object('eventId', r.event_id),
    format('registrations.pass-seats:%s:enabled:%s', r.event_id, pg_current_xact_id())
  from registrations r
  join events e on e.organization_id = r.organization_id and e.id = r.event_id
  where r.organization_id = new.organization_id and r.user_id = new.id
    and r.status = 'waitlisted' and e.ends_at > now()
  on conflict (dedupe_key) do nothing;
  return null;
end
$$;
--> statement-breakpoint
create trigger registrations_follow_account after update of disabled_at on users
  for each row when (old.disabled_at is not null and new.disabled_at is null)
  execute function registrations_follow_account();
