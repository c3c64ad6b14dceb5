import { sql } from "drizzle-orm";
import type { Rules } from "./model.ts";
import type { Real } from "./real.ts";
import { personAt } from "./real.ts";

type Mutant = {
  what: string;
  /** Where it can show. */
  given: Partial<Rules>;
  wrong: (real: Real) => Partial<Real>;
};

const moved = (real: Real) => real.stage.ctx.db;

/** As if nobody's account were disabled while it works. */
async function blind<T>(real: Real, work: () => Promise<T>): Promise<T> {
  const people = sql.param(real.people.map(({ id }) => id));
  const disabled = await moved(real).execute<{ id: string }>(sql`
    update users set disabled_at = null
    where id = any(${people}::uuid[]) and disabled_at is not null returning id`);
  const done = await work();
  const ids = sql.param(disabled.map(({ id }) => id));
  await moved(real).execute(
    sql`update users set disabled_at = now() where id = any(${ids}::uuid[])`,
  );
  return done;
}

/** Wrong implementations that look right; each must be caught. */
export const MUTANTS: Mutant[] = [
  {
    what: "a seat that is given back goes to nobody",
    given: { waitlistMode: "automatic" },
    wrong: (real) => ({
      async cancel(person, by) {
        const [row] = await moved(real).execute(sql`
          with held as (
            select r.id, r.status from registrations r
            where r.event_id = ${real.event.id} and r.user_id = ${personAt(real.people, person).id}
              and r.status = 'confirmed'
          ), seat as (
            update events set seats_taken = seats_taken - 1, seq = seq + 1
            where id = ${real.event.id} and exists (select 1 from held) returning seq
          )
          update registrations set status = 'cancelled', seq = seat.seq from held, seat
          where registrations.id = held.id returning 1`);
        return row === undefined ? real.cancel(person, by) : "cancelled";
      },
    }),
  },
  {
    what: "an offer is accepted whenever",
    given: {
      capacity: 1,
      offerMinutes: 60,
      waitlistMode: "offer",
      approval: false,
      lottery: false,
    },
    wrong: (real) => ({
      async accept(person) {
        const [row] = await moved(real).execute(sql`
          update registrations set status = 'confirmed', offer_expires_at = null
          where event_id = ${real.event.id} and user_id = ${personAt(real.people, person).id}
            and status in ('offered') returning 1`);
        return row === undefined ? real.accept(person) : "confirmed";
      },
    }),
  },
  {
    what: "a declined offer keeps its seat",
    given: { waitlistMode: "offer", approval: false, lottery: false },
    wrong: (real) => ({
      async decline(person) {
        const told = await real.decline(person);
        if (told !== "declined") return told;
        await moved(real).execute(sql`
          update events set seats_taken = least(capacity, seats_taken + 1) where id = ${real.event.id}`);
        return told;
      },
    }),
  },
  {
    what: "approval passes those who wait",
    given: { capacity: 1, waitlistMode: "automatic", approval: true, lottery: false },
    wrong: (real) => ({
      async approve(person) {
        const told = await real.approve(person);
        if (told !== "waitlisted") return told;
        await moved(real).execute(sql`
          update registrations set queue_no = -seq
          where event_id = ${real.event.id} and user_id = ${personAt(real.people, person).id}
            and status = 'waitlisted'`);
        return told;
      },
    }),
  },
  {
    what: "whoever asked for approval stays behind those who come once it is asked no more",
    given: { approval: true, lottery: false },
    wrong: (real) => ({
      async endApproval() {
        await moved(real).execute(sql`
          update events set approval = false, version = version + 1 where id = ${real.event.id}`);
        return "confirmed";
      },
    }),
  },
  {
    what: "more seats are made and nobody who waits hears of it",
    given: { waitlistMode: "automatic" },
    wrong: (real) => ({
      async setCapacity(capacity) {
        const [row] = await moved(real).execute(sql`
          update events set capacity = ${capacity}
          where id = ${real.event.id} and seats_taken <= ${capacity} and waitlist_length > 0 returning 1`);
        return row === undefined ? real.setCapacity(capacity) : "confirmed";
      },
    }),
  },
  {
    what: "whoever asks twice takes two seats",
    given: {},
    wrong: (real) => ({
      async register(people, key) {
        const told = await real.register(people, key);
        const doubles = told.filter((end) => end === "ALREADY_REGISTERED").length;
        await moved(real).execute(sql`
          update events set seats_taken = least(capacity, seats_taken + ${doubles})
          where id = ${real.event.id}`);
        return told;
      },
    }),
  },
  {
    what: "the last in the queue is served first",
    given: { waitlistMode: "automatic" },
    wrong: (real) => ({
      async cancel(person, by) {
        const turn = sql`
          update registrations set queue_no = -queue_no
          where event_id = ${real.event.id} and status = 'waitlisted'`;
        await moved(real).execute(turn);
        const told = await real.cancel(person, by);
        await moved(real).execute(turn);
        return told;
      },
    }),
  },
  {
    what: "the draw goes by the order of arrival",
    given: { approval: false, lottery: true },
    wrong: (real) => ({
      async draw() {
        const told = await real.draw();
        await moved(real).execute(sql`
          with placed as (
            select id, row_number() over (order by number) as place from registrations
            where event_id = ${real.event.id} and status in ('confirmed', 'waitlisted', 'rejected')
              and draw_rank is not null
          )
          update registrations set draw_rank = place,
            status = case when place <= e.seats_taken then 'confirmed' else
              case when e.waitlist_mode = 'none' then 'rejected' else 'waitlisted' end end,
            queue_no = case when place > e.seats_taken and e.waitlist_mode <> 'none' then place end
          from placed, events e
          where registrations.id = placed.id and e.id = ${real.event.id}`);
        return told;
      },
    }),
  },
  {
    what: "a seat is passed on to a disabled account",
    given: { waitlistMode: "automatic" },
    wrong: (real) => ({ cancel: (person, by) => blind(real, () => real.cancel(person, by)) }),
  },
  {
    what: "a disabled account wins a seat in the draw",
    given: { approval: false, lottery: true },
    wrong: (real) => ({ draw: () => blind(real, () => real.draw()) }),
  },
  {
    what: "a disabled account is approved",
    given: { approval: true, lottery: false },
    wrong: (real) => ({ approve: (person) => blind(real, () => real.approve(person)) }),
  },
  {
    what: "a disabled account is moved to a seat",
    given: { capacity: 1, waitlistMode: "automatic", approval: false, lottery: false },
    wrong: (real) => ({ move: (person, to) => blind(real, () => real.move(person, to)) }),
  },
  {
    what: "nobody looks for a free seat when an account is enabled again",
    given: { capacity: 1, waitlistMode: "automatic", approval: false, lottery: false },
    wrong: (real) => ({
      async enable(person) {
        const { id } = personAt(real.people, person);
        await moved(real).execute(sql`update users set disabled_at = null where id = ${id}`);
      },
    }),
  },
];
