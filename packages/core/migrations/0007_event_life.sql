CREATE TABLE "calendar_feeds" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_feeds_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id")
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
CREATE TABLE "files" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"media_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "files_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "files_size" CHECK (octet_length("files"."content") <= 1048576)
);
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_waitlist";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "offer_hours" integer DEFAULT 12 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "offers_end_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "pending_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "allocation" text DEFAULT 'first_come' NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "draw_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "draw_seed" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "drawn_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "audience" text DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "invite_generation" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "questions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "answers_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cover_id" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "calendar_sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cancelled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "one_time_tokens" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "draw_rank" integer;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "answers" jsonb;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "ended_by" text;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_user" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_departments" ADD CONSTRAINT "event_departments_event" FOREIGN KEY ("organization_id","event_id") REFERENCES "public"."events"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_departments" ADD CONSTRAINT "event_departments_department_fk" FOREIGN KEY ("organization_id","department_id") REFERENCES "public"."departments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_invitations" ADD CONSTRAINT "event_invitations_event" FOREIGN KEY ("organization_id","event_id") REFERENCES "public"."events"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_series" ADD CONSTRAINT "event_series_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_series" ADD CONSTRAINT "event_series_created_by" FOREIGN KEY ("organization_id","created_by") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_created_by" FOREIGN KEY ("organization_id","created_by") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_departments_department" ON "event_departments" USING btree ("organization_id","department_id","event_id");--> statement-breakpoint
CREATE INDEX "event_invitations_email" ON "event_invitations" USING btree ("organization_id","email","event_id");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_series_fk" FOREIGN KEY ("organization_id","series_id") REFERENCES "public"."event_series"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_cover" FOREIGN KEY ("organization_id","cover_id") REFERENCES "public"."files"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_series" ON "events" USING btree ("organization_id","series_id","starts_at");--> statement-breakpoint
CREATE INDEX "registrations_offers" ON "registrations" USING btree ("organization_id","event_id","offer_expires_at") WHERE status = 'offered';--> statement-breakpoint
CREATE INDEX "registrations_number" ON "registrations" USING btree ("organization_id","event_id","number");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_allocation" CHECK ("events"."allocation" in ('first_come', 'lottery'));--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_audience" CHECK ("events"."audience" in ('everyone', 'departments', 'invited'));--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_offer_hours" CHECK ("events"."offer_hours" between 1 and 168);--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_waitlist" CHECK ("events"."waitlist_length" >= 0 and "events"."pending_count" >= 0);--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_offer" CHECK (("registrations"."status" = 'offered') = ("registrations"."offer_expires_at" is not null));--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_ended_by" CHECK ("registrations"."ended_by" in ('attendee', 'organizer', 'event'));--> statement-breakpoint
update events set pending_count = waiting.total
from (
  select organization_id, event_id, count(*) as total from registrations
  where status = 'pending' group by organization_id, event_id
) waiting
where events.organization_id = waiting.organization_id and events.id = waiting.event_id;
