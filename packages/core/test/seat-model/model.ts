import type { Reason } from "@tsudoi/shared/errors.ts";
import type { WaitlistMode } from "@tsudoi/shared/events.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";

/** An event as somebody with paper and pencil would keep it: people in a list, a queue, a clock. No counters. */
export type Rules = {
  capacity: number;
  waitlistMode: WaitlistMode;
  approval: boolean;
  lottery: boolean;
  offerMinutes: number;
  startsAt: number;
};

/** How long every event is, in minutes. */
const LENGTH = 120;

export type Entry = { person: number; status: RegistrationStatus; offerEndsAt?: number };

export type Model = Rules & {
  /** Minutes since the beginning. */
  now: number;
  drawn: boolean;
  /** By receipt number. */
  entries: Entry[];
  /** Receipt numbers of those who wait. */
  queue: number[];
  /** People whose accounts are disabled: no seat is given to them. */
  disabled: Set<number>;
};

export type Told = RegistrationStatus | Reason;

const LIVE: RegistrationStatus[] = ["pending", "confirmed", "waitlisted", "offered"];

export function newModel(rules: Rules): Model {
  return { ...rules, now: 0, drawn: false, entries: [], queue: [], disabled: new Set() };
}

const seated = (model: Model) =>
  model.entries.filter(({ status }) => status === "confirmed" || status === "offered").length;
const hasRoom = (model: Model) => seated(model) < model.capacity;
const isOver = (model: Model) => model.now >= model.startsAt + LENGTH;
const isDisabled = (model: Model, person: number) => model.disabled.has(person);

export function liveEntry(model: Model, person: number): Entry | undefined {
  return model.entries.find((entry) => entry.person === person && LIVE.includes(entry.status));
}

/** The last registration of a person, ended or not: what their page shows. */
export function lastEntry(model: Model, person: number): Entry | undefined {
  return model.entries.findLast((entry) => entry.person === person);
}

function leaveQueue(model: Model, entry: Entry): void {
  model.queue = model.queue.filter((number) => model.entries[number] !== entry);
}

function become(model: Model, entry: Entry, status: RegistrationStatus): Entry {
  leaveQueue(model, entry);
  entry.status = status;
  delete entry.offerEndsAt;
  if (status === "waitlisted") model.queue.push(model.entries.indexOf(entry));
  return entry;
}

export function endOffers(model: Model): void {
  for (const entry of model.entries) {
    if (entry.offerEndsAt !== undefined && entry.offerEndsAt <= model.now) {
      become(model, entry, "expired");
    }
  }
}

/** The first in the queue who can be given a seat. */
function nextInLine(model: Model): Entry | undefined {
  const number = model.queue.find((one) => !isDisabled(model, model.entries[one]?.person ?? -1));
  return number === undefined ? undefined : model.entries[number];
}

export function fillSeats(model: Model): void {
  while (hasRoom(model) && model.now < model.startsAt) {
    const entry = nextInLine(model);
    if (entry === undefined) return;
    if (model.waitlistMode === "offer") {
      become(model, entry, "offered");
      entry.offerEndsAt = Math.min(model.now + model.offerMinutes, model.startsAt);
    } else become(model, entry, "confirmed");
  }
}

/** A change as a whole or, where it is refused, nothing; what is told is how the entry stands in the end. */
function change(model: Model, decide: () => Entry | "done" | Reason): Told {
  const before = structuredClone(model);
  endOffers(model);
  const end = decide();
  if (typeof end === "string" && end !== "done") {
    Object.assign(model, before);
    return end;
  }
  fillSeats(model);
  return end === "done" ? "confirmed" : end.status;
}

/** One after another; whoever is refused leaves what came before as it is. */
export function register(model: Model, people: number[]): Told[] {
  endOffers(model);
  fillSeats(model);
  return people.map((person) => {
    if (isDisabled(model, person)) return "NOT_SIGNED_IN";
    if (liveEntry(model, person) !== undefined) return "ALREADY_REGISTERED";
    if (model.now >= model.startsAt) return "REGISTRATION_CLOSED";
    const status = statusOfNew(model);
    if (status === "SOLD_OUT") return status;
    model.entries.push({ person, status });
    if (status === "waitlisted") model.queue.push(model.entries.length - 1);
    return status;
  });
}

function statusOfNew(model: Model): RegistrationStatus | "SOLD_OUT" {
  if (model.approval || (model.lottery && !model.drawn)) return "pending";
  return seatOrQueue(model);
}

function seatOrQueue(model: Model): "confirmed" | "waitlisted" | "SOLD_OUT" {
  if (nextInLine(model) === undefined && hasRoom(model)) return "confirmed";
  return model.waitlistMode === "none" ? "SOLD_OUT" : "waitlisted";
}

export function leave(model: Model, person: number, by: "attendee" | "organizer"): Told {
  return change(model, () => {
    if (by === "attendee" && isDisabled(model, person)) return "NOT_SIGNED_IN";
    const entry = lastEntry(model, person);
    if (entry === undefined) return "NOT_FOUND";
    if (!LIVE.includes(entry.status)) return "STATE_CONFLICT";
    if (by === "attendee" && entry.status === "confirmed" && model.now >= model.startsAt) {
      return "CANCEL_DEADLINE_PASSED";
    }
    return become(model, entry, "cancelled");
  });
}

export function answerOffer(model: Model, person: number, answer: "confirmed" | "declined"): Told {
  return change(model, () => {
    if (isDisabled(model, person)) return "NOT_SIGNED_IN";
    const entry = lastEntry(model, person);
    if (entry === undefined) return "NOT_FOUND";
    if (entry.status === answer) return entry;
    if (entry.status === "expired") return "OFFER_EXPIRED";
    return entry.status === "offered" ? become(model, entry, answer) : "STATE_CONFLICT";
  });
}

export function decide(model: Model, person: number, decision: "approve" | "reject"): Told {
  return change(model, () => {
    const entry = lastEntry(model, person);
    if (entry === undefined) return "NOT_FOUND";
    if (entry.status !== "pending" || (model.lottery && !model.drawn)) return "STATE_CONFLICT";
    if (decision === "reject") return become(model, entry, "rejected");
    if (isOver(model)) return "STATE_CONFLICT";
    if (isDisabled(model, person)) return "ACCOUNT_DISABLED";
    const told = seatOrQueue(model);
    return told === "SOLD_OUT" ? told : become(model, entry, told);
  });
}

/** Whoever asked while approval was needed is decided before anybody who comes later. */
export function endApproval(model: Model): Told {
  if (isOver(model)) return "STATE_CONFLICT";
  const asks = model.approval && model.entries.some(({ status }) => status === "pending");
  if (!asks) {
    model.approval = false;
    return "confirmed";
  }
  return change(model, () => {
    model.approval = false;
    for (const entry of model.entries.filter(({ status }) => status === "pending")) {
      const told = isDisabled(model, entry.person) ? "waitlisted" : seatOrQueue(model);
      if (told === "SOLD_OUT") return "VALIDATION";
      if (told === "waitlisted" && model.waitlistMode === "none") continue;
      become(model, entry, told);
    }
    return "done";
  });
}

export function setCapacity(model: Model, capacity: number): Told {
  if (isOver(model)) return "STATE_CONFLICT";
  if (capacity === model.capacity) return "confirmed";
  return change(model, () => {
    if (seated(model) > capacity) return "CAPACITY_BELOW_TAKEN";
    model.capacity = capacity;
    return "done";
  });
}

export function moveTo(model: Model, person: number, to: "confirmed" | "first" | "last"): Told {
  return change(model, () => {
    const entry = lastEntry(model, person);
    if (entry === undefined) return "NOT_FOUND";
    if (isOver(model)) return "STATE_CONFLICT";
    if (to === "confirmed") {
      if (entry.status !== "offered" && entry.status !== "waitlisted") return "STATE_CONFLICT";
      if (isDisabled(model, person)) return "ACCOUNT_DISABLED";
      if (entry.status === "offered") return become(model, entry, "confirmed");
      return hasRoom(model) ? become(model, entry, "confirmed") : "SOLD_OUT";
    }
    if (entry.status !== "waitlisted") return "STATE_CONFLICT";
    become(model, entry, "waitlisted");
    if (to === "first") model.queue.unshift(model.queue.pop() ?? -1);
    return entry;
  });
}

export function add(model: Model, person: number, to: "confirmed" | "waitlisted"): Told {
  return change(model, () => {
    if (isDisabled(model, person)) return "VALIDATION";
    if (liveEntry(model, person) !== undefined) return "ALREADY_REGISTERED";
    if (isOver(model)) return "STATE_CONFLICT";
    if (to === "waitlisted" && model.lottery && !model.drawn) return "STATE_CONFLICT";
    const isFull = to === "confirmed" ? !hasRoom(model) : model.waitlistMode === "none";
    if (isFull) return "SOLD_OUT";
    const entry: Entry = { person, status: to };
    model.entries.push(entry);
    if (to === "waitlisted") model.queue.push(model.entries.length - 1);
    return entry;
  });
}

export function disable(model: Model, person: number): void {
  model.disabled.add(person);
}

/** Whoever waits and is passed by, or else anybody who is disabled. */
export function firstDisabled(model: Model): number | undefined {
  const disabled = [...model.disabled];
  return (
    disabled.find((person) => liveEntry(model, person)?.status === "waitlisted") ?? disabled[0]
  );
}

/** Whoever could not be given a seat may be the next in line now. */
export function enable(model: Model, person: number): void {
  if (!model.disabled.delete(person)) return;
  if (!model.entries.some((entry) => entry.person === person && entry.status === "waitlisted"))
    return;
  endOffers(model);
  fillSeats(model);
}

/** `order` is everyone who takes part, as the seed puts them. */
export function draw(model: Model, order: number[]): Told {
  return change(model, () => {
    if (!model.lottery || model.drawn || isOver(model)) return "STATE_CONFLICT";
    model.drawn = true;
    for (const number of order) {
      const entry = model.entries[number];
      if (entry === undefined) throw new Error("somebody was drawn who did not take part");
      const canCome = !isDisabled(model, entry.person) && nextInLine(model) === undefined;
      if (canCome && hasRoom(model)) become(model, entry, "confirmed");
      else become(model, entry, model.waitlistMode === "none" ? "rejected" : "waitlisted");
    }
    return "done";
  });
}
