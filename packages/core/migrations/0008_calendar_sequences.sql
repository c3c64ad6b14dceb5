-- Entries sent so far carry the event's version less one: whatever comes from now on counts as later.
update events set calendar_sequence = version
where published_at is not null and ends_at > now() and calendar_sequence < version;
