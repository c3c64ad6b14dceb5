import { DomainError, type FieldIssue } from "@tsudoi/shared/errors.ts";
import { checkEvent } from "@tsudoi/shared/event-rules.ts";
import { changedFields, type EventChange, factsOf } from "./change-event.ts";
import type { EventRow } from "./lock-events.ts";

/** A refusal with the event of the series that it comes from. */
export function naming(eventId: string, error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  const { fields, ...details } = error.details;
  return new DomainError(
    error.reason,
    { ...details, fields: { ...fields, eventId } },
    { cause: error },
  );
}

export type Changed = { before: EventRow; after: EventRow; fields: (keyof EventChange)[] };

export function isLive({ status }: Pick<EventRow, "status">): boolean {
  return status === "published" || status === "closed";
}

export function requireStatus({ status }: EventRow, allowed: EventRow["status"][]): void {
  if (allowed.includes(status)) return;
  throw new DomainError("STATE_CONFLICT", { fields: { status } });
}

/** What happened stays as it was; a draft that is over may still be moved to where it is to come. */
export function canChange(row: EventRow, now: Date): boolean {
  return row.status === "draft" || (isLive(row) && row.endsAt > now);
}

export function refuseUnchangeable(row: EventRow, now: Date): void {
  if (canChange(row, now)) return;
  const status = isLive(row) ? "over" : row.status;
  throw new DomainError("STATE_CONFLICT", { fields: { status } });
}

/** What a change would make of an event, unless a rule forbids it. */
export function requireChange(before: EventRow, after: EventRow, now: Date): Changed {
  const fields = changedFields({ before, after });
  const issues = [
    ...checkEvent(factsOf(after), new Set(fields)),
    ...fields.flatMap((field) => issueAt(field, { before, after }, now)),
  ];
  if (issues.length > 0) throw new DomainError("VALIDATION", { issues });
  return { before, after, fields };
}

type Sides = { before: EventRow; after: EventRow };

function issueAt(field: keyof EventChange, { before, after }: Sides, now: Date): FieldIssue[] {
  const issue = (code: string, message: string) => [{ path: field, code, message }];
  switch (field) {
    case "endsAt":
      if (isLive(after) && after.endsAt <= now) return issue("past", "must be in the future");
      return [];
    case "allocation":
      if (before.lastNumber === 0) return [];
      return issue("registered", "people have registered under the other one");
    case "drawAt":
      if (before.drawnAt !== null) return issue("drawn", "the draw was held");
      if (isLive(after) && after.drawAt !== null && after.drawAt <= now) {
        return issue("past", "must be in the future");
      }
      return [];
    default:
      return [];
  }
}

/** What people plan by, and what their calendars show. */
const TOLD: ReadonlySet<keyof EventChange> = new Set([
  "title",
  "startsAt",
  "endsAt",
  "timeZone",
  "location",
  "onlineUrl",
]);

export function isAnnounced({ after, fields }: Changed): boolean {
  return isLive(after) && fields.some((field) => TOLD.has(field));
}
