import { hashPassword } from "@tsudoi/core/platform/passwords.ts";
import type { Sql } from "postgres";
import { seedEvents } from "./bulk/seed-events.ts";
import { findLastNumber, seedPeople } from "./bulk/seed-people.ts";
import { runCommand } from "./command.ts";
import { readCounts } from "./command-line.ts";
import { readOperatorConfig } from "./config.ts";
import { connect, hasOrganization } from "./database.ts";
import { PASSWORD } from "./demo/organization.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import { createProgress, type Progress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { openTarget } from "./target.ts";

const USAGE = "npm run seed -- --events N --users N --registrations N";
const PEOPLE_PER_BATCH = 20_000;
/** How many people an event gets on average when only registrations are asked for. */
const REGISTRATIONS_PER_EVENT = 50;

await runCommand(async () => {
  const counts = readCounts(["events", "users", "registrations"], USAGE);
  const { users = 0, registrations = 0 } = counts;
  const events = counts.events ?? Math.ceil(registrations / REGISTRATIONS_PER_EVENT);
  if (users + registrations + events === 0) throw new Refusal(USAGE);
  const progress = createProgress(process.stderr);
  await using parts = new AsyncDisposableStack();
  const target = await openTarget({ config: readOperatorConfig(), progress }, parts);
  if (target.secrets !== undefined && !(await hasOrganization(target.url))) {
    await progress.step("Demo data", () => seedDemo(target.url));
  }
  const { sql } = parts.use(connect(target.url));
  const organizationId = await findOrganization(sql);
  if (users > 0) await addPeople(sql, { organizationId, users, progress });
  if (events === 0) return;
  const total = { events, registrations };
  await progress.step("Events and registrations", (note) =>
    seedEvents(sql, { organizationId, ...total }, (done) => note(share(done, total))),
  );
});

async function findOrganization(sql: Sql): Promise<string> {
  const organizations = await sql<
    { id: string }[]
  >`select id from organizations order by id limit 1`;
  const [organization] = organizations;
  if (organization === undefined) {
    throw new Refusal("there is no organisation yet: open the set-up link that npm start prints");
  }
  return organization.id;
}

type People = { organizationId: string; users: number; progress: Progress };

async function addPeople(sql: Sql, { organizationId, users, progress }: People): Promise<void> {
  await progress.step("People", async (note) => {
    const passwordHash = await hashPassword(PASSWORD);
    const before = await findLastNumber(sql);
    for (let added = 0; added < users; added += PEOPLE_PER_BATCH) {
      const first = before + added + 1;
      const last = before + Math.min(added + PEOPLE_PER_BATCH, users);
      await seedPeople(sql, { organizationId, passwordHash, first, last });
      note(`${last - before} of ${users}`);
    }
    await sql`analyze users`;
  });
}

function share(done: Total, total: Total): string {
  return `${done.events} of ${total.events} events, ${done.registrations} of ${total.registrations} registrations`;
}

type Total = { events: number; registrations: number };
