import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MATRIX } from "./matrix.ts";
import { procedures } from "./procedures.ts";
import { anAccount, type Stage, setStage } from "./stage.ts";
import { aWorld, type World } from "./world.ts";

const PLACE = "隠れ家バー";
const LINK = "secret-room";

const WITHOUT_SEAT = [
  "a stranger",
  "waitlisted",
  "pending",
  "offered",
  "cancelled",
  "viewer",
  "checkin",
] as const;
type Kind = (typeof WITHOUT_SEAT)[number] | "confirmed" | "editor";

let stage: Stage;
let world: World;
const people = {} as Record<Kind, TestUser>;
beforeAll(async () => {
  stage = await setStage();
  // In whatever event a call makes or asks about.
  await stage.ctx.db.execute(sql`
    alter table events
      alter column location set default '隠れ家バー',
      alter column location_for set default 'confirmed',
      alter column online_url set default 'https://meet.example.test/secret-room'`);
  world = await aWorld(stage);
  for (const kind of [...WITHOUT_SEAT, "confirmed", "editor"] as const) {
    people[kind] = await anAccount(stage);
  }
  for (const kind of ["viewer", "checkin", "editor"] as const) await helps(people[kind], kind);
  for (const kind of ["waitlisted", "pending", "offered", "cancelled", "confirmed"] as const) {
    await hasPlace(people[kind], kind);
  }
  // Whoever registers from now on waits, too.
  await stage.ctx.db.execute(sql`
    update events set capacity = 2, seats_taken = 2, waitlist_mode = 'automatic' where id = ${world.shown.id}`);
});
afterAll(() => stage[Symbol.asyncDispose]());

function helps({ id }: TestUser, role: EventRole) {
  return stage.ctx.db.execute(sql`
    insert into event_organizers (organization_id, event_id, user_id, role)
    values (${stage.organizationId}, ${world.shown.id}, ${id}, ${role})`);
}

function hasPlace({ id }: TestUser, status: RegistrationStatus) {
  return stage.ctx.db.execute(sql`
    with changed as (
      update events set seq = seq + 1, last_number = last_number + 1 where id = ${world.shown.id}
      returning seq, last_number
    )
    insert into registrations
      (organization_id, event_id, user_id, status, seq, number, queue_no, offer_expires_at)
    select ${stage.organizationId}, ${world.shown.id}, ${id}, ${status}, seq, last_number,
      case when ${status} = 'waitlisted' then seq end,
      case when ${status} = 'offered' then now() + interval '1 day' end
    from changed`);
}

async function ask(name: Procedure, kind: Kind, input: unknown) {
  const query = procedures.find((each) => each.name === name)?.type !== "mutation";
  return call(stage.url, [name, input], { query, token: await stage.tokenOf(people[kind]) });
}

/** What a procedure is asked with, of the event that the people have their parts in, and of as much as there is. */
async function inputOf(name: Procedure): Promise<unknown> {
  const input = await MATRIX[name].input(world);
  if (typeof input !== "object" || input === null) return input;
  const { text: _, ...rest } = input as { text?: string };
  return {
    ...rest,
    ...("eventId" in input ? { eventId: world.shown.id } : {}),
    ...("limit" in input ? { limit: 100 } : {}),
  };
}

/** Which of the two an answer tells. */
function told(answer: unknown) {
  const text = JSON.stringify(answer);
  return [PLACE, LINK].filter((secret) => text.includes(secret));
}

describe("a kept place and the online link", () => {
  test.each(procedures.filter(({ name }) => !name.startsWith("auth.")))(
    "are told to nobody without a seat: $name",
    async ({ name }) => {
      for (const kind of WITHOUT_SEAT) {
        const answer = await ask(name, kind, await inputOf(name));
        expect({ kind, told: told(answer) }).toEqual({ kind, told: [] });
      }
    },
  );

  test.each<[Procedure, Kind, object, string[]]>([
    ["events.get", "confirmed", { eventId: "shown" }, [PLACE, LINK]],
    ["events.get", "editor", { eventId: "shown" }, [PLACE, LINK]],
    ["events.list", "confirmed", { scope: "open", limit: 100 }, [PLACE]],
    ["events.list", "confirmed", { scope: "mine", limit: 100 }, [PLACE]],
    ["events.list", "editor", { scope: "organizing", limit: 100 }, [PLACE]],
    ["registrations.listMine", "confirmed", { limit: 100, when: "upcoming" }, [PLACE]],
  ])("are told by %s to who is %s: %o", async (...[name, kind, input, expected]) => {
    const asked = "eventId" in input ? { eventId: world.shown.id } : input;
    expect(told(await ask(name, kind, asked))).toEqual(expected);
  });

  test("that there is a place is told to everyone who sees the event", async () => {
    for (const kind of WITHOUT_SEAT) {
      const answer = await ask("events.get", kind, { eventId: world.shown.id });
      expect(answer).toMatchObject({ data: { location: null, hidesLocation: true, online: true } });
    }
  });

  test("nobody finds the event by its place, whoever they are", async () => {
    for (const kind of [...WITHOUT_SEAT, "confirmed", "editor"] as const) {
      for (const scope of ["open", "mine", "organizing"]) {
        const answer = await ask("events.list", kind, { scope, text: PLACE, limit: 100 });
        expect(answer).toMatchObject({ data: { items: [] } });
      }
    }
  });
});
