import { auditLog } from "@tsudoi/core/db/schema/audit-log.ts";
import { answersOf } from "@tsudoi/core/test/asking.ts";
import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { doAs } from "./crowd.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en", familyName: "Sato" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const QUESTIONS: Question[] = [
  {
    id: "wish",
    kind: "text",
    label: { en: "What would you like?", ja: "ご希望" },
    required: true,
    options: [],
  },
];

test("an organiser puts a person's answers right, and the record says who did", async () => {
  const event = await anEvent(stage.ctx, organizer, {
    questions: QUESTIONS,
    answersUntil: new Date("2026-01-01T00:00:00Z"),
  });
  const guest = await stage.newPerson({ familyName: "1", givenName: "Guest", locale: "en" });
  const { registration } = await doAs<{ registration: { id: string } }>(stage, guest, [
    "registrations.register",
    { eventId: event.id, answers: { wish: "Fsh" } },
  ]);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/people`);
  await page.getByRole("button", { name: "Open the registration of Guest 1" }).click();
  const panel = page.getByRole("dialog", { name: "Guest 1" });
  await panel.getByText("Fsh").waitFor();
  await panel.getByRole("button", { name: "Change the answers" }).click();
  const field = panel.getByLabel("What would you like?").and(page.locator(":focus"));
  await field.fill("");
  await panel.getByRole("button", { name: "Save the answers" }).click();
  // What is wrong is listed above the form, with the way there.
  await panel.locator(".answers-wrong:focus").getByRole("button").click();
  await field.and(page.locator("[aria-invalid=true]")).fill("Fish");
  await panel.getByRole("button", { name: "Save the answers" }).click();
  await panel.locator(".notice:focus").getByText("The answers are saved.").waitFor();
  await panel.getByText("Fish", { exact: true }).waitFor();
  expect(await answersOf(stage.ctx, event)).toEqual([{ wish: "Fish" }]);
  const log = await stage.ctx.db.select().from(auditLog);
  const changes = log.filter(({ action }) => action === "registrations.update");
  expect(changes).toMatchObject([{ entityId: registration.id, actorId: organizer.id }]);
  expect(visit.trouble).toEqual([]);
});
