import { randomBytes } from "node:crypto";
import { DAY } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { oneTimeTokens } from "#core/db/schema/one-time-tokens.ts";
import { hashPassword } from "#core/platform/passwords.ts";
import { anOrganization, aUser } from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useBed } from "#test/stage.ts";
import { hashLinkToken } from "./hash-link-token.ts";
import { openSession } from "./open-session.ts";
import { refresh } from "./refresh.ts";
import { setUp } from "./set-up.ts";
import { signIn } from "./sign-in.ts";

const bed = useBed();

type Link = Partial<typeof oneTimeTokens.$inferInsert>;

async function aLink(overrides: Link = {}): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await bed.ctx.db.insert(oneTimeTokens).values({
    tokenHash: hashLinkToken(token),
    purpose: "set-up",
    expiresAt: new Date(Date.now() + DAY),
    ...overrides,
  });
  return token;
}

let people = 0;
function anInput(token: string, overrides: { email?: string } = {}) {
  people += 1;
  return {
    token,
    organizationName: "集い株式会社",
    familyName: "佐藤",
    givenName: "花子",
    email: `first-${people}@example.test`,
    password: "correct horse battery",
    locale: "ja" as const,
    timeZone: "Asia/Tokyo",
    ...overrides,
  };
}

const nobody = () => bed.as({ kind: "anonymous" });

async function count(table: "users" | "organizations"): Promise<number> {
  const statement =
    table === "users"
      ? sql`select count(*)::int as count from users`
      : sql`select count(*)::int as count from organizations`;
  const [row] = await bed.ctx.db.execute<{ count: number }>(statement);
  return row?.count ?? 0;
}

describe("auth.setUp", () => {
  test("does the thing", async () => {
    const input = anInput(await aLink());
    const session = await setUp(nobody(), input);
    expect(session.user).toMatchObject({
      email: input.email,
      role: "admin",
      organization: { name: { ja: "集い株式会社", en: "集い株式会社" } },
    });
    const { organizationId } = { organizationId: session.user.organization.id };
    const categories = await bed.ctx.db.execute<{ slug: string }>(sql`
      select slug from categories where organization_id = ${organizationId}`);
    expect(categories.map((row) => row.slug)).toContain("seminar");
    const audit = await bed.ctx.db.execute<Record<string, unknown>>(sql`
      select action, entity_id from audit_log where organization_id = ${organizationId}`);
    expect([...audit]).toEqual([{ action: "auth.setUp", entity_id: session.user.id }]);
    await signIn(nobody(), input);
    await refresh(nobody(), { refreshToken: session.refreshToken });
  });

  test("rejects a stranger", async () => {
    const used = await aLink({ usedAt: new Date() });
    const expired = await aLink({ expiresAt: new Date(Date.now() - 1) });
    const before = await count("users");
    for (const token of ["x".repeat(43), used, expired, hashLinkToken(await aLink())]) {
      expect(await reasonOf(setUp(nobody(), anInput(token)))).toBe("LINK_EXPIRED");
    }
    expect(await count("users")).toBe(before);
  });

  test("refuses a second time", async () => {
    const token = await aLink();
    await setUp(nobody(), anInput(token));
    expect(await reasonOf(setUp(nobody(), anInput(token)))).toBe("LINK_EXPIRED");
  });

  test("survives a race", async () => {
    const token = await aLink();
    const before = { users: await count("users"), organizations: await count("organizations") };
    const ends = await Promise.all(
      Array.from({ length: 5 }, () => reasonOf(setUp(nobody(), anInput(token)))),
    );
    expect(ends.toSorted()).toEqual([...Array(4).fill("LINK_EXPIRED"), "no refusal"]);
    expect({ users: await count("users"), organizations: await count("organizations") }).toEqual({
      users: before.users + 1,
      organizations: before.organizations + 1,
    });
  });

  test("an address that is anybody's already is never taken over, and the link is not used up", async () => {
    const organizationId = await anOrganization(bed.ctx);
    const passwordHash = await hashPassword("their own password");
    const colleague = await aUser(bed.ctx, { organizationId, passwordHash });
    for (const link of [
      {},
      { organizationId },
      { organizationId: await anOrganization(bed.ctx), email: colleague.email },
    ]) {
      const token = await aLink(link);
      const taken = setUp(nobody(), anInput(token, { email: colleague.email }));
      expect(await reasonOf(taken)).toBe("STATE_CONFLICT");
      const [row] = await bed.ctx.db.execute<Record<string, unknown>>(sql`
        select password_hash, role, organization_id from users where id = ${colleague.id}`);
      expect({ ...row }).toEqual({
        password_hash: passwordHash,
        role: "member",
        organization_id: organizationId,
      });
      if (!("email" in link)) {
        expect(await reasonOf(setUp(nobody(), anInput(token)))).toBe("no refusal");
      }
    }
  });

  test("the operator's link for an address makes that person an administrator, whatever is typed", async () => {
    const organizationId = await anOrganization(bed.ctx);
    const member = await aUser(bed.ctx, { organizationId });
    const before = await openSession(bed.ctx, {
      organizationId,
      userId: member.id,
      role: "member",
    });
    const token = await aLink({ organizationId, email: member.email });
    const input = anInput(token, { email: "somebody-else@example.test" });
    const { user } = await setUp(nobody(), input);
    expect(user).toMatchObject({ id: member.id, email: member.email, role: "admin" });
    await signIn(nobody(), { email: member.email, password: input.password });
    expect(await reasonOf(refresh(nobody(), { refreshToken: before.refreshToken }))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  test("a disabled account stays disabled", async () => {
    const organizationId = await anOrganization(bed.ctx);
    const disabled = await aUser(bed.ctx, { organizationId, disabledAt: new Date() });
    const token = await aLink({ organizationId, email: disabled.email });
    expect(await reasonOf(setUp(nobody(), anInput(token)))).toBe("NOT_SIGNED_IN");
  });
});
