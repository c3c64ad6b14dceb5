import * as fc from "fast-check";
import { expect, test } from "vitest";
import { planLoad } from "./plan-load.ts";

test("shares out every registration, and no event gets more than there are people", async () => {
  const loads = fc
    .record({ events: fc.integer({ min: 1, max: 60 }), people: fc.integer({ min: 1, max: 200 }) })
    .chain((sizes) =>
      fc.record({
        events: fc.constant(sizes.events),
        people: fc.constant(sizes.people),
        registrations: fc.integer({ min: 0, max: sizes.events * sizes.people }),
      }),
    );
  await fc.assert(
    fc.asyncProperty(loads, async (load) => {
      const plan = planLoad(load);
      expect(plan).toHaveLength(load.events);
      expect(plan.reduce((sum, event) => sum + event.registrations, 0)).toBe(load.registrations);
      expect(
        plan.every((event) => event.registrations >= 0 && event.registrations <= load.people),
      ).toBe(true);
      expect(plan.every((event) => Number.isInteger(event.capacity) && event.capacity >= 1)).toBe(
        true,
      );
    }),
  );
});

test("some events are wanted by more people than they hold, most are not", () => {
  const plan = planLoad({ events: 1_000, people: 10_000, registrations: 100_000 });
  const full = plan.filter((event) => event.registrations > event.capacity).length;
  expect(full).toBeGreaterThan(100);
  expect(full).toBeLessThan(300);
});

test("refuses what cannot be shared out", () => {
  expect(() => planLoad({ events: 2, people: 3, registrations: 7 })).toThrow(RangeError);
});
