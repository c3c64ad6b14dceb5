import { UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { actorOf } from "#test/bed.ts";
import { anOrganization, type TestUser } from "#test/builders.ts";
import { anInput, refusalOf } from "#test/event-changes.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { create } from "./create.ts";
import { createSeries } from "./create-series.ts";
import { duplicate } from "./duplicate.ts";
import { getEvent } from "./get-event.ts";
import { publish } from "./publish.ts";
import { update } from "./update.ts";

const stage = useStage();
const asOwner = () => stage.as(actorOf(stage.owner));

async function aDepartment(organizationId: string, code: string): Promise<string> {
  const [row] = await stage.ctx.db
    .insert(departments)
    .values({ organizationId, code, nameJa: code, nameEn: code })
    .returning({ id: departments.id });
  return row?.id ?? "";
}

let [sales, legal] = ["", ""];
let seller: TestUser;
let lawyer: TestUser;
beforeAll(async () => {
  sales = await aDepartment(stage.organizationId, "sales");
  legal = await aDepartment(stage.organizationId, "legal");
  seller = await stage.aMember({ departmentId: sales });
  lawyer = await stage.aMember({ departmentId: legal });
});

/** Who of the two sees each event. */
async function seenBy(...eventIds: string[]) {
  const sees = async (user: TestUser, eventId: string) =>
    (await reasonOf(getEvent(stage.as(actorOf(user)), { eventId }))) === "no refusal";
  const seen: string[] = [];
  for (const id of eventIds) {
    const who = [(await sees(seller, id)) && "seller", (await sees(lawyer, id)) && "lawyer"];
    seen.push(who.filter(Boolean).join(" "));
  }
  return seen;
}

const change = (eventId: string, version: number, input: object) =>
  update(asOwner(), UpdateEventInput.parse({ eventId, version, ...input }));

describe("the audience of an event", () => {
  test("is set with the event, changed, and copied", async () => {
    const forSales = anInput({ audience: "departments", departmentIds: [sales, sales] });
    const event = await create(asOwner(), forSales);
    expect(event).toMatchObject({ audience: "departments", forDepartments: [{ id: sales }] });
    await publish(asOwner(), { eventId: event.id, allowMissingTranslation: true, apply: "this" });
    expect(await seenBy(event.id)).toEqual(["seller"]);
    const changed = await change(event.id, 2, { departmentIds: [legal] });
    expect(changed).toMatchObject({
      version: 3,
      forDepartments: [{ id: legal, name: { en: "legal" } }],
    });
    expect(await seenBy(event.id)).toEqual(["lawyer"]);
    const copy = await duplicate(asOwner(), { eventId: event.id });
    expect(copy).toMatchObject({ audience: "departments", forDepartments: [{ id: legal }] });
    await change(event.id, 3, { audience: "everyone" });
    expect(await seenBy(event.id)).toEqual(["seller lawyer"]);
  });

  test("the same set once more changes nothing", async () => {
    const departmentIds = [sales, legal].toSorted().toReversed();
    const event = await create(asOwner(), anInput({ audience: "departments", departmentIds }));
    const again = await change(event.id, 1, { departmentIds: departmentIds.toReversed() });
    expect(again.version).toBe(1);
  });

  test("changes for a whole series", async () => {
    const made = await createSeries(asOwner(), {
      event: anInput({ audience: "departments", departmentIds: [sales] }),
      rrule: "FREQ=WEEKLY;COUNT=3",
    });
    const ids = made.events.map(({ id }) => id);
    await publish(asOwner(), { eventId: ids[0]!, allowMissingTranslation: true, apply: "all" });
    expect(await seenBy(...ids)).toEqual(["seller", "seller", "seller"]);
    await change(ids[1]!, 2, { departmentIds: [legal], apply: "following" });
    expect(await seenBy(...ids)).toEqual(["seller", "lawyer", "lawyer"]);
  });

  test("names departments that are there, and at least one", async () => {
    const theirs = await aDepartment(await anOrganization(stage.ctx), "theirs");
    const event = await create(asOwner(), anInput());
    for (const departmentIds of [[theirs], [sales, theirs]]) {
      const input = anInput({ audience: "departments", departmentIds });
      const refused = [
        () => create(asOwner(), input),
        () => change(event.id, 1, { departmentIds }),
      ];
      for (const call of refused) {
        expect(await refusalOf(call())).toMatchObject({
          reason: "VALIDATION",
          details: { issues: [{ path: "departmentIds", code: "unknown" }] },
        });
      }
    }
    expect(await refusalOf(change(event.id, 1, { audience: "departments" }))).toMatchObject({
      details: { issues: [{ path: "departmentIds" }] },
    });
    expect(() => anInput({ audience: "departments" })).toThrow();
  });
});
