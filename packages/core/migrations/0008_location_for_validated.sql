alter table "events" validate constraint "events_location_for";
