import { anEvent, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { aBomb, aPhoto, aPicture } from "@tsudoi/core/test/pictures.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;
beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const own = (titleEn: string) => anEvent(stage.ctx, organizer, { titleEn });

type File = { name: string; mimeType: string; buffer: Buffer };
const file = (buffer: Buffer, mimeType = "image/jpeg"): File => ({
  name: "picture",
  mimeType,
  buffer,
});

async function manage(page: Page, { id }: TestEvent): Promise<void> {
  await page.goto(`/organize/events/${id}`);
  await page.getByRole("heading", { name: "Cover picture" }).waitFor();
}

const choose = (page: Page, given: File) =>
  page.locator(".cover-field input[type=file]").setInputFiles(given);

type Drawing = { decode: () => Promise<void>; naturalWidth: number; naturalHeight: number };

/** The size that a picture has of itself, once it is there and drawn. */
async function drawn(page: Page, selector: string): Promise<[number, number]> {
  const image = page.locator(selector);
  await image.waitFor();
  return image.evaluate(async (element: Drawing) => {
    await element.decode();
    return [element.naturalWidth, element.naturalHeight];
  });
}

describe("an event's picture", () => {
  test("is chosen, seen as it will be cut, sent and shown to others, and taken away", async () => {
    const event = await own("An event with a picture");
    await using visit = await stage.visit({ locale: "en", as: organizer });
    const { page } = visit;
    await manage(page, event);
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a picture" }).press("Enter");
    await (await choosing).setFiles(file(await aPhoto({ width: 2_160, height: 3_840 })));
    expect(await drawn(page, ".cover-field img")).toEqual([3_840, 2_160]);
    const accept = page.getByRole("button", { name: "Use this picture" });
    await accept.and(page.locator(":focus")).waitFor();
    await accept.press("Enter");
    await page.getByText("The cover picture is set.").waitFor();
    expect(await drawn(page, ".cover-field img")).toEqual([1_600, 900]);

    await using other = await stage.visit({ locale: "en", as: stage.attendee });
    const card = ".event-card:has-text('An event with a picture')";
    expect(await drawn(other.page, `${card} img`)).toEqual([1_600, 900]);
    await other.page.getByRole("link", { name: "An event with a picture" }).click();
    expect(await drawn(other.page, ".cover img")).toEqual([1_600, 900]);
    // What is decoration has no words, and the title none of it.
    expect(await other.page.locator(".cover img").getAttribute("alt")).toBe("");

    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByText("The cover picture is removed.").waitFor();
    await page.getByRole("button", { name: "Choose a picture" }).waitFor();
    await other.page.reload();
    await other.page.getByRole("heading", { name: "An event with a picture" }).waitFor();
    expect(await other.page.locator(".cover img").count()).toBe(0);
    expect([...visit.trouble, ...other.trouble]).toEqual([]);
  });

  test("is dropped, and what is no picture is told in words", async () => {
    const event = await own("An event to drop a picture on");
    await using visit = await stage.visit({ locale: "en", as: organizer });
    const { page } = visit;
    await manage(page, event);
    await choose(page, file(Buffer.from("<html>"), "text/html"));
    await page.getByText("This picture cannot be read.").waitFor();
    await choose(page, file(await aPicture({ width: 100, height: 100 })));
    await page.getByText("This picture is too small.").waitFor();
    // What the browser takes for a picture the server may not.
    const named = file(aBomb(30_000, 30_000), "image/png");
    await choose(page, named);
    await page.getByRole("button", { name: "Use this picture" }).click();
    await page.getByText("This picture is too large.").waitFor();
    await page.getByRole("button", { name: "Discard", exact: true }).click();

    const bytes = [...(await aPicture({ width: 640, height: 360 }))];
    const data = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      const bytes = new Uint8Array(${JSON.stringify(bytes)});
      transfer.items.add(new File([bytes], "picture.jpg", { type: "image/jpeg" }));
      return transfer;
    })()`);
    await page.dispatchEvent(".cover-drop", "drop", { dataTransfer: data });
    await page.getByRole("button", { name: "Use this picture" }).click();
    await page.getByText("The cover picture is set.").waitFor();
    expect(await drawn(page, ".cover-field img")).toEqual([640, 360]);
    expect(visit.trouble).toEqual([]);
  });

  test("on its way it tells how far it is, and can be given up", async () => {
    const event = await own("An event whose picture is given up");
    await using visit = await stage.visit({ locale: "en", as: organizer });
    const { page } = visit;
    await manage(page, event);
    const asked = Promise.withResolvers<void>();
    await page.route("**/uploads/**", () => asked.resolve());
    await choose(page, file(await aPicture()));
    await page.getByRole("button", { name: "Use this picture" }).click();
    await asked.promise;
    await page.getByRole("progressbar", { name: "Cover picture" }).waitFor();
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    await page.getByRole("progressbar").waitFor({ state: "detached" });
    await page.unroute("**/uploads/**");
    await page.getByRole("button", { name: "Use this picture" }).click();
    await page.getByText("The cover picture is set.").waitFor();
    expect(visit.trouble).toEqual([]);
  });

  test("keeps its place while it comes: nothing under it moves", async () => {
    const event = await own("An event whose picture is slow");
    await using visit = await stage.visit({ locale: "en", as: organizer });
    const { page } = visit;
    await manage(page, event);
    await choose(page, file(await aPicture()));
    await page.getByRole("button", { name: "Use this picture" }).click();
    await page.getByText("The cover picture is set.").waitFor();
    const come = Promise.withResolvers<void>();
    await page.route("**/covers/**", async (route) => {
      await come.promise;
      await route.continue();
    });
    await page.goto("/");
    const card = page.locator(".event-card", { hasText: "An event whose picture is slow" });
    await card.waitFor();
    await page.evaluate("document.fonts.ready.then(() => undefined)");
    const before = await card.boundingBox();
    come.resolve();
    await drawn(page, ".event-card:has-text('whose picture is slow') img");
    expect(await card.boundingBox()).toEqual(before);
  });
});
