-- replaces 0016_people_search_text
CREATE TABLE "categories" (
	"organization_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "categories_organization_id_slug_pk" PRIMARY KEY("organization_id","slug")
);
--> statement-breakpoint
CREATE TABLE "event_departments" (
	"organization_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	CONSTRAINT "event_departments_organization_id_event_id_department_id_pk" PRIMARY KEY("organization_id","event_id","department_id")
);
--> statement-breakpoint
CREATE TABLE "event_invitations" (
	"organization_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"email" text NOT NULL,
	"via" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_invitations_organization_id_event_id_email_pk" PRIMARY KEY("organization_id","event_id","email"),
	CONSTRAINT "event_invitations_lower" CHECK ("event_invitations"."email" = lower("event_invitations"."email"))
);
--> statement-breakpoint
CREATE TABLE "event_organizers" (
	"organization_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_organizers_organization_id_event_id_user_id_pk" PRIMARY KEY("organization_id","event_id","user_id"),
	CONSTRAINT "event_organizers_role" CHECK ("event_organizers"."role" in ('owner', 'editor', 'checkin', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "event_series" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"rrule" text NOT NULL,
	"time_zone" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_series_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "event_texts" (
	"organization_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "event_texts_organization_id_event_id_pk" PRIMARY KEY("organization_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"title_ja" text NOT NULL,
	"title_en" text NOT NULL,
	"description_ja" text DEFAULT '' NOT NULL,
	"description_en" text DEFAULT '' NOT NULL,
	"category_slug" text NOT NULL,
	"department_id" uuid,
	"created_by" uuid NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"time_zone" text NOT NULL,
	"registration_opens_at" timestamp (3) with time zone NOT NULL,
	"registration_closes_at" timestamp (3) with time zone NOT NULL,
	"cancel_until" timestamp (3) with time zone,
	"location" text,
	"online_url" text,
	"capacity" integer NOT NULL,
	"seats_taken" integer DEFAULT 0 NOT NULL,
	"waitlist_length" integer DEFAULT 0 NOT NULL,
	"waitlist_mode" text NOT NULL,
	"approval" boolean NOT NULL,
	"offer_hours" integer DEFAULT 12 NOT NULL,
	"offers_end_at" timestamp (3) with time zone,
	"pending_count" integer DEFAULT 0 NOT NULL,
	"allocation" text DEFAULT 'first_come' NOT NULL,
	"draw_at" timestamp (3) with time zone,
	"draw_seed" text,
	"drawn_at" timestamp (3) with time zone,
	"audience" text DEFAULT 'everyone' NOT NULL,
	"invite_generation" integer DEFAULT 1 NOT NULL,
	"questions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"answers_until" timestamp (3) with time zone,
	"series_id" uuid,
	"cover_id" uuid,
	"calendar_sequence" integer DEFAULT 0 NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	"cancel_reason" text,
	"seq" bigint DEFAULT 0 NOT NULL,
	"last_number" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"published_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"search_text" text GENERATED ALWAYS AS (lower(normalize(title_ja || ' ' || title_en || ' ' || coalesce(location, ''), NFKC))) STORED,
	CONSTRAINT "events_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "events_seats" CHECK ("events"."seats_taken" between 0 and "events"."capacity"),
	CONSTRAINT "events_waitlist" CHECK ("events"."waitlist_length" >= 0 and "events"."pending_count" >= 0),
	CONSTRAINT "events_allocation" CHECK ("events"."allocation" in ('first_come', 'lottery')),
	CONSTRAINT "events_audience" CHECK ("events"."audience" in ('everyone', 'departments', 'invited')),
	CONSTRAINT "events_offer_hours" CHECK ("events"."offer_hours" between 1 and 168),
	CONSTRAINT "events_capacity" CHECK ("events"."capacity" between 1 and 1000000),
	CONSTRAINT "events_length" CHECK ("events"."ends_at" > "events"."starts_at" and "events"."ends_at" <= "events"."starts_at" + interval '31 days'),
	CONSTRAINT "events_status" CHECK ("events"."status" in ('draft', 'published', 'closed', 'cancelled', 'archived'))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"event_id" uuid,
	"registration_id" uuid,
	"details" jsonb,
	"status" text DEFAULT 'queued' NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"message_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "notifications_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "notifications_dedupe" UNIQUE("organization_id","dedupe_key"),
	CONSTRAINT "notifications_status" CHECK ("notifications"."status" in ('queued', 'sent', 'delivered', 'bounced', 'suppressed', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"event_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"department_id" uuid,
	"status" text NOT NULL,
	"seq" bigint NOT NULL,
	"number" integer NOT NULL,
	"queue_no" bigint,
	"offer_expires_at" timestamp (3) with time zone,
	"draw_rank" integer,
	"answers" jsonb,
	"reason" text,
	"ended_by" text,
	"registered_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "registrations_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "registrations_status" CHECK ("registrations"."status" in ('pending', 'confirmed', 'waitlisted', 'offered', 'cancelled', 'rejected', 'declined', 'expired')),
	CONSTRAINT "registrations_offer" CHECK (("registrations"."status" = 'offered') = ("registrations"."offer_expires_at" is not null)),
	CONSTRAINT "registrations_ended_by" CHECK ("registrations"."ended_by" in ('attendee', 'organizer', 'event')),
	CONSTRAINT "registrations_queue_no" CHECK (("registrations"."status" = 'waitlisted') = ("registrations"."queue_no" is not null))
);
--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_departments" ADD CONSTRAINT "event_departments_event" FOREIGN KEY ("organization_id","event_id") REFERENCES "public"."events"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_departments" ADD CONSTRAINT "event_departments_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_invitations" ADD CONSTRAINT "event_invitations_event" FOREIGN KEY ("organization_id","event_id") REFERENCES "public"."events"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_organizers" ADD CONSTRAINT "event_organizers_event" FOREIGN KEY ("organization_id","event_id") REFERENCES "public"."events"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_organizers" ADD CONSTRAINT "event_organizers_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_series" ADD CONSTRAINT "event_series_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_series" ADD CONSTRAINT "event_series_created_by" FOREIGN KEY ("organization_id","created_by") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_texts" ADD CONSTRAINT "event_texts_event" FOREIGN KEY ("organization_id","event_id") REFERENCES "public"."events"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_category" FOREIGN KEY ("organization_id","category_slug") REFERENCES "public"."categories"("organization_id","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_department" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_series_fk" FOREIGN KEY ("organization_id","series_id") REFERENCES "public"."event_series"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_cover" FOREIGN KEY ("organization_id","cover_id") REFERENCES "public"."files"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_created_by" FOREIGN KEY ("organization_id","created_by") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_event_fk" FOREIGN KEY ("organization_id","event_id") REFERENCES "public"."events"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_user_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_department" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_departments_department" ON "event_departments" USING btree ("organization_id","department_id","event_id");--> statement-breakpoint
CREATE INDEX "event_invitations_email" ON "event_invitations" USING btree ("organization_id","email","event_id");--> statement-breakpoint
CREATE INDEX "event_organizers_user" ON "event_organizers" USING btree ("organization_id","user_id","event_id");--> statement-breakpoint
CREATE INDEX "event_texts_keys" ON "event_texts" USING gin (search_keys("organization_id", "starts_at", "text") collate "C") WITH (gin_pending_list_limit=64);--> statement-breakpoint
CREATE INDEX "events_start" ON "events" USING btree ("organization_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "events_status_start_end" ON "events" USING btree ("organization_id","status","starts_at","id","ends_at");--> statement-breakpoint
CREATE INDEX "events_category_start_end" ON "events" USING btree ("organization_id","category_slug","starts_at","id","status","ends_at");--> statement-breakpoint
CREATE INDEX "events_live_end" ON "events" USING btree ("ends_at","id") WHERE status in ('published', 'closed');--> statement-breakpoint
CREATE INDEX "events_series" ON "events" USING btree ("organization_id","series_id","starts_at");--> statement-breakpoint
CREATE INDEX "events_cover_file" ON "events" USING btree ("organization_id","cover_id") WHERE cover_id is not null;--> statement-breakpoint
CREATE INDEX "notifications_user" ON "notifications" USING btree ("organization_id","user_id","id");--> statement-breakpoint
CREATE INDEX "notifications_event" ON "notifications" USING btree ("organization_id","event_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "registrations_one_live" ON "registrations" USING btree ("organization_id","event_id","user_id") WHERE status in ('pending', 'confirmed', 'waitlisted', 'offered');--> statement-breakpoint
CREATE INDEX "registrations_user_event" ON "registrations" USING btree ("organization_id","user_id","event_id","seq");--> statement-breakpoint
CREATE INDEX "registrations_event" ON "registrations" USING btree ("organization_id","event_id","status","id");--> statement-breakpoint
CREATE INDEX "registrations_queue" ON "registrations" USING btree ("organization_id","event_id","queue_no") WHERE status = 'waitlisted';--> statement-breakpoint
CREATE INDEX "registrations_offers" ON "registrations" USING btree ("organization_id","event_id","offer_expires_at") WHERE status = 'offered';--> statement-breakpoint
CREATE INDEX "registrations_drawn" ON "registrations" USING btree ("organization_id","event_id","draw_rank") WHERE draw_rank is not null;--> statement-breakpoint
CREATE INDEX "registrations_number" ON "registrations" USING btree ("organization_id","event_id","number");
--> statement-breakpoint
-- The hot counters live in this table: free space on each page keeps their updates in place.
alter table events set (fillfactor = 70);
--> statement-breakpoint
-- Seats and places are counted in the index alone, as far as vacuum has been: it comes often, for a part.
ALTER TABLE "registrations" SET (
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_insert_scale_factor = 0.01,
  autovacuum_analyze_scale_factor = 0.02
);
