import { anEvent, aUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { describe, expect, test } from "vitest";
import { procedureUrl, readMetric, send, useStage } from "./stage.ts";

const stage = useStage();
const at = (path: string, search?: Record<string, string>) => procedureUrl(stage.url, path, search);

describe("the idempotency key", () => {
  test("gives a mutation's answer again byte by byte, and its refusal too", async () => {
    const owner = await aUser(stage.ctx, {
      organizationId: stage.organizationId,
      role: "organizer",
    });
    const draft = {
      title: { ja: "勉強会" },
      startsAt: "2030-01-01T00:00:00Z",
      endsAt: "2030-01-01T01:00:00Z",
      timeZone: "Asia/Tokyo",
      capacity: 5,
    };
    const ask = async (path: string, input: unknown, key: string) =>
      send(at(path), {
        token: await stage.tokenOf(owner),
        body: JSON.stringify(input),
        headers: { "idempotency-key": key },
      });
    const made = await Promise.all(
      Array.from({ length: 5 }, () => ask("events.create", draft, "create")),
    );
    expect(new Set(made.map((each) => each.text)).size).toBe(1);
    const event = JSON.parse(made[0]!.text).result.data;
    const otherOrder = Object.fromEntries(Object.entries(draft).reverse());
    expect((await ask("events.create", otherOrder, "create")).text).toBe(made[0]!.text);

    const reasonOf = (answer: { text: string }) => JSON.parse(answer.text).error?.data.reason;
    expect(reasonOf(await ask("events.create", { ...draft, capacity: 6 }, "create"))).toBe(
      "IDEMPOTENCY_MISMATCH",
    );
    expect(reasonOf(await ask("events.publish", { eventId: event.id }, "publish"))).toBe(
      "TRANSLATION_MISSING",
    );
    expect(
      reasonOf(
        await ask("events.publish", { eventId: event.id, allowMissingTranslation: true }, "again"),
      ),
    ).toBeUndefined();
    expect(reasonOf(await ask("events.publish", { eventId: event.id }, "publish"))).toBe(
      "TRANSLATION_MISSING",
    );
  });

  test.each(["", " ", "x".repeat(129), "with space", "日本"])("%j is none", async (key) => {
    const response = await send(at("auth.setLocale"), {
      token: stage.token,
      body: '{"locale":"en"}',
      headers: {
        "idempotency-key":
          encodeURI(key) === key || key === "" ? key : Buffer.from(key).toString("latin1"),
      },
    });
    expect(response.status).toBe(400);
    expect(response.text).toContain("idempotency-key");
  });

  test("replays are counted by procedure", async () => {
    const [api] = stage.system.apis;
    const event = await anEvent(stage.ctx, stage.member);
    const series = 'idempotency_replays_total{operation="registrations.register"}';
    const before = await readMetric(api!.metricsUrl, series);
    for (const _ of [1, 2, 3]) {
      await call(stage.url, ["registrations.register", { eventId: event.id }], {
        token: stage.token,
        headers: { "idempotency-key": "seat" },
      });
    }
    expect(await readMetric(api!.metricsUrl, series)).toBe(before + 2);
  });
});
