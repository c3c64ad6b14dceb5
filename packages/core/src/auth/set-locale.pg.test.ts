import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { getMe } from "./queries.ts";
import { setLocale } from "./set-locale.ts";

const bed = useBed();
let organizationId: string;
beforeAll(async () => {
  organizationId = await anOrganization(bed.ctx);
});

describe("auth.setLocale", () => {
  test("does the thing", async () => {
    const [person, other] = [
      await aUser(bed.ctx, { organizationId }),
      await aUser(bed.ctx, { organizationId }),
    ];
    expect(await setLocale(bed.as(actorOf(person)), { locale: "en" })).toEqual({ locale: "en" });
    expect((await getMe(bed.as(actorOf(person)))).locale).toBe("en");
    expect((await getMe(bed.as(actorOf(other)))).locale).toBe("ja");
  });

  test("rejects a stranger", async () => {
    const disabled = await aUser(bed.ctx, { organizationId, disabledAt: new Date() });
    const elsewhere = actorOf({ ...disabled, organizationId: await anOrganization(bed.ctx) });
    for (const actor of [{ kind: "anonymous" } as const, actorOf(disabled), elsewhere]) {
      expect(await reasonOf(setLocale(bed.as(actor), { locale: "en" }))).toBe("NOT_SIGNED_IN");
    }
    const [row] = await bed.ctx.db.execute<{ locale: string }>(sql`
      select locale from users where id = ${disabled.id}`);
    expect(row?.locale).toBe("ja");
  });

  test("is idempotent", async () => {
    const person = await aUser(bed.ctx, { organizationId });
    for (const locale of ["en", "en", "ja", "ja"] as const) {
      expect(await setLocale(bed.as(actorOf(person)), { locale })).toEqual({ locale });
    }
  });

  test("survives a race", async () => {
    const person = await aUser(bed.ctx, { organizationId });
    const choices = Array.from(
      { length: 10 },
      (_, index) => (index % 2 === 0 ? "ja" : "en") as "ja" | "en",
    );
    const answers = await Promise.all(
      choices.map((locale) => setLocale(bed.as(actorOf(person)), { locale })),
    );
    expect(answers.map((answer) => answer.locale)).toEqual(choices);
  });
});
