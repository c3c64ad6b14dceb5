import { createHash, createHmac } from "node:crypto";
import type { Allocation } from "@tsudoi/shared/events.ts";
import { instantAt, workday } from "./calendar.ts";
import type { DemoEvent } from "./demo-event.ts";
import { TIME_ZONE } from "./organization.ts";
import type { PlannedRegistration } from "./plan-event.ts";

export type PlannedDraw = {
  allocation: Allocation;
  drawAt: Date | null;
  drawSeed: string | null;
  drawnAt: Date | null;
  registrations: PlannedRegistration[];
};

/** Who gets what by lot: a draw that is over was held as the system holds it, so that everyone can draw it again. */
export function planDraw(event: DemoEvent, entries: PlannedRegistration[], now: Date): PlannedDraw {
  const { drawOnWorkday, timeZone = TIME_ZONE } = event;
  if (drawOnWorkday === undefined) {
    const none = { drawAt: null, drawSeed: null, drawnAt: null };
    return { allocation: "first_come", ...none, registrations: entries };
  }
  const drawAt = instantAt(`${workday(drawOnWorkday, now, timeZone)}T12:00`, timeZone);
  // A demo keeps no secret.
  const drawSeed = createHash("sha256").update(event.title.ja).digest("hex");
  const isOver = drawAt <= now;
  return {
    allocation: "lottery",
    drawAt,
    drawSeed,
    drawnAt: isOver ? drawAt : null,
    registrations: isOver ? drawOrder(event, entries, drawSeed) : entries,
  };
}

function drawOrder(
  { capacity }: DemoEvent,
  entries: PlannedRegistration[],
  seed: string,
): PlannedRegistration[] {
  const lot = ({ id }: PlannedRegistration) =>
    createHmac("sha256", Buffer.from(seed, "hex")).update(id).digest("hex");
  const order = entries.toSorted((one, other) => (lot(one) < lot(other) ? -1 : 1));
  return entries.map((entry) => {
    const rank = order.indexOf(entry) + 1;
    const seq = entries.length + rank;
    return rank <= capacity
      ? { ...entry, drawRank: rank, seq, status: "confirmed", queueNo: null }
      : { ...entry, drawRank: rank, seq, status: "waitlisted", queueNo: seq };
  });
}
