import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import fc from "fast-check";
import { expect } from "vitest";
import { expectSound } from "#test/seating.ts";
import * as model from "./model.ts";
import { drawOrder, type Real, stateOf } from "./real.ts";

type Model = model.Model;
type Step = fc.AsyncCommand<Model, Real>;

export const PEOPLE = 6;

/** One step in both worlds: what is told and what is then true must be the same. */
function step(
  name: string,
  run: (book: Model, real: Real) => Promise<{ real: unknown; model: unknown }>,
): Step {
  return {
    check: () => true,
    async run(book, real) {
      const ends = await run(book, real);
      expect({ name, told: ends.real }).toEqual({ name, told: ends.model });
      expect(await stateOf(real)).toEqual({ entries: book.entries, queue: book.queue });
      await expectSound(real.stage.ctx, real.event, { mayWait: book.now >= book.startsAt });
    },
    toString: () => name,
  };
}

const person = fc.nat(PEOPLE - 1);

/** Anybody, or somebody who stands where the step leads on from, where there is one. */
const aimed = fc.tuple(person, fc.boolean()).map(([who, aims]) => ({
  among(book: Model, status: RegistrationStatus): number {
    const fitting = book.entries.filter((entry) => entry.status === status);
    return (aims ? fitting[who % fitting.length]?.person : undefined) ?? who;
  },
}));

let keys = 0;

/** Several at once reach one batch; a person's second call is served after everybody's first. */
const registering = fc.array(person, { minLength: 1, maxLength: 5 }).map((people) =>
  step(`register ${people}`, async (book, real) => {
    const told = await real.register(people);
    const first = people.map((who, index) => people.indexOf(who) === index);
    const answers = new Map<number, model.Told>();
    for (const turn of [true, false]) {
      const served = people.flatMap((_, index) => (first[index] === turn ? [index] : []));
      const ends =
        served.length === 0
          ? []
          : model.register(
              book,
              served.map((i) => people[i] ?? -1),
            );
      for (const [place, index] of served.entries()) answers.set(index, ends[place] ?? "INTERNAL");
    }
    return { real: told, model: people.map((_, index) => answers.get(index)) };
  }),
);

const repeating = person.map((who) =>
  step(`register ${who} thrice under one key`, async (book, real) => {
    keys += 1;
    const key = `key-${keys}`;
    const [first] = await real.register([who], key);
    const again = await Promise.all([real.register([who], key), real.register([who], key)]);
    const [told] = model.register(book, [who]);
    return { real: [first, ...again.flat()], model: [told, told, told] };
  }),
);

const leaving = fc
  .tuple(aimed, fc.constantFrom("attendee" as const, "organizer" as const))
  .map(([some, by]) =>
    step(`cancel somebody by the ${by}`, async (book, real) => {
      const who = some.among(book, "confirmed");
      return { real: await real.cancel(who, by), model: model.leave(book, who, by) };
    }),
  );

const answering = fc
  .tuple(aimed, fc.constantFrom("accept" as const, "decline" as const))
  .map(([some, answer]) =>
    step(`${answer} an offer`, async (book, real) => {
      const who = some.among(book, "offered");
      return {
        real: await real[answer](who),
        model: model.answerOffer(book, who, answer === "accept" ? "confirmed" : "declined"),
      };
    }),
  );

const deciding = fc
  .tuple(aimed, fc.constantFrom("approve" as const, "approve" as const, "reject" as const))
  .map(([some, decision]) =>
    step(`${decision} somebody`, async (book, real) => {
      const who = some.among(book, "pending");
      return { real: await real[decision](who), model: model.decide(book, who, decision) };
    }),
  );

const moving = fc
  .tuple(
    aimed,
    fc.constantFrom("confirmed" as const, "confirmed" as const, "first" as const, "last" as const),
  )
  .map(([some, to]) =>
    step(`move somebody to ${to}`, async (book, real) => {
      const who = some.among(book, "waitlisted");
      return { real: await real.move(who, to), model: model.moveTo(book, who, to) };
    }),
  );

const adding = fc
  .tuple(person, fc.constantFrom("confirmed" as const, "waitlisted" as const))
  .map(([who, to]) =>
    step(`add ${who} as ${to}`, async (book, real) => ({
      real: await real.add(who, to),
      model: model.add(book, who, to),
    })),
  );

const resizing = fc.integer({ min: 1, max: 5 }).map((capacity) =>
  step(`capacity ${capacity}`, async (book, real) => ({
    real: await real.setCapacity(capacity),
    model: model.setCapacity(book, capacity),
  })),
);

const easing = fc.constant(
  step("approval is asked no more", async (book, real) => ({
    real: await real.endApproval(),
    model: model.endApproval(book),
  })),
);

const waiting = fc.integer({ min: 1, max: 8 }).map((halves) =>
  step(`${halves * 30} minutes pass`, async (book, real) => {
    book.now += halves * 30;
    real.stage.setNow(new Date(real.beganAt + book.now * MINUTE));
    return { real: undefined, model: undefined };
  }),
);

const passing = fc.constant(
  step("the worker passes seats", async (book, real) => {
    await real.passSeats();
    model.endOffers(book);
    model.fillSeats(book);
    return { real: undefined, model: undefined };
  }),
);

/** Everybody who waits, or somebody who stands anywhere: a seat that is free then is nobody's. */
const disabling = fc
  .tuple(aimed, fc.constantFrom("everybody" as const, "offered" as const, "pending" as const))
  .map(([some, which]) =>
    step(`disable who is ${which === "everybody" ? "waitlisted" : which}`, async (book, real) => {
      const people =
        which === "everybody"
          ? book.queue.map((number) => book.entries[number]?.person ?? -1)
          : [some.among(book, which)];
      for (const who of people) {
        await real.disable(who);
        model.disable(book, who);
      }
      return { real: undefined, model: undefined };
    }),
  );

const enabling = person.map((who) =>
  step("enable somebody", async (book, real) => {
    const back = model.firstDisabled(book) ?? who;
    await real.enable(back);
    model.enable(book, back);
    return { real: undefined, model: undefined };
  }),
);

const drawing = fc.constant(
  step("draw", async (book, real) => {
    const order = await drawOrder(real);
    return { real: await real.draw(), model: model.draw(book, order) };
  }),
);

export const steps = fc.commands(
  [
    registering,
    registering,
    registering,
    repeating,
    leaving,
    answering,
    deciding,
    moving,
    adding,
  ].concat([answering, resizing, easing, waiting, waiting, passing, drawing, disabling, enabling]),
  { maxCommands: 24, size: "+1" },
);

export const rules = fc
  .record({
    capacity: fc.integer({ min: 1, max: 2 }),
    waitlistMode: fc.constantFrom("none" as const, "automatic" as const, "offer" as const),
    kind: fc.constantFrom("first come", "first come", "approval", "lottery"),
    offerMinutes: fc.constantFrom(60, 180),
    startsAt: fc.constant(1_200),
  })
  .map(({ kind, ...rest }) => ({
    ...rest,
    approval: kind === "approval",
    lottery: kind === "lottery",
  }));
