/** One thing a person asked for, from the first sending to the answer; each sending has its own request id. */
export type Op = {
  requestIds: string[];
  sentAt: number;
  answeredAt: number;
  /** A status, or the reason of a refusal. */
  told: string;
};

/** One entry of the audit log: a registration went from one status to another, as the event's change number `seq`. */
export type Change = {
  requestId: string;
  registrationId: string;
  /** Absent where the registration began. */
  from?: string;
  to: string;
  seq: number;
};

export type History = { capacity: number; ops: Op[]; changes: Change[] };

/**
 * Everything that is wrong with a history, by the event's own order of changes: each number is given once, people stand where
 * the last change left them, no seat is given twice or left free beside somebody who waits, the queue is served from its
 * head, what was acknowledged is there, and whoever was answered before another asked comes before them.
 */
export function findViolations({ capacity, ops, changes }: History): string[] {
  const ordered = changes.toSorted((one, other) => one.seq - other.seq);
  return [
    ...gaps(ordered),
    ...replay(capacity, ordered),
    ...lost(ops, ordered),
    ...order(ops, ordered),
  ];
}

function gaps(ordered: Change[]): string[] {
  return ordered.flatMap(({ seq }, index) =>
    seq === index + 1 ? [] : [`change ${index + 1} has the number ${seq}`],
  );
}

const holdsSeat = (status: string | undefined) => status === "confirmed" || status === "offered";

function replay(capacity: number, ordered: Change[]): string[] {
  const faults: string[] = [];
  const statuses = new Map<string, string>();
  const queue: string[] = [];
  let seated = 0;
  for (const [index, { seq, registrationId, from, to, requestId }] of ordered.entries()) {
    if (statuses.get(registrationId) !== from) {
      faults.push(`${seq}: from ${from}, but they were ${statuses.get(registrationId)}`);
    }
    const place = queue.indexOf(registrationId);
    if (from === "waitlisted" && holdsSeat(to) && place > 0) faults.push(`${seq}: passed ${place}`);
    if (from === undefined && holdsSeat(to) && queue.length > 0) {
      faults.push(`${seq}: came now and passed ${queue.length}`);
    }
    if (place >= 0) queue.splice(place, 1);
    if (to === "waitlisted") queue.push(registrationId);
    statuses.set(registrationId, to);
    seated += Number(holdsSeat(to)) - Number(holdsSeat(from));
    if (seated > capacity) faults.push(`${seq}: ${seated} seats given of ${capacity}`);
    const isEnd = ordered[index + 1]?.requestId !== requestId;
    if (isEnd && queue.length > 0 && seated < capacity) {
      faults.push(`${seq}: ${capacity - seated} free beside ${queue.length} who wait`);
    }
  }
  return faults;
}

const DONE = new Set(["confirmed", "waitlisted", "pending", "cancelled", "declined"]);

function lost(ops: Op[], ordered: Change[]): string[] {
  const known = new Set(ordered.map(({ requestId }) => requestId));
  return ops
    .filter(({ told, requestIds }) => DONE.has(told) && !requestIds.some((id) => known.has(id)))
    .map(({ told, requestIds }) => `${requestIds[0]} was told ${told}, and nothing happened`);
}

function order(ops: Op[], ordered: Change[]): string[] {
  const firstSeq = new Map<string, number>();
  for (const { requestId, seq } of ordered) {
    if (!firstSeq.has(requestId)) firstSeq.set(requestId, seq);
  }
  const served = ops.flatMap((op) => {
    const seq = op.requestIds.map((id) => firstSeq.get(id)).find((found) => found !== undefined);
    return seq === undefined ? [] : [{ ...op, seq }];
  });
  const byAnswer = served.toSorted((one, other) => one.answeredAt - other.answeredAt);
  const faults: string[] = [];
  let highest = 0;
  let answered = 0;
  for (const op of served.toSorted((one, other) => one.sentAt - other.sentAt)) {
    for (let next = byAnswer[answered]; next !== undefined && next.answeredAt < op.sentAt; ) {
      highest = Math.max(highest, next.seq);
      answered += 1;
      next = byAnswer[answered];
    }
    if (op.seq < highest)
      faults.push(`${op.requestIds[0]} is ${op.seq}, after ${highest} was answered`);
  }
  return faults;
}
