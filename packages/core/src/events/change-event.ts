import { isDeepStrictEqual } from "node:util";
import type { UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import type { EventFacts } from "@tsudoi/shared/event-rules.ts";
import type { EventRow } from "./lock-events.ts";
import { closesAtStart, distance, move, type Point } from "./move-times.ts";
import { toDate } from "./to-columns.ts";

export type EventChange = Omit<UpdateEventInput, "eventId" | "version" | "apply">;

/** The columns that a change may set, by the field it is asked for with. */
const COLUMNS = {
  title: ["titleJa", "titleEn"],
  description: ["descriptionJa", "descriptionEn"],
  category: ["categorySlug"],
  startsAt: ["startsAt"],
  endsAt: ["endsAt"],
  timeZone: ["timeZone"],
  capacity: ["capacity"],
  location: ["location"],
  locationFor: ["locationFor"],
  onlineUrl: ["onlineUrl"],
  registrationOpensAt: ["registrationOpensAt"],
  registrationClosesAt: ["registrationClosesAt"],
  cancelUntil: ["cancelUntil"],
  waitlistMode: ["waitlistMode"],
  offerHours: ["offerHours"],
  approval: ["approval"],
  allocation: ["allocation"],
  drawAt: ["drawAt"],
  audience: ["audience"],
  departmentIds: ["departmentIds"],
  questions: ["questions"],
  answersUntil: ["answersUntil"],
} as const satisfies Record<keyof EventChange, readonly (keyof EventRow)[]>;
const FIELDS = Object.keys(COLUMNS) as (keyof EventChange)[];

/**
 * Each event of a series has its own times, its seats are counted before their number changes, and whom it is for
 * stands in rows of its own.
 */
const OWN: ReadonlySet<keyof EventChange> = new Set([
  "startsAt",
  "endsAt",
  "registrationOpensAt",
  "registrationClosesAt",
  "cancelUntil",
  "drawAt",
  "answersUntil",
  "capacity",
  "departmentIds",
]);

/** The event as a change leaves it. */
export function changeEvent(row: EventRow, change: EventChange): EventRow {
  const startsAt = toDate(change.startsAt) ?? row.startsAt;
  const closesAt = closesAtStart(row) ? startsAt : row.registrationClosesAt;
  return {
    ...changeTexts(row, change),
    startsAt,
    endsAt: toDate(change.endsAt) ?? row.endsAt,
    registrationOpensAt: toDate(change.registrationOpensAt) ?? row.registrationOpensAt,
    registrationClosesAt: givenTime(change.registrationClosesAt, closesAt) ?? startsAt,
    cancelUntil: givenTime(change.cancelUntil, row.cancelUntil),
    drawAt: givenTime(change.drawAt, row.drawAt),
    answersUntil: givenTime(change.answersUntil, row.answersUntil),
  };
}

/**
 * Another event of the series after the same change: what is no time is the same, and each time
 * moves on the clocks of its zone by as much as it did in the event that was changed.
 */
export function changeAlike(
  row: EventRow,
  change: EventChange,
  { before, after }: { before: EventRow; after: EventRow },
): EventRow {
  const alike = changeTexts(row, change);
  const own = (time: Date, zone = row.timeZone): Point => ({ time, zone });
  const was = (time: Date): Point => ({ time, zone: before.timeZone });
  const is = (time: Date): Point => ({ time, zone: after.timeZone });
  const moved = (field: Always): Date =>
    move(own(row[field]), distance(was(before[field]), is(after[field])), alike.timeZone);
  const startsAt = moved("startsAt");
  const { registrationClosesAt: named } = change;
  const goesAlong = closesAtStart(row) && (named === undefined || closesAtStart(after));
  const isAtStart = named === null || goesAlong;
  const movedIfAny = (field: Sometimes): Date | null => {
    const [old, now, mine] = [before[field], after[field], row[field]];
    if (now === null) return old === null ? mine : null;
    if (old !== null && mine !== null) {
      return move(own(mine), distance(was(old), is(now)), alike.timeZone);
    }
    // New here: as far from the start as there.
    const start = own(startsAt, alike.timeZone);
    return move(start, distance(is(after.startsAt), is(now)), alike.timeZone);
  };
  return {
    ...alike,
    startsAt,
    endsAt: moved("endsAt"),
    registrationOpensAt: moved("registrationOpensAt"),
    registrationClosesAt: isAtStart ? startsAt : moved("registrationClosesAt"),
    cancelUntil: movedIfAny("cancelUntil"),
    drawAt: movedIfAny("drawAt"),
    answersUntil: movedIfAny("answersUntil"),
  };
}

type Always = "startsAt" | "endsAt" | "registrationOpensAt" | "registrationClosesAt";
type Sometimes = "cancelUntil" | "drawAt" | "answersUntil";

function changeTexts(row: EventRow, change: EventChange): EventRow {
  return {
    ...row,
    titleJa: change.title?.ja ?? row.titleJa,
    titleEn: change.title?.en ?? row.titleEn,
    descriptionJa: change.description?.ja ?? row.descriptionJa,
    descriptionEn: change.description?.en ?? row.descriptionEn,
    categorySlug: change.category ?? row.categorySlug,
    timeZone: change.timeZone ?? row.timeZone,
    capacity: change.capacity ?? row.capacity,
    location: given(change.location, row.location) || null,
    locationFor: change.locationFor ?? row.locationFor,
    onlineUrl: given(change.onlineUrl, row.onlineUrl),
    waitlistMode: change.waitlistMode ?? row.waitlistMode,
    offerHours: change.offerHours ?? row.offerHours,
    approval: change.approval ?? row.approval,
    allocation: change.allocation ?? row.allocation,
    audience: change.audience ?? row.audience,
    departmentIds: change.departmentIds ? sorted(change.departmentIds) : row.departmentIds,
    questions: change.questions ?? row.questions,
  };
}

function sorted(ids: string[]): string[] {
  return [...new Set(ids)].toSorted();
}

/** `null` takes away, nothing leaves as it is. */
function given<Value>(value: Value | undefined, old: Value): Value {
  return value === undefined ? old : value;
}

function givenTime(instant: string | null | undefined, old: Date | null): Date | null {
  return instant === undefined ? old : toDate(instant);
}

type Sides = { before: EventRow; after: EventRow };

/** The fields in which an event differs from what it was, as a change names them. */
export function changedFields({ before, after }: Sides): (keyof EventChange)[] {
  return FIELDS.filter((field) => changedIn(field, { before, after }).length > 0);
}

/** What a change writes into all of its events alike. */
export function commonValues(changes: Sides[]): Partial<EventRow> {
  const common = FIELDS.filter((field) => !OWN.has(field));
  return Object.fromEntries(
    changes.flatMap((sides) => common.flatMap((field) => changedIn(field, sides))),
  );
}

function changedIn(field: keyof EventChange, { before, after }: Sides) {
  return COLUMNS[field]
    .filter((column) => !isDeepStrictEqual(before[column], after[column]))
    .map((column) => [column, after[column]] as const);
}

/** What the rules of a whole event look at. */
export function factsOf(row: EventRow): EventFacts {
  return {
    title: { ja: row.titleJa, en: row.titleEn },
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    registrationOpensAt: row.registrationOpensAt.toISOString(),
    registrationClosesAt: row.registrationClosesAt.toISOString(),
    cancelUntil: row.cancelUntil?.toISOString() ?? null,
    answersUntil: row.answersUntil?.toISOString() ?? null,
    allocation: row.allocation,
    approval: row.approval,
    audience: row.audience,
    departmentIds: row.departmentIds,
    drawAt: row.drawAt?.toISOString() ?? null,
  };
}
