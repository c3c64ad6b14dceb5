/** What a label is set to when the value was not known beforehand, so that nobody outside can grow the series. */
export const OTHER = "_OTHER";

export const PROCEDURES = [
  "auth.signIn",
  "auth.refresh",
  "auth.signOut",
  "auth.me",
  "auth.setLocale",
  "auth.setUp",
  "calendars.get",
  "calendars.getEntry",
  "calendars.rotate",
  "categories.list",
  "departments.list",
  "events.list",
  "events.get",
  "events.create",
  "events.createSeries",
  "events.duplicate",
  "events.update",
  "events.publish",
  "events.close",
  "events.reopen",
  "events.cancel",
  "events.discard",
  "events.removeCover",
  "events.listOrganizers",
  "events.saveOrganizer",
  "events.removeOrganizer",
  "events.listInvitations",
  "events.invite",
  "events.uninvite",
  "events.inviteLink",
  "events.rotateInviteLink",
  "events.acceptInvite",
  "events.draw",
  "events.listDraw",
  "events.watch",
  "registrations.register",
  "registrations.get",
  "registrations.listForEvent",
  "registrations.countForEvent",
  "registrations.listMine",
  "registrations.export",
  "registrations.update",
  "registrations.cancel",
  "registrations.acceptOffer",
  "registrations.declineOffer",
  "registrations.approve",
  "registrations.reject",
  "registrations.decideMany",
  "registrations.move",
  "registrations.add",
  "registrations.getByLink",
  "registrations.acceptByLink",
  "registrations.declineByLink",
  "registrations.leaveByLink",
  "system.info",
] as const;
export type Procedure = (typeof PROCEDURES)[number];

export const RPC_METHODS = [...PROCEDURES, OTHER] as const;
export type RpcMethod = (typeof RPC_METHODS)[number];

/** Clamps a name that may have been chosen by the caller to the closed set. */
export function toRpcMethod(path: string): RpcMethod {
  return RPC_METHODS.find((name) => name === path) ?? OTHER;
}

/** `rejected` is a correct answer nobody hoped for (sold out, closed, limited); only `server_error` is our fault. */
export const CALL_OUTCOMES = ["ok", "client_error", "rejected", "server_error"] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** The reasons of the contract, repeated here because this package imports nothing of ours; a test of the API holds the two lists together. */
export const ERROR_CODES = [
  "VALIDATION",
  "NOT_SIGNED_IN",
  "MFA_REQUIRED",
  "SSO_REQUIRED",
  "FORBIDDEN",
  "NOT_IN_AUDIENCE",
  "NOT_FOUND",
  "LINK_EXPIRED",
  "SOLD_OUT",
  "ALREADY_REGISTERED",
  "ACCOUNT_DISABLED",
  "NOT_OPEN_YET",
  "REGISTRATION_CLOSED",
  "EVENT_CANCELLED",
  "CANCEL_DEADLINE_PASSED",
  "OFFER_EXPIRED",
  "CAPACITY_BELOW_TAKEN",
  "SURVEY_CLOSED",
  "ALREADY_ANSWERED",
  "TRANSLATION_MISSING",
  "VERSION_CONFLICT",
  "STATE_CONFLICT",
  "LEGAL_HOLD",
  "IDEMPOTENCY_MISMATCH",
  "RATE_LIMITED",
  "OVERLOADED",
  "TIMEOUT",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const HTTP_METHODS = ["GET", "POST", OTHER] as const;
/** Route templates; everything served from the web folder is `spa`. */
export const HTTP_ROUTES = [
  "/trpc/:path",
  "/calendar/:token.ics",
  "/files/:token",
  "/covers/:token",
  "/uploads/covers/:eventId",
  "health",
  "spa",
  OTHER,
] as const;
export const HTTP_STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;
/** Only refusals before a procedure ran: a refusal inside one is its `server_error`, and would be counted twice. */
export const SHED_REASONS = ["queue_time", "in_flight", "draining"] as const;

export const RATE_LIMIT_POLICIES = [
  "global_ip",
  "sign_in",
  "sign_in_ip",
  "sign_in_account",
  "refresh",
  "registration",
  "call",
  "calendar",
  "export",
  "link",
  "upload",
] as const;
export const RATE_LIMIT_DECISIONS = ["allowed", "limited", "failed_open"] as const;
export const AUTH_OUTCOMES = ["ok", "bad_credentials", "locked", "limited", "error"] as const;

/** `refused` is a caller who may not or an event that is not there; `error` alone is our fault. */
export const REGISTRATION_OUTCOMES = [
  "confirmed",
  "waitlisted",
  "pending",
  "duplicate",
  "full",
  "closed",
  "refused",
  "limited",
  "error",
] as const;
export type RegistrationOutcome = (typeof REGISTRATION_OUTCOMES)[number];

/** Where a registration goes to. */
export const REGISTRATION_STATUSES = [
  "pending",
  "confirmed",
  "waitlisted",
  "offered",
  "cancelled",
  "rejected",
  "declined",
  "expired",
] as const;
/** What somebody who waited is given. */
export const PROMOTION_OUTCOMES = ["confirmed", "offered"] as const;
/** `cancelled` is an offer whose registration was, by its person, an organiser or with the event. */
export const OFFER_ENDS = ["accepted", "declined", "expired", "cancelled"] as const;
export type OfferEnd = (typeof OFFER_ENDS)[number];
export const DRAW_OUTCOMES = ["confirmed", "waitlisted", "rejected"] as const;

/** Of all events to come: seats taken, seats left, people who wait for one, requests that nobody has decided. */
export const PLACE_STATES = ["taken", "free", "waiting", "undecided"] as const;

/** How a stream of live seats ends: its reader left or was too slow, its time was up, nothing is left to see, or the process stops. */
export const WATCH_ENDS = ["left", "slow", "expired", "hidden", "stopped"] as const;
export type WatchEnd = (typeof WATCH_ENDS)[number];

/** How a download ends: taken whole, given up by its reader, too slow, or broken off by a fault. */
export const DOWNLOAD_OUTCOMES = ["ok", "left", "expired", "failed"] as const;
export type DownloadOutcome = (typeof DOWNLOAD_OUTCOMES)[number];

export const INVARIANTS = [
  "seats_counter",
  "seats_over_capacity",
  "free_seat_beside_waiting",
  "offers_overdue",
] as const;

/** What the collector of each worker looks at, each at its own pace. */
export const LOOKS = ["queues", "outbox", "invariants"] as const;
export type Look = (typeof LOOKS)[number];

export const DATABASES = ["primary", "replica"] as const;
export const CONNECTION_STATES = ["used", "idle"] as const;
export const CACHES = ["event_detail"] as const;
export const CACHE_RESULTS = ["hit", "miss", "stale", "error"] as const;
export const REDIS_ROLES = ["cache", "ratelimit", "queue"] as const;

export const QUEUES = ["default", "mail", "bulk"] as const;
export type Queue = (typeof QUEUES)[number];

export const JOBS = [
  "registrations.send-confirmation",
  "registrations.pass-seats",
  "registrations.draw-lots",
  "registrations.announce-draw",
  "events.announce-change",
  "events.announce-invitations",
  "events.cancel-registrations",
  "events.follow-name",
  "notifications.send",
  "system.sweep",
] as const;
export type Job = (typeof JOBS)[number];

export const JOB_STATES = [
  "waiting",
  "active",
  "delayed",
  "prioritized",
  "failed",
  "waiting_children",
] as const;
/** BullMQ reports a failure per attempt; all but `retry` are the end of a job. `refused`: the mail server said never. */
export const ATTEMPT_OUTCOMES = ["ok", "retry", "refused", "dead"] as const;

export const MAIL_TEMPLATES = [
  "registration_confirmed",
  "registration_waitlisted",
  "registration_pending",
  "registration_offer",
  "registration_offer_expired",
  "registration_promotion",
  "registration_approval",
  "registration_rejection",
  "registration_cancellation",
  "registration_draw_result",
  "event_change",
  "event_cancellation",
  "event_invitation",
  "event_organizer_role",
] as const;
export const MAIL_OUTCOMES = ["ok", "transient", "permanent"] as const;
export const DEPENDENCIES = ["mail"] as const;
export const BREAKER_STATES = ["closed", "half_open", "open"] as const;

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
