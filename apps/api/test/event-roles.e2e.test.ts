import { aUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MATRIX } from "./matrix.ts";
import { mutations } from "./procedures.ts";
import { type Stage, setStage } from "./stage.ts";
import { aWorld, type World } from "./world.ts";

const ROLES = ["editor", "checkin", "viewer"] as const;
type Told = Record<(typeof ROLES)[number], string>;

const told = (editor: string, checkin: string, viewer: string): Told => ({
  editor,
  checkin,
  viewer,
});

const all = told("ok", "ok", "ok");
const editors = told("ok", "FORBIDDEN", "FORBIDDEN");
const readers = told("ok", "FORBIDDEN", "ok");
const nobody = told("FORBIDDEN", "FORBIDDEN", "FORBIDDEN");

type Concerned = Extract<Procedure, `events.${string}` | `registrations.${string}`>;
const EXPECTED: Record<Concerned, Told> = {
  "events.list": all,
  "events.get": all,
  "events.create": nobody,
  "events.createSeries": nobody,
  "events.duplicate": nobody,
  "events.update": editors,
  "events.publish": editors,
  "events.close": editors,
  "events.reopen": editors,
  "events.cancel": editors,
  "events.discard": editors,
  "events.removeCover": editors,
  "events.listOrganizers": all,
  "events.saveOrganizer": nobody,
  "events.removeOrganizer": nobody,
  "events.listInvitations": readers,
  "events.invite": editors,
  "events.uninvite": editors,
  "events.inviteLink": editors,
  "events.rotateInviteLink": editors,
  "events.acceptInvite": all,
  "events.watch": all,
  "events.listDraw": all,
  "events.draw": editors,
  "registrations.register": all,
  "registrations.get": told("NOT_FOUND", "NOT_FOUND", "NOT_FOUND"),
  "registrations.listForEvent": readers,
  "registrations.countForEvent": readers,
  "registrations.listMine": all,
  "registrations.update": editors,
  "registrations.cancel": editors,
  "registrations.acceptOffer": nobody,
  "registrations.declineOffer": nobody,
  "registrations.approve": editors,
  "registrations.reject": editors,
  "registrations.decideMany": editors,
  "registrations.move": editors,
  "registrations.add": editors,
  "registrations.getByLink": all,
  "registrations.acceptByLink": all,
  "registrations.declineByLink": all,
  "registrations.leaveByLink": all,
  "registrations.export": readers,
};

let stage: Stage;
let world: World;
beforeAll(async () => {
  stage = await setStage();
  world = await aWorld(stage);
});
afterAll(() => stage[Symbol.asyncDispose]());

describe("members who help with an event", () => {
  test.each(Object.entries(EXPECTED) as [Concerned, Told][])("%s", async (name, expected) => {
    const ends: Partial<Told> = {};
    for (const role of ROLES) {
      const input = await MATRIX[name].input(world);
      const token = await aHelper(role);
      const query = !mutations.includes(name);
      const answer = await call(stage.url, [name, input], { token, query });
      ends[role] = answer.ok ? "ok" : answer.reason;
    }
    expect(ends).toEqual(expected);
  });
});

/** A plain member with this part in every event there is by now. */
async function aHelper(role: string): Promise<string> {
  const { ctx, organizationId } = stage;
  const user = await aUser(ctx, { organizationId });
  await ctx.db.execute(sql`
    insert into event_organizers (organization_id, event_id, user_id, role)
    select organization_id, id, ${user.id}, ${role} from events
    where organization_id = ${organizationId}`);
  return stage.tokenOf(user);
}
