import type { Answers, Question } from "@tsudoi/shared/questions.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { detailsOf, reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { getRegistration } from "./queries.ts";
import { register } from "./register.ts";
import { update } from "./update.ts";

const stage = useStage();

const label = { ja: "質問", en: "Question" };
const questions: Question[] = [
  { id: "eats", kind: "yes_no", label, required: true, options: [] },
  {
    id: "allergy",
    kind: "text",
    label,
    required: false,
    options: [],
    showIf: { questionId: "eats", equals: true },
  },
];

const as = (person: TestUser) => stage.as(actorOf(person));

type Registered = { event: TestEvent; person: TestUser; registrationId: string };

async function aRegistration(given: Partial<TestEvent> = {}): Promise<Registered> {
  const event = await stage.anEvent({ questions, ...given });
  const person = await stage.aMember();
  const input = { eventId: event.id, answers: { eats: true, allergy: "egg" } };
  const { registration } = await register(as(person), input);
  return { event, person, registrationId: registration.id };
}

const change = (who: TestUser, registrationId: string, answers: Answers = { eats: false }) =>
  update(as(who), { registrationId, answers });

describe("registrations.update", () => {
  test("does the thing, again and again", async () => {
    const { event, person, registrationId } = await aRegistration();
    for (let times = 0; times < 2; times += 1) {
      expect(await change(person, registrationId, { eats: true, allergy: " nuts " })).toEqual({
        registration: {
          id: registrationId,
          eventId: event.id,
          status: "confirmed",
          number: "0001",
        },
      });
    }
    const mine = await getRegistration(as(person), { registrationId });
    expect(mine.answers).toEqual({ eats: true, allergy: "nuts" });
  });

  test("leaves an audit entry that says who, and not what", async () => {
    const { person, registrationId } = await aRegistration();
    await change(stage.owner, registrationId, { eats: true, allergy: "peanut" });
    await change(person, registrationId, { eats: true, allergy: "peanut" });
    const entries = await stage.ctx.db.execute<Record<string, unknown>>(sql`
      select actor_id, entity, details from audit_log
      where entity_id = ${registrationId} and action = 'registrations.update' order by at, id`);
    expect([...entries]).toEqual([
      { actor_id: stage.owner.id, entity: "registration", details: null },
      { actor_id: person.id, entity: "registration", details: null },
    ]);
  });

  test("takes what the event asks now, and nothing else", async () => {
    const { person, registrationId } = await aRegistration();
    const refused = await detailsOf(change(person, registrationId, { allergy: "egg", gone: "x" }));
    expect(refused.issues?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      "answers.gone unknown",
      "answers.eats required",
    ]);
    const mine = await getRegistration(as(person), { registrationId });
    expect(mine.answers).toEqual({ eats: true, allergy: "egg" });
  });

  test("ends when registration closes, or when the organiser says, for everyone but organisers", async () => {
    const end = new Date(Date.now() + DAY);
    const cases: [Partial<TestEvent>, Date][] = [
      [{ registrationClosesAt: end }, end],
      [{ answersUntil: new Date(end.getTime() - HOUR) }, new Date(end.getTime() - HOUR)],
      [{ registrationClosesAt: new Date(end.getTime() - 2 * HOUR), answersUntil: end }, end],
    ];
    for (const [times, until] of cases) {
      const { person, registrationId } = await aRegistration(times);
      stage.setNow(new Date(until.getTime() - 1));
      await change(person, registrationId);
      stage.setNow(until);
      const late = change(person, registrationId, { eats: true });
      expect(await detailsOf(late)).toMatchObject({ fields: { until: until.toISOString() } });
      expect(await reasonOf(change(person, registrationId))).toBe("REGISTRATION_CLOSED");
      await change(stage.owner, registrationId, { eats: true });
      stage.setNow(new Date());
    }
  });

  test.each<[RegistrationStatus, string]>([
    ["pending", "ok"],
    ["waitlisted", "ok"],
    ["offered", "ok"],
    ["cancelled", "STATE_CONFLICT"],
    ["rejected", "STATE_CONFLICT"],
    ["declined", "STATE_CONFLICT"],
    ["expired", "STATE_CONFLICT"],
  ])("%s: %s", async (status, expected) => {
    const { person, registrationId } = await aRegistration();
    await stage.ctx.db
      .update(registrations)
      .set({
        status,
        queueNo: status === "waitlisted" ? 1 : null,
        offerExpiresAt: status === "offered" ? new Date() : null,
      })
      .where(eq(registrations.id, registrationId));
    for (const who of [person, stage.owner]) {
      const end = await change(who, registrationId).then(
        () => "ok",
        (error) => error.reason,
      );
      expect(end).toBe(expected);
    }
  });

  test("is over with the event", async () => {
    const { event, person, registrationId } = await aRegistration();
    await stage.ctx.db.execute(sql`update events set status = 'cancelled' where id = ${event.id}`);
    expect(await reasonOf(change(person, registrationId))).toBe("EVENT_CANCELLED");
  });

  test("leaves alone what was answered to a question that is asked no more", async () => {
    const { event, person, registrationId } = await aRegistration();
    await stage.ctx.db
      .update(events)
      .set({ questions: questions.slice(0, 1) })
      .where(eq(events.id, event.id));
    await change(person, registrationId, { eats: false });
    const mine = await getRegistration(as(person), { registrationId });
    expect(mine.answers).toEqual({ eats: false, allergy: "egg" });
  });

  test("rejects a stranger", async () => {
    const { event, person, registrationId } = await aRegistration();
    const { organizationId } = stage;
    const other = await stage.aMember();
    const viewer = await stage.aMember();
    await stage.ctx.db
      .insert(eventOrganizers)
      .values({ organizationId, eventId: event.id, userId: viewer.id, role: "viewer" });
    const elsewhere = await aUser(stage.ctx, {
      organizationId: await anOrganization(stage.ctx),
      role: "admin",
    });
    const disabled = await stage.aMember({ disabledAt: new Date() });
    expect(await reasonOf(change(other, registrationId))).toBe("NOT_FOUND");
    expect(await reasonOf(change(viewer, registrationId))).toBe("FORBIDDEN");
    expect(await reasonOf(change(elsewhere, registrationId))).toBe("NOT_FOUND");
    expect(await reasonOf(change(disabled, registrationId))).toBe("NOT_SIGNED_IN");
    const anonymous = stage.as({ kind: "anonymous" });
    const input = { registrationId, answers: { eats: false } };
    expect(await reasonOf(update(anonymous, input))).toBe("NOT_SIGNED_IN");
    const [row] = await stage.ctx.db
      .select({ answers: registrations.answers })
      .from(registrations)
      .where(
        and(eq(registrations.organizationId, organizationId), eq(registrations.id, registrationId)),
      );
    expect(row?.answers).toEqual({ eats: true, allergy: "egg" });
    await change(person, registrationId);
  });
});
