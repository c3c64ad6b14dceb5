-- What the reviews add to the tables: indexes, one registration for each person, and a counted column that one of them guards.
create index registrations_event on registrations (event_id) include (user_id, status, checked_in_at);
create index registrations_user on registrations (user_id);
create index events_start on events (start_datetime) where status <> 'cancelled';
alter table registrations add unique (event_id, user_id);
alter table events add column current_registrations integer not null default 0;
