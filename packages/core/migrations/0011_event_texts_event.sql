-- Looks at no row yet: the lock that writers of events wait for is held for a moment.
ALTER TABLE "event_texts" ADD CONSTRAINT "event_texts_event" FOREIGN KEY ("organization_id","event_id") REFERENCES "public"."events"("organization_id","id") ON DELETE cascade ON UPDATE no action NOT VALID;
