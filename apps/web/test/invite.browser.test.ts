import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBarriers } from "./barriers.ts";
import { asks } from "./people.ts";
import { PASSWORD, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const linkTo = (event: { organizationId: string; id: string }, generation = 1) => {
  const { organizationId, id } = event;
  return `/invite/${stage.system.tokens.links.sign("invite", { organizationId, id, generation })}`;
};

test("where no invitation is needed, one is led to where it is made so", async () => {
  const [event, other] = [await anEvent(stage.ctx, stage.organizer), await wasInvited()];
  const at = (id: string) => `/organize/events/${id}/invitations`;
  await using visit = await stage.visit({ locale: "ja", as: stage.organizer, at: at(event.id) });
  const { page } = visit;
  await page.getByRole("heading", { name: "このイベントは、招待なしで申し込めます" }).waitFor();
  await page.locator(".tab-links [aria-current]", { hasText: "招待" }).waitFor();
  expect(await page.locator("main form, .invitations-table").count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("link", { name: "「申し込める人」を変える" }).click();
  await page.locator("[name=audience]:focus").waitFor();
  await page.goto(at(other.id));
  await page.getByRole("button", { name: "one@example.test を外す" }).waitFor();
  expect(visit.trouble).toEqual([]);
});

/** An event that is open to everyone, and was not. */
async function wasInvited(): Promise<TestEvent> {
  const event = await anEvent(stage.ctx, stage.organizer, { audience: "invited" });
  const { id: eventId, version } = event;
  await asks(stage, stage.organizer, ["events.invite", { eventId, emails: ["one@example.test"] }]);
  const open = { eventId, version, audience: "everyone" };
  await asks(stage, stage.organizer, ["events.update", open]);
  return event;
}

describe("an invite link", () => {
  test("leads through sign-in to the event, and works once more", async () => {
    const event = await anEvent(stage.ctx, stage.organizer, {
      titleEn: "Invited guests only",
      audience: "invited",
    });
    await using visit = await stage.visit({ locale: "en" });
    const { page } = visit;
    await page.goto(linkTo(event));
    await page.locator("[name=email]").fill(stage.attendee.email);
    await page.locator("[name=password]").fill(PASSWORD);
    await page.locator("[name=password]").press("Enter");
    const title = page.getByRole("heading", { name: "Invited guests only" });
    await title.waitFor();
    expect(new URL(page.url()).pathname).toBe(`/events/${event.id}`);
    await page.goto(linkTo(event));
    await title.waitFor();
    await page.goto("/?text=guests");
    await page.getByRole("link", { name: /Invited guests only/ }).waitFor();
    expect(visit.trouble).toEqual([]);
  });

  test.each([
    ["ja", "招待されました"],
    ["en", "You are invited"],
  ] as const)(
    "to a draft says that it is not public yet, and works once it is: %s",
    async (locale, told) => {
      const event = await anEvent(stage.ctx, stage.organizer, {
        titleEn: "Not shown yet",
        titleJa: "まだ公開前",
        audience: "invited",
        status: "draft",
        publishedAt: null,
      });
      const person = await stage.newPerson({ locale });
      await using visit = await stage.visit({ locale, as: person });
      const { page } = visit;
      await page.goto(linkTo(event));
      await page.getByRole("heading", { name: told }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      const shown = { eventId: event.id, allowMissingTranslation: true };
      await asks(stage, stage.organizer, ["events.publish", shown]);
      await page.goto(linkTo(event));
      await page.getByRole("heading", { name: /Not shown yet|まだ公開前/ }).waitFor();
      expect(visit.trouble).toEqual([]);
    },
  );

  test.each([
    ["ja", "このリンクは有効期限が切れています。"],
    ["en", "This link has expired."],
  ] as const)("of before says so, in %s", async (locale, told) => {
    const event = await anEvent(stage.ctx, stage.organizer, { audience: "invited" });
    const person = await stage.newPerson({ locale });
    await using visit = await stage.visit({ locale, as: person });
    const { page } = visit;
    await page.goto(linkTo(event, 2));
    await page.getByRole("heading", { name: told }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});
