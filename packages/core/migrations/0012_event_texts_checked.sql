-- Looks at every row, and makes nobody wait.
ALTER TABLE "event_texts" VALIDATE CONSTRAINT "event_texts_event";
--> statement-breakpoint
-- Each search reads what waits to be merged: long while the table was filled, short from now on.
ALTER INDEX "event_texts_keys" SET (gin_pending_list_limit = 64);
