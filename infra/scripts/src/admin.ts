import { Email } from "@tsudoi/shared/accounts.ts";
import { runCommand } from "./command.ts";
import { readOption } from "./command-line.ts";
import { readOperatorConfig } from "./config.ts";
import { connect, refuseUnmigrated } from "./database.ts";
import { createProgress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { findRunningServices } from "./services-file.ts";
import { createSetUpToken } from "./set-up-token.ts";
import { openTarget } from "./target.ts";

const USAGE = "npm run admin -- --email name@example.com";

await runCommand(async () => {
  const email = readEmail(readOption("email", USAGE));
  const config = readOperatorConfig();
  await using parts = new AsyncDisposableStack();
  const target = await openTarget({ config, progress: createProgress(process.stderr) }, parts);
  await refuseUnmigrated(target.url);
  const organizationId = await findOrganization(target.url, email);
  const token = await createSetUpToken(target.url, {
    ...(organizationId ? { organizationId } : {}),
    email,
  });
  const publicUrl = findRunningServices(config.dataDir)?.env.PUBLIC_URL ?? config.publicUrl;
  process.stdout.write(`${publicUrl}/set-up/${token}\n`);
  process.stderr.write(`This link makes ${email} an administrator. It works once, for a week.\n`);
});

function readEmail(value: string): string {
  const parsed = Email.safeParse(value);
  if (!parsed.success) throw new Refusal(`--email must be a mail address: ${USAGE}`);
  return parsed.data;
}

/** The organisation of the person, or the only one; none in a system that is not set up. */
async function findOrganization(url: string, email: string): Promise<string | undefined> {
  await using connection = connect(url);
  const { sql } = connection;
  const [person] = await sql<{ id: string }[]>`
    select organization_id as id from users where email = ${email}`;
  if (person !== undefined) return person.id;
  const organizations = await sql<{ id: string }[]>`select id from organizations limit 2`;
  if (organizations.length > 1) {
    throw new Refusal(
      `nobody has the address ${email}, and there are several organisations: invite them first`,
    );
  }
  return organizations[0]?.id;
}
