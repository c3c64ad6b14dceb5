-- The new one first: building an index lets others read, dropping one does not. It serves whoever asked the old one.
CREATE INDEX "events_live_end" ON "events" USING btree ("ends_at","id") WHERE status in ('published', 'closed');--> statement-breakpoint
DROP INDEX "events_end";
