-- replaces 0016_people_search_text
-- Roles are the cluster's, databases many: each is made once, in any of them.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['tsudoi_app', 'tsudoi_readonly'] loop
    begin
      execute format('create role %I nologin', wanted);
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;
--> statement-breakpoint
-- The processes that serve people read and write rows; they define nothing.
revoke create on schema public from public;
--> statement-breakpoint
grant usage on schema public to tsudoi_app, tsudoi_readonly;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema public to tsudoi_app;
--> statement-breakpoint
grant usage on all sequences in schema public to tsudoi_app;
--> statement-breakpoint
grant select on all tables in schema public to tsudoi_readonly;
--> statement-breakpoint
alter default privileges in schema public grant select, insert, update, delete on tables to tsudoi_app;
--> statement-breakpoint
alter default privileges in schema public grant usage on sequences to tsudoi_app;
--> statement-breakpoint
alter default privileges in schema public grant select on tables to tsudoi_readonly;
--> statement-breakpoint
-- The audit log is only ever added to.
revoke update, delete on audit_log from tsudoi_app;
