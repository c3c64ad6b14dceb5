-- The reviewed design's tables: keys and references, no other index, no constraint on seats.
create table users (
  id uuid primary key,
  email text not null unique,
  name text not null,
  department text not null default ''
);

create table events (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  description text not null default '',
  category text not null default '',
  start_datetime timestamptz not null,
  end_datetime timestamptz not null,
  capacity integer not null,
  status text not null default 'published',
  organizer_id uuid references users (id),
  created_at timestamptz not null default now()
);

create table registrations (
  id uuid primary key default gen_random_uuid(),
  event_id uuid not null references events (id),
  user_id uuid not null references users (id),
  status text not null,
  registered_at timestamptz not null default now(),
  checked_in_at timestamptz
);
