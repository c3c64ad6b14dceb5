import { counter, type Declaration, gauge, histogram } from "./declaration.ts";
import * as names from "./names.ts";

const LAG_SECONDS = [0.1, 1, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400] as const;
const BATCH = [1, 2, 5, 10, 20, 50, 100, 200] as const;

/** Seats, who gets them, and who follows them. */
export const REGISTRATION_METRICS = {
  registration_attempts_total: counter(
    { help: "Registration attempts by outcome.", app: "api" },
    { outcome: names.REGISTRATION_OUTCOMES },
  ),
  registration_batch_size: histogram(
    {
      help: "Registrations one transaction of an event took together.",
      app: "api",
      buckets: BATCH,
    },
    {},
  ),
  registration_moves_total: counter(
    { help: "Registrations that changed their status, by what they are now.", app: "both" },
    { to: names.REGISTRATION_STATUSES },
  ),
  waitlist_promotions_total: counter(
    { help: "People who waited and got a seat, or the offer of it.", app: "both" },
    { outcome: names.PROMOTION_OUTCOMES },
  ),
  offers_ended_total: counter(
    { help: "Offered seats by how the offer ended.", app: "both" },
    { outcome: names.OFFER_ENDS },
  ),
  offer_expiry_lag_seconds: histogram(
    {
      help: "Time from the end of an offer to whoever put the end to it.",
      app: "both",
      buckets: LAG_SECONDS,
    },
    {},
  ),
  lottery_entries_total: counter(
    { help: "Entries decided by a draw.", app: "both" },
    { outcome: names.DRAW_OUTCOMES },
  ),
  upcoming_places: gauge(
    { help: "Seats and people of all events to come.", app: "worker", scope: "shared" },
    { state: names.PLACE_STATES },
  ),

  live_subscribers: gauge(
    { help: "Open streams of live seats.", app: "api", scope: "instance" },
    {},
  ),
  live_messages_total: counter(
    { help: "Messages handed to streams of live seats.", app: "api" },
    {},
  ),
  live_reads_total: counter(
    {
      help: "Statements that read the seats of all events watched by somebody.",
      app: "api",
    },
    { outcome: ["ok", "error"] },
  ),
  live_streams_ended_total: counter(
    { help: "Streams of live seats that are over, by why.", app: "api" },
    { reason: names.WATCH_ENDS },
  ),

  downloads_active: gauge({ help: "Files being downloaded.", app: "api", scope: "instance" }, {}),
  downloads_total: counter(
    { help: "Downloads of files that are over, by how they ended.", app: "api" },
    { outcome: names.DOWNLOAD_OUTCOMES },
  ),
} as const satisfies Record<string, Declaration>;
