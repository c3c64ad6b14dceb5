-- The third fix alone: a trigger counts, and the database refuses a count beyond the seats.
alter table events add constraint events_seats check (current_registrations <= capacity);

create function count_registration() returns trigger language plpgsql as $$
begin
  update events set current_registrations = current_registrations + 1 where id = new.event_id;
  return new;
end;
$$;

create trigger registrations_counted after insert on registrations
  for each row execute function count_registration();
