import type { Files, HouseCase } from "./house-case.ts";

const at = (name: string, text: string): Files => ({
  [`packages/core/migrations/${name}.sql`]: text,
});
const one = (text: string) => at("0007_rooms", text);

const NEW_TABLE = `CREATE TABLE "rooms" ("id" uuid, "event_id" uuid);
--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_event" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id");--> statement-breakpoint
CREATE INDEX "rooms_event" ON "rooms" USING btree ("event_id");`;

export const MIGRATION_CASES: HouseCase[] = [
  {
    title: "migrations make nobody wait",
    lawful: {
      ...at("0000_first", "-- replaces 0001_older\nupdate events set a = 1;"),
      ...at("0002_new_table", NEW_TABLE),
      ...at("0003_column", 'ALTER TABLE "events" ADD COLUMN "room" text DEFAULT \'\' NOT NULL;'),
      ...at(
        "0004_check",
        "-- Known as NOT NULL.\nalter table events add constraint a check (room <> '') not valid;",
      ),
      ...at("0005_validated", "alter table events validate constraint a;"),
      ...at("0006_filled", "-- repeat: batches\nupdate events set room = 'a' where false;"),
      ...at(
        "0007_index",
        "-- alone\ncreate index concurrently if not exists a on events (room);\n--> statement-breakpoint\ndrop index concurrently if exists b;",
      ),
      ...at(
        "0008_function",
        "create function f() returns void language plpgsql as $$ begin update events set a = 1; end $$;",
      ),
    },
    broken: {
      "an index that is built while writers wait": one("CREATE INDEX a ON events (room);"),
      "a unique one, after something else": one(
        `${NEW_TABLE}\ncreate unique index a on events (room);`,
      ),
      "an index built concurrently in a transaction": one(
        "create index concurrently if not exists a on events (room);",
      ),
      "an index that is dropped while everybody waits": one("drop index a;"),
      "one built alone that a second run would stumble over": one(
        "-- alone\ncreate index concurrently a on events (room);",
      ),
      "something else alone": one("-- alone\nalter table events add column a text;"),
      "a check of every row": one("alter table events add constraint a check (room <> '');"),
      "a foreign key of every row": one(
        "alter table events add constraint a foreign key (id) references events (id);",
      ),
      "a column that may not be null any more": one(
        "alter table events alter column room set not null;",
      ),
      "a constraint that builds its index": one("alter table events add constraint a unique (id);"),
      "another type": one("alter table events alter column room set data type jsonb;"),
      "a stored column": one(
        "alter table events add column a text generated always as (lower(room)) stored;",
      ),
      "a default for each row": one("alter table events add column a uuid default uuidv7();"),
      "rows changed in one go": one("update events set room = 'a';"),
      "a constraint validated under the lock of another change": one(
        "alter table events add column a text;\nalter table events validate constraint b;",
      ),
      "two tables at once": one(
        "alter table events add column a text;\nalter table users add column a text;",
      ),
      "a new table that points to two": one(
        `${NEW_TABLE}--> statement-breakpoint\nalter table rooms add constraint b foreign key (id) references users (id);`,
      ),
    },
  },
];
