import {
  AUDIENCES,
  type Audiences,
  KINDS,
  type Kind,
  reaches,
  someAudiences,
} from "@tsudoi/core/test/audiences.ts";
import type { TestEvent, TestUser } from "@tsudoi/core/test/builders.ts";
import { type Answer, call } from "@tsudoi/core/test/call.ts";
import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { MATRIX } from "./matrix.ts";
import { procedures } from "./procedures.ts";
import { type Stage, setStage } from "./stage.ts";
import { aWorld, type World } from "./world.ts";

let stage: Stage;
let world: World;
let audiences: Audiences;
const shown = {} as Record<TestEvent["audience"], TestEvent>;
beforeAll(async () => {
  stage = await setStage();
  world = await aWorld(stage);
  audiences = await someAudiences(stage);
  for (const audience of AUDIENCES) shown[audience] = await audiences.anEventFor(audience);
  // So that what is refused is refused for the event's sake: organisers may make and change events elsewhere.
  await stage.ctx.db.execute(sql`update users set role = 'organizer' where role = 'member'`);
});
afterAll(() => stage[Symbol.asyncDispose]());

/** There never was such an event. */
const NOWHERE = "01890000-0000-7000-8000-000000000001";

const nameEvents = procedures.filter(({ input }) => "eventId" in propertiesOf(input));
/** What concerns a session shows no events. */
const others = procedures.filter(
  ({ name }) => !name.startsWith("auth.") && !nameEvents.some((each) => each.name === name),
);

function propertiesOf(input: (typeof procedures)[number]["input"]): Record<string, unknown> {
  if (input === undefined) return {};
  return z.toJSONSchema(input, { io: "input", unrepresentable: "any" }).properties ?? {};
}

async function ask(name: Procedure, user: TestUser, input: unknown): Promise<Answer<unknown>> {
  const token = await stage.tokenOf({
    ...user,
    role: user.role === "admin" ? "admin" : "organizer",
  });
  const query = procedures.find((each) => each.name === name)?.type !== "mutation";
  return call(stage.url, [name, input], { query, token });
}

const told = (answer: Answer<unknown>) => (answer.ok ? "ok" : answer.reason);

/** What may be asked of an event that the caller sees and does not organise. */
const FOR_EVERYBODY: Procedure[] = [
  "events.get",
  "events.watch",
  "events.listDraw",
  "registrations.register",
];

describe("an event that is not for the caller", () => {
  const hidden = AUDIENCES.flatMap((audience) =>
    KINDS.filter((kind) => !reaches(audience, kind)).map((kind) => [audience, kind] as const),
  );

  test.each(nameEvents)("is not there: $name", async ({ name }) => {
    const input = (await MATRIX[name].input(world)) as object;
    for (const [audience, kind] of hidden) {
      const user = audiences.people[kind];
      const asked = { ...input, eventId: shown[audience].id };
      const end = told(await ask(name, user, asked));
      expect({ audience, kind, end }).toEqual({ audience, kind, end: "NOT_FOUND" });
    }
    const nowhere = await ask(name, audiences.people["of none"], { ...input, eventId: NOWHERE });
    expect(told(nowhere)).toBe("NOT_FOUND");
  });

  test.each(others)("is in no answer: $name", async ({ name }) => {
    for (const [audience, kind] of hidden) {
      const input = await MATRIX[name].input(world);
      const answer = JSON.stringify(await ask(name, audiences.people[kind], withoutText(input)));
      expect({ audience, kind, has: answer.includes(shown[audience].id) }).toEqual({
        ...{ audience, kind },
        has: false,
      });
    }
  });

  function withoutText(input: unknown): unknown {
    const { text: _, ...rest } = input as { text?: string };
    return "limit" in rest ? { ...rest, limit: 100 } : rest;
  }
});

test("every procedure that names an event is among those asked", () => {
  expect(nameEvents.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...FOR_EVERYBODY, "events.invite", "registrations.listForEvent"]),
  );
  expect(nameEvents.length).toBeGreaterThan(20);
});

describe("an event that is for the caller", () => {
  const guests: [TestEvent["audience"], Kind][] = [
    ["departments", "of the department"],
    ["departments", "of one two below it"],
    ["departments", "registered"],
    ["invited", "invited"],
    ["invited", "waiting"],
    ["departments", "left"],
    ["invited", "left"],
  ];

  test.each(guests)("for %s: %s", async (audience, kind) => {
    const ends: Record<string, string> = {};
    for (const { name } of nameEvents) {
      const input = (await MATRIX[name].input(world)) as object;
      const asked = { ...input, eventId: shown[audience].id };
      ends[name] = told(await ask(name, audiences.people[kind], asked));
    }
    const isPlaced = kind === "registered" || kind === "waiting";
    const open = Object.entries(ends).filter(([, end]) => end !== "NOT_FOUND");
    expect(Object.fromEntries(open)).toEqual({
      ...Object.fromEntries(FOR_EVERYBODY.map((name) => [name, "ok"])),
      ...(isPlaced ? { "registrations.register": "ALREADY_REGISTERED" } : {}),
      ...(kind === "left" ? { "registrations.register": "NOT_IN_AUDIENCE" } : {}),
    });
  });
});
