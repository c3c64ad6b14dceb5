import { anEvent } from "@tsudoi/core/test/builders.ts";
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
