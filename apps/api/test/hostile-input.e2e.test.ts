import { long } from "@tsudoi/core/test/config.ts";
import type { Procedure } from "@tsudoi/telemetry/names.ts";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { MATRIX } from "./matrix.ts";
import { procedures } from "./procedures.ts";
import { inputsOf, type Schema, withText } from "./schema-values.ts";
import { type Stage, send, setStage } from "./stage.ts";
import { aWorld, tokenOf, type World } from "./world.ts";

const CASES = long ? 20_000 : 100;
/** The server's own limit; whatever takes longer was not bounded by it. */
const MOST_MS = 10_000;

let stage: Stage;
let world: World;
let token: string;
beforeAll(async () => {
  stage = await setStage();
  world = await aWorld(stage);
  token = (await tokenOf(world, "owner")) ?? "";
});
afterAll(() => stage[Symbol.asyncDispose]());

const kindOf = new Map(procedures.map(({ name, type }) => [name, type]));

/** Sends a text as the input of a procedure, whether or not it is JSON. */
async function ask(name: Procedure, input: string) {
  const isQuery = kindOf.get(name) !== "mutation";
  const url = `${stage.url}/trpc/${name}${isQuery ? `?input=${encodeURIComponent(input)}` : ""}`;
  const late = AbortSignal.timeout(MOST_MS);
  const answer = send(url, { token, ...(isQuery ? {} : { body: input }) });
  return Promise.race([
    answer,
    new Promise<never>((_, reject) => late.addEventListener("abort", () => reject(late.reason))),
  ]);
}

/** What only the inside of the server knows. */
const LEAKS =
  /\b(?:select|insert into|update|delete from) \S|relation "|syntax error|\bat \S+ \(|node_modules|\/src\/|\.ts:\d|postgres|drizzle|ECONN|localhost|127\.0\.0\.1|argon2/i;

type Given = { status: number; headers: Headers; text: string };

function faults({ status, headers, text }: Given): string[] {
  const isStream = headers.get("content-type") === "text/event-stream";
  const isWhole = status === 431 || isStream || text.startsWith("{");
  return [
    ...(status >= 500 ? [`status ${status}: ${text}`] : []),
    ...(status >= 400 && LEAKS.test(text) ? [`says too much: ${text}`] : []),
    ...(isWhole ? [] : [`no JSON: ${text}`]),
  ];
}

const isRunning = () => stage.system.apis.every((api) => api.running());

describe("whatever is sent", () => {
  test.each(procedures)(
    "$name answers, bounded and without a word of its inside",
    async ({ name, input }) => {
      const schema = z.toJSONSchema(input ?? z.object(), {
        io: "input",
        unrepresentable: "any",
      }) as Schema;
      const unwrapped = schema.anyOf?.find((part) => part.type === "object") ?? schema;
      const right = await MATRIX[name].input(world);
      await fc.assert(
        fc.asyncProperty(inputsOf(unwrapped, right), async (value) => {
          expect(faults(await ask(name, JSON.stringify(value) ?? ""))).toEqual([]);
        }),
        { numRuns: CASES },
      );
      expect(isRunning()).toBe(true);
    },
  );

  test.each(procedures)("$name refuses what the database could not keep", async ({ name }) => {
    const right = await MATRIX[name].input(world);
    for (const text of ["a\u0000b", "\ud800", "\u0000".repeat(200)]) {
      for (const input of withText(right, text)) {
        const answer = await ask(name, JSON.stringify(input));
        expect(faults(answer)).toEqual([]);
        // A password may be anything: it is only ever hashed.
        const isPassword = JSON.stringify(input).includes(`"password":${JSON.stringify(text)}`);
        if (!isPassword) expect({ input, status: answer.status }).toEqual({ input, status: 400 });
      }
    }
  });

  const times = [
    "0000-01-01T00:00:00Z",
    "0000-12-31T23:59:59.999Z",
    "-000001-01-01T00:00:00Z",
    "+010000-01-01T00:00:00Z",
    "+275760-09-13T00:00:00.000Z",
    "294277-01-01T00:00:00Z",
    "infinity",
    "-infinity",
    "epoch",
    "now",
  ];
  test.each(times)("%s is no time that anything begins", async (time) => {
    const draft = (await MATRIX["events.create"].input(world)) as Record<string, unknown>;
    const moments = [
      "startsAt",
      "endsAt",
      "registrationOpensAt",
      "registrationClosesAt",
      "cancelUntil",
    ];
    for (const field of moments) {
      const answer = await ask("events.create", JSON.stringify({ ...draft, [field]: time }));
      expect({ field, status: answer.status }).toEqual({ field, status: 400 });
    }
    for (const field of ["from", "to"]) {
      expect((await ask("events.list", JSON.stringify({ [field]: time }))).status).toBe(400);
    }
  });

  test("the first and the last instant there is can be kept, shown and paged over", async () => {
    const draft = (await MATRIX["events.create"].input(world)) as Record<string, unknown>;
    const edges = [
      { startsAt: "0001-01-01T00:00:00Z", endsAt: "0001-01-02T00:00:00Z" },
      { startsAt: "9999-12-30T00:00:00Z", endsAt: "9999-12-31T23:59:59.999Z" },
    ];
    for (const edge of edges) {
      const { startsAt } = edge;
      const input = {
        ...draft,
        ...edge,
        registrationOpensAt: undefined,
        registrationClosesAt: edge.endsAt,
        cancelUntil: null,
        answersUntil: null,
      };
      const opens = { ...input, registrationOpensAt: startsAt };
      expect((await ask("events.create", JSON.stringify(opens))).status).toBe(200);
    }
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const answer = await ask(
        "events.list",
        JSON.stringify({ scope: "organizing", limit: 1, ...(cursor ? { cursor } : {}) }),
      );
      expect(answer.status).toBe(200);
      cursor = JSON.parse(answer.text).result.data.nextCursor;
    }
  });

  test.each([
    ["not a number", '{"limit":NaN}'],
    ["too much for a number", '{"limit":1e999}'],
    ["very much", '{"limit":1e308}'],
    ["more than is counted exactly", '{"limit":9007199254740993}'],
    ["a fraction", '{"limit":1.0000000000000002}'],
    ["very many digits", `{"limit":${"9".repeat(10_000)}}`],
    ["a prototype", '{"__proto__":{"limit":1},"limit":0}'],
    ["a constructor", '{"constructor":{"prototype":{"polluted":true}}}'],
    ["a key twice", '{"limit":1,"limit":1000}'],
    ["a deep nest", `{"cursor":${"[".repeat(5_000)}${"]".repeat(5_000)}}`],
    ["a list", "[]"],
    ["a text", '"x"'],
    ["a number", "1"],
    ["true", "true"],
  ])("%s is refused", async (_what, input) => {
    for (const name of ["events.list", "registrations.listMine", "categories.list"] as const) {
      const answer = await ask(name, input);
      expect(faults(answer)).toEqual([]);
      expect([400, 431]).toContain(answer.status);
    }
  });

  test("a nest of a hundred thousand brackets is refused, and the process lives", async () => {
    for (const body of [
      "[".repeat(100_000) + "]".repeat(100_000),
      "[".repeat(200_000),
      '{"a":'.repeat(40_000),
    ]) {
      const answer = await ask("events.create", body);
      expect(faults(answer)).toEqual([]);
      expect(answer.status).toBe(400);
    }
    expect(isRunning()).toBe(true);
  });

  test("a prototype in a body pollutes nothing for the next caller", async () => {
    const payload =
      '{"__proto__":{"role":"admin","polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    for (const { name } of procedures) await ask(name, payload);
    const batch = await send(`${stage.url}/trpc/auth.setLocale?batch=1`, {
      token,
      body: `{"__proto__":${payload},"0":{"locale":"ja"}}`,
    });
    expect(batch.status).toBe(200);
    const answer = await ask("auth.me", "{}");
    expect(JSON.parse(answer.text).result.data).toMatchObject({ role: "organizer" });
    expect(answer.text).not.toContain("polluted");
  });
});
