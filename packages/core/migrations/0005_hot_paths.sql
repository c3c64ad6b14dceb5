-- New ones first: building an index lets others read, dropping one does not.
CREATE INDEX "events_end" ON "events" USING btree ("ends_at","id") WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "events_status_start_end" ON "events" USING btree ("organization_id","status","starts_at","id","ends_at");--> statement-breakpoint
CREATE INDEX "events_category_start_end" ON "events" USING btree ("organization_id","category_slug","starts_at","id","status","ends_at");--> statement-breakpoint
CREATE INDEX "registrations_user_event" ON "registrations" USING btree ("organization_id","user_id","event_id","seq");--> statement-breakpoint
DROP INDEX "registrations_user";--> statement-breakpoint
DROP INDEX "events_status_start";--> statement-breakpoint
DROP INDEX "events_category_start";--> statement-breakpoint
-- Seats and places are counted in the index alone, as far as vacuum has been: it comes often, for a part.
ALTER TABLE "registrations" SET (
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_insert_scale_factor = 0.01,
  autovacuum_analyze_scale_factor = 0.02
);
