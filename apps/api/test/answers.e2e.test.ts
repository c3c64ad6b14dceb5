import { anEvent, aUser, type TestUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import { describe, expect, test } from "vitest";
import { useStage } from "./stage.ts";

const stage = useStage();

const label = { ja: "質問", en: "Question" };
const QUESTIONS: Question[] = [
  { id: "eats", kind: "yes_no", label, required: true, options: [] },
  {
    id: "wish",
    kind: "text",
    label,
    required: false,
    options: [],
    showIf: { questionId: "eats", equals: true },
  },
];

async function ask<Data>(who: TestUser, asked: [string, unknown], key?: string) {
  const token = await stage.tokenOf(who);
  const query = /\.(?:get|listMine)$/.test(asked[0]);
  const headers = key === undefined ? {} : { "idempotency-key": key };
  return call<Data>(stage.url, asked, { token, query, headers });
}

function problemsOf(answer: { ok: boolean; body?: unknown }): string[] {
  const { error } = (answer.body ?? {}) as {
    error?: { data: { issues?: { path: string; code: string }[] } };
  };
  return (error?.data.issues ?? []).map(({ path, code }) => `${path} ${code}`);
}

async function anAskingEvent() {
  const { ctx, organizationId } = stage;
  const owner = await aUser(ctx, { organizationId, role: "organizer" });
  const person = await aUser(ctx, { organizationId });
  return { owner, person, event: await anEvent(ctx, owner, { questions: QUESTIONS }) };
}

describe("questions and answers over the wire", () => {
  test("a form that cannot be asked is refused at each of its faults", async () => {
    const { owner } = await anAskingEvent();
    const draft = {
      title: { ja: "題", en: "" },
      startsAt: "2030-01-01T00:00:00Z",
      endsAt: "2030-01-01T01:00:00Z",
      timeZone: "Asia/Tokyo",
      capacity: 5,
    };
    const questions = [
      { id: "a", kind: "choice", label: { ja: " ", en: "" }, options: [{ id: "x", label }] },
      { id: "b", kind: "text", label, showIf: { questionId: "c", equals: true } },
    ];
    const refused = await ask(owner, ["events.create", { ...draft, questions }]);
    expect(refused).toMatchObject({ ok: false, status: 400, reason: "VALIDATION" });
    expect(problemsOf(refused)).toEqual([
      "questions.0.label required",
      "questions.0.options too_few",
      "questions.1.showIf.questionId not_earlier",
    ]);
    const made = await ask(owner, ["events.create", { ...draft, questions: QUESTIONS }]);
    expect(made).toMatchObject({ ok: true, data: { questions: QUESTIONS } });
  });

  test("answers are refused one by one, kept as cleaned, and shown to their owner", async () => {
    const { owner, person, event } = await anAskingEvent();
    const register = (answers?: unknown) =>
      ask<Registered>(person, ["registrations.register", { eventId: event.id, answers }]);
    expect(problemsOf(await register())).toEqual(["answers.eats required"]);
    const wrong = await register({ eats: "yes", gone: 1 });
    expect(wrong).toMatchObject({ ok: false, status: 400, reason: "VALIDATION" });
    expect(problemsOf(wrong)).toEqual(["answers.gone unknown", "answers.eats wrong_type"]);
    const registered = await register({ eats: true, wish: "  soup " });
    if (!registered.ok) throw new Error(registered.reason);
    const { id } = registered.data.registration;
    const mine = await ask(person, ["registrations.get", { registrationId: id }]);
    expect(mine).toMatchObject({ ok: true, data: { answers: { eats: true, wish: "soup" } } });
    const list = await ask<{ items: object[] }>(person, ["registrations.listMine", {}]);
    expect(list.ok && list.data.items[0]).not.toHaveProperty("answers");
    const others = await ask(owner, ["registrations.get", { registrationId: id }]);
    expect(others).toMatchObject({ ok: false, reason: "NOT_FOUND" });
  });

  test("a change made twice under one key is made once, and another one needs its own", async () => {
    const { person, event } = await anAskingEvent();
    const registered = await ask<Registered>(person, [
      "registrations.register",
      { eventId: event.id, answers: { eats: false } },
    ]);
    if (!registered.ok) throw new Error(registered.reason);
    const registrationId = registered.data.registration.id;
    const change = (answers: object, key: string) =>
      ask(person, ["registrations.update", { registrationId, answers }], key);
    const first = await change({ eats: true, wish: "tea" }, "change-1");
    await change({ eats: false }, "change-2");
    const again = await change({ eats: true, wish: "tea" }, "change-1");
    expect([first.ok, again.ok]).toEqual([true, true]);
    expect(again.ok && again.data).toEqual(first.ok && first.data);
    expect(await change({ eats: true }, "change-2")).toMatchObject({
      reason: "IDEMPOTENCY_MISMATCH",
    });
    const mine = await ask(person, ["registrations.get", { registrationId }]);
    expect(mine).toMatchObject({ ok: true, data: { answers: { eats: false } } });
  });
});
