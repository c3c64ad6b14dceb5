-- repeat: each batch is a transaction of its own, so that nobody waits for all of them
insert into event_texts (organization_id, event_id, starts_at, text)
select made.*
from (
  select organization_id, array_agg(id) as ids
  from (
    select e.organization_id, e.id from events e
    where not exists (
      select 1 from event_texts t where t.organization_id = e.organization_id and t.event_id = e.id
    )
    limit 2000
  ) missing
  group by organization_id
) batch
cross join lateral event_texts_of(batch.organization_id, batch.ids) made
on conflict do nothing;
