import { ListEventsInput } from "@tsudoi/shared/events.ts";
import { ListMineInput } from "@tsudoi/shared/registrations.ts";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { events } from "#core/db/schema/events.ts";
import { add } from "#core/registrations/add.ts";
import { cancel } from "#core/registrations/cancel.ts";
import { listMine } from "#core/registrations/queries.ts";
import { register } from "#core/registrations/register.ts";
import {
  AUDIENCES,
  type Audiences,
  IS_FOR,
  KINDS,
  type Kind,
  ORGANIZERS,
  reaches,
  sees,
  someAudiences,
} from "#test/audiences.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { findVisible } from "./find-visible.ts";
import { getEvent } from "./get-event.ts";
import { listEvents } from "./queries.ts";

const stage = useStage();

let audiences: Audiences;
type ByAudience = Record<TestEvent["audience"], TestEvent>;
const [shown, booked] = [{} as ByAudience, {} as ByAudience];
beforeAll(async () => {
  audiences = await someAudiences(stage);
  for (const audience of AUDIENCES) {
    shown[audience] = await audiences.anEventFor(audience);
    booked[audience] = await audiences.anEventFor(audience);
  }
});

const as = (kind: Kind) => stage.as(actorOf(audiences.people[kind]));
const everyCase = AUDIENCES.flatMap((audience) => KINDS.map((kind) => [audience, kind] as const));

describe("events/audience", () => {
  test.each(everyCase)("an event for %s: %s", async (audience, kind) => {
    const { id } = shown[audience];
    const [listed, reached] = [sees(audience, kind), reaches(audience, kind)];
    const list = async (input: object) =>
      (await listEvents(as(kind), ListEventsInput.parse(input))).items.map((item) => item.id);
    expect({
      get: await reasonOf(getEvent(as(kind), { eventId: id })),
      list: (await list({})).includes(id),
      search: (await list({ text: "試験" })).includes(id),
      watch: (await findVisible(as(kind), [id])).has(id),
      organizing: (await list({ scope: "organizing" })).includes(id),
    }).toEqual({
      get: reached ? "no refusal" : "NOT_FOUND",
      ...{ list: listed, search: listed, watch: reached },
      organizing: ORGANIZERS.includes(kind),
    });
  });

  test.each(everyCase)("one's own place in an event for %s: %s", async (audience, kind) => {
    const { id } = shown[audience];
    const isLive = kind === "registered" || kind === "waiting";
    const hasRow = isLive || kind === "of the cancelled event" || kind === "left";
    const { items } = await listEvents(as(kind), ListEventsInput.parse({ scope: "mine" }));
    const mine = await listMine(as(kind), ListMineInput.parse({}));
    expect({
      events: items.some((item) => item.id === id),
      registrations: mine.items.some(({ event }) => event.id === id),
    }).toEqual({ events: isLive, registrations: hasRow });
  });

  test.each(everyCase)("a seat of an event for %s: %s", async (audience, kind) => {
    const expected = () => {
      if (kind === "registered" || kind === "waiting") return "ALREADY_REGISTERED";
      if (IS_FOR[audience].includes(kind)) return "no refusal";
      return reaches(audience, kind) ? "NOT_IN_AUDIENCE" : "NOT_FOUND";
    };
    const eventId = booked[audience].id;
    expect(await reasonOf(register(as(kind), { eventId }))).toBe(expected());
  });

  test("whoever got a seat keeps seeing the event when it is for others from then on", async () => {
    const { id: eventId } = await stage.anEvent();
    const guest = stage.as(actorOf(await stage.aMember()));
    const other = stage.as(actorOf(await stage.aMember()));
    await register(guest, { eventId });
    await stage.ctx.db.update(events).set({ audience: "invited" }).where(eq(events.id, eventId));
    expect(await reasonOf(getEvent(guest, { eventId }))).toBe("no refusal");
    expect(await reasonOf(getEvent(other, { eventId }))).toBe("NOT_FOUND");
  });

  test("whom an organiser takes out of it still reads where their mail leads, and why", async () => {
    const { id: eventId } = await audiences.anEventFor("invited");
    const owner = stage.as(actorOf(audiences.people.owner));
    const person = await stage.aMember();
    const guest = stage.as(actorOf(person));
    const { registration } = await add(owner, { eventId, email: person.email, to: "confirmed" });
    await cancel(owner, { registrationId: registration.id, reason: "満席のため" });
    expect((await getEvent(guest, { eventId })).endedRegistration?.reason).toBe("満席のため");
    const { items } = await listMine(guest, ListMineInput.parse({ statuses: ["cancelled"] }));
    expect(items.map(({ event }) => event.id)).toEqual([eventId]);
    const open = await listEvents(guest, ListEventsInput.parse({}));
    expect(open.items.some(({ id }) => id === eventId)).toBe(false);
    expect(await reasonOf(register(guest, { eventId }))).toBe("NOT_IN_AUDIENCE");
  });

  test("what is in the cache is not told to whom it is not for", async () => {
    const { id: eventId } = shown.invited;
    await getEvent(as("invited"), { eventId });
    expect(await reasonOf(getEvent(as("of none"), { eventId }))).toBe("NOT_FOUND");
  });

  test("a ring of departments ends", async () => {
    const { organizationId } = stage;
    const rows = ["one", "two"].map((code) => ({
      organizationId,
      code,
      nameJa: code,
      nameEn: code,
    }));
    const made = await stage.ctx.db.insert(departments).values(rows).returning();
    const [first = "", second = ""] = made.map(({ id }) => id);
    const bend = (id: string, parentId: string) =>
      stage.ctx.db
        .update(departments)
        .set({ parentId })
        .where(and(eq(departments.organizationId, organizationId), eq(departments.id, id)));
    await bend(first, second);
    await bend(second, first);
    const ctx = stage.as(actorOf(await stage.aMember({ departmentId: first })));
    expect(await reasonOf(getEvent(ctx, { eventId: shown.departments.id }))).toBe("NOT_FOUND");
    expect(await reasonOf(register(ctx, { eventId: shown.departments.id }))).toBe("NOT_FOUND");
  });
});
