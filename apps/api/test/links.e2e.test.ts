import { call } from "@tsudoi/core/test/call.ts";
import type { RegistrationByLink } from "@tsudoi/shared/registration-links.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";
import { aLink, aWorld, type World } from "./world.ts";

const PER_MINUTE = 600;

const logs: string[] = [];
let stage: Stage;
let world: World;
beforeAll(async () => {
  stage = await setStage({
    env: { RATE_LIMITS: "on", TRUST_PROXY: "1" },
    onLog: (line) => logs.push(line),
  });
  world = await aWorld(stage);
});
afterAll(() => stage[Symbol.asyncDispose]());

type Verb = "getByLink" | "acceptByLink" | "declineByLink" | "leaveByLink";

function press(verb: Verb, input: Record<string, unknown>, from = "") {
  const headers = from === "" ? {} : { "x-forwarded-for": from };
  const options = { query: verb === "getByLink", headers };
  return call<RegistrationByLink>(stage.url, [`registrations.${verb}`, input], options);
}

describe("links of mails, over HTTP", () => {
  test("act without a session, and a repeat is told the same", async () => {
    const token = await aLink(world, "offer");
    expect(await press("getByLink", { token, purpose: "offer" })).toMatchObject({
      ok: true,
      data: { status: "offered" },
    });
    for (let time = 0; time < 2; time += 1) {
      expect(await press("acceptByLink", { token })).toMatchObject({
        ok: true,
        data: { status: "confirmed" },
      });
    }
    expect(await press("declineByLink", { token })).toMatchObject({
      ok: false,
      reason: "STATE_CONFLICT",
    });
  });

  test("every bad one gets one answer, and no question to the database", async () => {
    const [offer, leave] = [await aLink(world, "offer"), await aLink(world, "leave")];
    const answers = await Promise.all([
      press("acceptByLink", { token: leave }),
      press("declineByLink", { token: leave }),
      press("leaveByLink", { token: offer }),
      press("getByLink", { token: offer, purpose: "leave" }),
      press("leaveByLink", { token: `${leave}x` }),
      press("leaveByLink", { token: "集い" }),
    ]);
    const bodies = answers.map((answer) => {
      if (answer.ok) return "ok";
      const { reason, status } = answer;
      return { reason, status };
    });
    expect(new Set(bodies.map((body) => JSON.stringify(body)))).toEqual(
      new Set([JSON.stringify({ reason: "LINK_EXPIRED", status: 404 })]),
    );
  });

  test("opening the page changes nothing: programs that read mail open every link", async () => {
    const token = await aLink(world, "leave");
    const look = () =>
      stage.ctx.db.execute(sql`
      select id, seq, seats_taken from events where organization_id = ${stage.organizationId} order by id`);
    const before = [...(await look())];
    for (const method of ["GET", "HEAD"]) {
      await fetch(new URL(`/leave/${token}`, stage.url), { method });
    }
    const mutated = await fetch(
      new URL(`/trpc/registrations.leaveByLink?input=${JSON.stringify({ token })}`, stage.url),
    );
    expect(mutated.ok).toBe(false);
    expect([...(await look())]).toEqual(before);
  });

  test("stay out of the log", async () => {
    const token = await aLink(world, "leave");
    await press("getByLink", { token, purpose: "leave" });
    await press("leaveByLink", { token });
    await fetch(new URL(`/leave/${token}`, stage.url));
    expect(logs.length).toBeGreaterThan(0);
    expect(logs.filter((line) => line.includes(token))).toEqual([]);
  });

  test("a place that asks too often waits, and no other does", async () => {
    const input = { token: "x", purpose: "leave" };
    const ends: string[] = [];
    for (let asked = 0; asked < PER_MINUTE; asked += 50) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => press("getByLink", input, "203.0.113.7")),
      );
      ends.push(...answers.map((answer) => (answer.ok ? "ok" : answer.reason)));
    }
    expect(new Set(ends)).toEqual(new Set(["LINK_EXPIRED"]));
    expect(await press("getByLink", input, "203.0.113.7")).toMatchObject({
      reason: "RATE_LIMITED",
    });
    expect(await press("getByLink", input, "198.51.100.9")).toMatchObject({
      reason: "LINK_EXPIRED",
    });
  });
});
