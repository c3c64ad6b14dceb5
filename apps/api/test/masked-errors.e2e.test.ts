import { transaction } from "@tsudoi/core/db/transaction.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { MATRIX } from "./matrix.ts";
import { procedures } from "./procedures.ts";
import { readMetric, type Stage, send, setStage } from "./stage.ts";
import { aWorld, tokenOf } from "./world.ts";

const MASKED = {
  message: "INTERNAL",
  code: -32603,
  data: {
    code: "INTERNAL_SERVER_ERROR",
    httpStatus: 500,
    reason: "INTERNAL",
    path: expect.any(String),
    requestId: expect.stringMatching(/^[\da-f-]{36}$/),
  },
};

async function dropEverything({ ctx }: Stage): Promise<void> {
  await ctx.db.execute(sql`drop schema public cascade`);
}

describe("errors that nobody foresaw", () => {
  test("are one fixed text, whatever the procedure, and are counted", async () => {
    await using stage = await setStage();
    const world = await aWorld(stage);
    const token = (await tokenOf(world, "owner")) ?? "";
    const inputs = new Map<string, unknown>();
    for (const { name } of procedures) inputs.set(name, await MATRIX[name].input(world));
    await dropEverything(stage);
    const failed: string[] = [];
    for (const { name, type } of procedures) {
      const answer = await call(stage.url, [name, inputs.get(name)], {
        token,
        query: type !== "mutation",
      });
      if (answer.ok || answer.status < 500) continue;
      expect(answer.status === 500 && (answer.body as { error: unknown }).error).toEqual(MASKED);
      failed.push(name);
    }
    // Without a cookie there is nothing to look up for these, and one knows everything by itself.
    const untouched = ["auth.refresh", "auth.signOut", "system.info"];
    expect(failed).toEqual(
      procedures.map(({ name }) => name).filter((name) => !untouched.includes(name)),
    );
    const [api] = stage.system.apis;
    expect(
      await readMetric(
        api!.metricsUrl,
        'rpc_server_errors_total{rpc_method="events.list",code="INTERNAL"}',
      ),
    ).toBe(1);
    expect(api!.running()).toBe(true);
    expect((await send(`${stage.url}/livez`)).status).toBe(200);
  });

  test("say when to come back where coming back may help", async () => {
    await using stage = await setStage();
    const world = await aWorld(stage);
    const token = (await tokenOf(world, "member")) ?? "";
    const answer = await transaction(stage.ctx, async (tx) => {
      await tx.db.execute(sql`lock table events in access exclusive mode`);
      return call(stage.url, ["events.list", {}], { token, query: true });
    });
    expect(answer).toMatchObject({ ok: false, status: 503, reason: "OVERLOADED" });
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(JSON.stringify(answer)).not.toMatch(/lock|55P03|relation/);
    expect(await call(stage.url, ["events.list", {}], { token, query: true })).toMatchObject({
      ok: true,
    });
  });
});
