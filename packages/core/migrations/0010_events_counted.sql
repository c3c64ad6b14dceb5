-- Until the table has been analysed the planner takes any index that begins with the organisation for as good as the key,
-- and each check of a foreign key reads all its events: an organisation has many of them, whatever else is not known yet.
select pg_restore_attribute_stats(
  'schemaname', 'public', 'relname', 'events', 'attname', 'organization_id', 'inherited', false,
  'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real)
where not exists (
  select 1 from pg_stats
  where schemaname = 'public' and tablename = 'events' and attname = 'organization_id');
