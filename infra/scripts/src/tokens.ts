import { randomBytes } from "node:crypto";
import { hashPassword } from "@tsudoi/core/platform/passwords.ts";
import { parseSecrets } from "@tsudoi/core/platform/secrets.ts";
import { createTokens } from "@tsudoi/core/platform/tokens.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import type { Sql } from "postgres";
import { seedPeople } from "./bulk/seed-people.ts";
import { runCommand } from "./command.ts";
import { readCounts } from "./command-line.ts";
import { readOperatorConfig } from "./config.ts";
import { connect } from "./database.ts";
import { PASSWORD } from "./demo/organization.ts";
import { createProgress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { openTarget } from "./target.ts";

const USAGE = "npm run tokens -- --users N";
/** A measurement begins some time after its tokens were made: they last this much longer. */
const LONGER_MS = 45 * MINUTE;

await runCommand(async () => {
  const { users = 0 } = readCounts(["users"], USAGE);
  if (users === 0) throw new Refusal(USAGE);
  await using parts = new AsyncDisposableStack();
  const progress = createProgress(process.stderr);
  const target = await openTarget({ config: readOperatorConfig(), progress }, parts);
  if (target.secrets === undefined)
    throw new Refusal("tokens are made on the embedded system only");
  const tokens = createTokens(parseSecrets(target.secrets));
  const { sql } = parts.use(connect(target.url));
  const organizationId = await findDemoOrganization(sql);
  const passwordHash = await hashPassword(PASSWORD);
  await seedPeople(sql, { organizationId, passwordHash, first: 1, last: users });
  const issuedAt = new Date(Date.now() + LONGER_MS);
  const lines: string[] = [];
  for (const session of await openSessions(sql, { organizationId, users })) {
    const { email, ...claims } = session;
    const { accessToken } = await tokens.signAccess({ ...claims, organizationId }, issuedAt);
    lines.push(`${JSON.stringify({ email, accessToken })}\n`);
  }
  process.stdout.write(lines.join(""));
});

async function findDemoOrganization(sql: Sql): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select organization_id as id from users where email = 'attendee@demo.test'`;
  if (row === undefined)
    throw new Refusal("tokens are for the demo organisation, and there is none here");
  return row.id;
}

type Session = {
  email: string;
  userId: string;
  role: "member" | "organizer" | "admin";
  sessionId: string;
};

/** A session for each of the numbered people, in order of number. */
async function openSessions(
  sql: Sql,
  { organizationId, users }: { organizationId: string; users: number },
): Promise<Session[]> {
  const salt = randomBytes(16).toString("base64url");
  return await sql<Session[]>`
    with chosen as (
      select number, id, email, role
      from generate_series(1, ${users}::int) as number
      join users on email = 'user-' || lpad(number::text, greatest(6, length(number::text)), '0') || '@demo.test'
      where organization_id = ${organizationId}
    ), opened as (
      insert into sessions (organization_id, user_id, salt, expires_at, user_agent)
      select ${organizationId}, id, ${salt}, now() + interval '1 day', 'npm run tokens' from chosen
      returning id, user_id
    )
    select email, chosen.id as "userId", role, opened.id as "sessionId"
    from chosen join opened on opened.user_id = chosen.id
    order by number`;
}
