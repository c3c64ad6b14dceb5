import { anEvent } from "@tsudoi/core/test/builders.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test("a server that is down is called so, not a fault of ours or a newer version; the page comes once it is back", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await page.route("**/*", (route) => route.abort("connectionrefused"));
  const asked = page.waitForRequest("**/version.json");
  await page.getByRole("link", { name: "My registrations" }).click();
  await page.getByRole("heading", { name: "We cannot reach the server." }).waitFor();
  await asked;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "We cannot reach the server." }).waitFor();
  expect(await page.getByText("A newer version is available.").count()).toBe(0);
  expect(await page.getByText("Details").count()).toBe(0);
  await page.unroute("**/*");
  await page.getByRole("heading", { name: "My registrations" }).waitFor();
});

test("a fault without a number speaks of none", async () => {
  const event = await anEvent(stage.ctx, stage.organizer);
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  await page.route("**/trpc/registrations.register", (route) => {
    const data = { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, reason: "INTERNAL" };
    const error = { message: "INTERNAL", code: -32_603, data };
    return route.fulfill({ status: 500, json: { error } });
  });
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("Something did not work on our side.").waitFor();
  await page.getByText("please tell your administrator").waitFor();
  expect(await page.getByText("Details").count()).toBe(0);
});
