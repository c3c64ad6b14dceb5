import type { NotificationKind } from "@tsudoi/shared/notifications.ts";
import { recordAudit } from "#core/audit/record-audit.ts";
import type { Context } from "#core/db/context.ts";
import { enqueue } from "#core/jobs/enqueue.ts";
import { queueMessages } from "#core/notifications/queue-messages.ts";
import { countMoves } from "./count-moves.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { isUnfinished, type Move } from "./seat-rules.ts";

export type Told = {
  /** What the caller's verb did. */
  own: Move[];
  action: string;
  /** What followed from it: offers that ended, seats that went to who waited. */
  passed: Move[];
  /** The caller goes on by itself where its transaction could not do all. */
  goesOn?: boolean | undefined;
};

/** Ledger, audit log and what must run later, in the transaction of the moves they tell of; counted after it. */
export async function tellMoves(
  tx: Context,
  key: EventKey,
  { event, own, action, passed, goesOn }: Told & { event: LockedEvent },
): Promise<void> {
  countMoves(tx, [...own, ...passed]);
  const actorId = tx.actor.kind === "user" ? tx.actor.userId : undefined;
  const entryOf = (move: Move, name: string) => ({
    organizationId: key.organizationId,
    action: name,
    entity: "registration",
    entityId: move.id,
    details: { from: move.from, to: move.to, seq: move.seq },
  });
  await Promise.all([
    queueMessages(
      tx,
      isOver(event, tx.now()) ? [] : [...own, ...passed].flatMap((move) => toMessage(key, move)),
    ),
    recordAudit(tx, [
      ...own.map((move) => ({
        ...entryOf(move, action),
        ...(actorId === undefined ? {} : { actorId }),
      })),
      ...passed.map((move) => entryOf(move, "registrations.passSeats")),
    ]),
    planPassing(tx, key, { event, passed, goesOn }),
  ]);
}

/** What is decided afterwards is a record: no letter, and nothing for a calendar. Only that the event is cancelled is still told. */
function isOver({ status, endsAt }: LockedEvent, now: Date): boolean {
  return status !== "cancelled" && now >= endsAt;
}

function toMessage(key: EventKey, move: Move) {
  const kind = kindOf(move);
  return kind === undefined
    ? []
    : [
        {
          ...key,
          kind,
          userId: move.userId,
          registrationId: move.id,
          dedupeKey: `${kind}:${move.id}:${move.seq}`,
          details: { from: move.from, to: move.to, reason: move.reason },
        },
      ];
}

/** Whoever declines or is moved within the queue reads it where they did it. */
function kindOf({ from, to, endedBy }: Move): NotificationKind | undefined {
  switch (to) {
    case "confirmed":
      if (from === "waitlisted") return "registrations.promotion";
      return from === "pending" ? "registrations.approval" : "registrations.confirmation";
    case "waitlisted":
      return from === "pending" ? "registrations.approval" : undefined;
    case "offered":
      return "registrations.offer";
    case "expired":
      return "registrations.offer-expired";
    case "rejected":
      return "registrations.rejection";
    case "cancelled":
      return endedBy === "event" ? "events.cancellation" : "registrations.cancellation";
    default:
      return undefined;
  }
}

/** Offers end by themselves, and a queue longer than one transaction serves goes on in the next. */
async function planPassing(
  tx: Context,
  key: EventKey,
  { event, passed, goesOn }: Pick<Told, "passed" | "goesOn"> & { event: LockedEvent },
): Promise<void> {
  const ends = new Set(passed.flatMap((move) => move.offerExpiresAt?.getTime() ?? []));
  const { organizationId, eventId } = key;
  const later = [...ends].map((end) => ({
    organizationId,
    payload: { eventId },
    dueAt: new Date(end),
    dedupeKey: `registrations.pass-seats:${eventId}:${end}`,
  }));
  const isLeft = !goesOn && isUnfinished(event, tx.now());
  const next = isLeft ? [{ organizationId, payload: { eventId } }] : [];
  await enqueue(tx, "registrations.pass-seats", [...later, ...next]);
}
