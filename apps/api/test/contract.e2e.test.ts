import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from "@trpc/client";
import { anEvent, aUser } from "@tsudoi/core/test/builders.ts";
import { describe, expect, test } from "vitest";
import type { AppRouter } from "#api/router.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

function client(
  link: "one" | "batch",
  headers: Record<string, string> = { authorization: `Bearer ${stage.token}` },
) {
  const options = { url: `${stage.url}/trpc`, headers };
  return createTRPCClient<AppRouter>({
    links: [link === "one" ? httpLink(options) : httpBatchLink(options)],
  });
}

describe("the wire, as tRPC's own client reads it", () => {
  test.each(["one", "batch"] as const)(
    "queries, mutations and refusals, %s at a time",
    async (link) => {
      const owner = await aUser(stage.ctx, { organizationId: stage.organizationId });
      const event = await anEvent(stage.ctx, owner);
      const api = client(link);
      const [me, page, info] = await Promise.all([
        api.auth.me.query(),
        api.events.list.query({ limit: 100 }),
        api.system.info.query({}),
      ]);
      expect(me.id).toBe(stage.member.id);
      expect(page.items.map((item) => item.id)).toContain(event.id);
      expect(info.limits).toEqual({ page: 100, batch: 10, bodyBytes: 262_144 });
      expect(await api.auth.setLocale.mutate({ locale: "en" })).toEqual({ locale: "en" });

      const missing = await api.events.get
        .query({ eventId: "01890000-0000-7000-8000-000000000000" })
        .catch((error: unknown) => error);
      expect(missing).toBeInstanceOf(TRPCClientError);
      expect(missing).toMatchObject({
        message: "NOT_FOUND",
        data: { code: "NOT_FOUND", httpStatus: 404, path: "events.get", reason: "NOT_FOUND" },
      });
    },
  );

  test("calls of one batch succeed and fail each by itself", async () => {
    const api = client("batch");
    const ends = await Promise.allSettled([
      api.auth.me.query(),
      api.events.get.query({ eventId: "01890000-0000-7000-8000-000000000000" }),
      api.events.list.query({ limit: 500 }),
    ]);
    expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "rejected"]);
  });

  test("eleven calls in one request are refused, in a way the client understands", async () => {
    const api = client("batch");
    const ends = await Promise.allSettled(
      Array.from({ length: 11 }, () => api.system.info.query()),
    );
    for (const end of ends) {
      expect(end).toMatchObject({ status: "rejected", reason: { data: { reason: "VALIDATION" } } });
    }
    await expect(
      Promise.all(Array.from({ length: 10 }, () => api.system.info.query())),
    ).resolves.toHaveLength(10);
  });
});
