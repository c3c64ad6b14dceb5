-- alone
create index concurrently if not exists "users_disabled" on "users" using btree ("organization_id","id") where disabled_at is not null;
