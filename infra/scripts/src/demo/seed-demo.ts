import { randomUUIDv7 } from "node:crypto";
import { NO_DEADLINE } from "@tsudoi/core/platform/deadline.ts";
import { hashPassword } from "@tsudoi/core/platform/passwords.ts";
import { makePicture } from "@tsudoi/core/platform/pictures.ts";
import { DEFAULT_CATEGORIES } from "@tsudoi/shared/categories.ts";
import { COVER_SIZE, LEAST_COVER } from "@tsudoi/shared/covers.ts";
import type { Audience } from "@tsudoi/shared/events.ts";
import { createRandom } from "@tsudoi/shared/random.ts";
import type { TransactionSql } from "postgres";
import { connect } from "#scripts/database.ts";
import { CONTESTED_EVENTS } from "./contested-events.ts";
import type { DemoEvent } from "./demo-event.ts";
import { drawCover, SCENES } from "./draw-cover.ts";
import { insertAudience, mayCome } from "./insert-audience.ts";
import { insertJobs } from "./insert-jobs.ts";
import { DEPARTMENTS, ORGANIZATION, PASSWORD, TIME_ZONE } from "./organization.ts";
import { PAST_EVENTS } from "./past-events.ts";
import { listPeople } from "./people.ts";
import { type PlannedRegistration, planEvent } from "./plan-event.ts";
import { UPCOMING_EVENTS } from "./upcoming-events.ts";

const SEED = 1;

/** A small organisation with people, events and registrations around today; all of it or nothing. */
export async function seedDemo(url: string, now = new Date()): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await using connection = connect(url);
  await connection.sql.begin(async (sql) => {
    const organizationId = await insertOrganization(sql);
    const departments = await insertDepartments(sql, organizationId);
    const users = await insertPeople(sql, { organizationId, departments, passwordHash });
    const random = createRandom(SEED);
    for (const event of [...PAST_EVENTS, ...UPCOMING_EVENTS, ...CONTESTED_EVENTS]) {
      await insertEvent(sql, event, { organizationId, departments, users, now, random });
    }
  });
}

type Ids = Map<string, string>;

async function insertOrganization(sql: TransactionSql): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into organizations ${sql(snake(ORGANIZATION))} returning id`;
  const organizationId = row?.id ?? "";
  const categories = DEFAULT_CATEGORIES.map(({ slug, name }, position) => ({
    organization_id: organizationId,
    slug,
    name_ja: name.ja,
    name_en: name.en,
    position,
  }));
  await sql`insert into categories ${sql(categories)}`;
  return organizationId;
}

async function insertDepartments(sql: TransactionSql, organizationId: string): Promise<Ids> {
  const ids: Ids = new Map(DEPARTMENTS.map(({ code }) => [code, randomUUIDv7()]));
  const idOf = (code: string) => ids.get(code) ?? null;
  const rows = DEPARTMENTS.map(({ code, nameJa, nameEn, headcount, ...rest }) =>
    snake({
      organizationId,
      id: idOf(code),
      code,
      nameJa,
      nameEn,
      headcount,
      parentId: "parent" in rest ? idOf(rest.parent) : null,
    }),
  );
  await sql`insert into departments ${sql(rows)}`;
  return ids;
}

type Staff = { organizationId: string; departments: Ids; passwordHash: string };

/** The ids of everyone, by the part of the address before the @. */
async function insertPeople(sql: TransactionSql, staff: Staff): Promise<Ids> {
  const { organizationId, departments, passwordHash } = staff;
  const rows = listPeople().map(({ mailbox, department, ...person }) =>
    snake({
      ...person,
      organizationId,
      departmentId: departments.get(department) ?? null,
      email: `${mailbox}@demo.test`,
      emailVerifiedAt: new Date(),
      passwordHash,
      timeZone: TIME_ZONE,
    }),
  );
  const inserted = await sql<{ email: string; id: string }[]>`
    insert into users ${sql(rows)} returning email, id`;
  return new Map(inserted.map(({ email, id }) => [email.split("@")[0] ?? "", id]));
}

type Stage = {
  organizationId: string;
  departments: Ids;
  users: Ids;
  now: Date;
  random: () => number;
};

async function insertEvent(sql: TransactionSql, event: DemoEvent, stage: Stage): Promise<void> {
  const { organizationId, users, now, random } = stage;
  const attendeeId = idOf(users, "attendee");
  const createdBy = idOf(users, event.department === "it" ? "takashi.watanabe" : "organizer");
  const staff = new Set([attendeeId, createdBy]);
  const otherIds = [...users]
    .filter(([mailbox, id]) => !staff.has(id) && mayCome(event, mailbox))
    .map(([, id]) => id);
  const { registrations, ...plan } = planEvent(event, { attendeeId, otherIds, now, random });
  const coverId = await insertCover(sql, event, { organizationId, createdBy });
  const row = snake({
    ...plan,
    organizationId,
    coverId,
    createdBy,
    departmentId: idOf(stage.departments, event.department),
    titleJa: event.title.ja,
    titleEn: event.title.en,
    descriptionJa: event.description.ja,
    descriptionEn: event.description.en,
    categorySlug: event.category,
    status: event.status ?? "published",
    cancelUntil: plan.registrationClosesAt,
    location: event.location ?? null,
    onlineUrl: event.onlineUrl ?? null,
    capacity: event.capacity,
    waitlistMode: event.waitlistMode ?? "automatic",
    approval: event.approval ?? false,
    questions: sql.json(event.questions ?? []),
    audience: audienceOf(event),
  });
  const [inserted] = await sql<{ id: string }[]>`insert into events ${sql(row)} returning id`;
  const eventId = inserted?.id ?? "";
  await insertOrganizers(sql, { organizationId, eventId, createdBy, doorId: idOf(users, "door") });
  await insertRegistrations(sql, { organizationId, eventId, registrations });
  const holders = registrations.map(({ userId }) => userId);
  const strangers = otherIds.filter((id) => !holders.includes(id));
  const key = { organizationId, eventId };
  await insertAudience(sql, event, { ...key, departments: stage.departments, holders, strangers });
  await insertJobs(sql, { ...key, ...plan });
}

function audienceOf({ audience }: DemoEvent): Audience {
  if (audience === undefined) return "everyone";
  return "departments" in audience ? "departments" : "invited";
}

type Drawn = { organizationId: string; createdBy: string };

/** Drawn here and made like any picture that somebody sends. */
async function insertCover(
  sql: TransactionSql,
  { cover }: DemoEvent,
  by: Drawn,
): Promise<string | null> {
  if (cover === undefined) return null;
  const sizes = { largest: COVER_SIZE, least: LEAST_COVER, deadline: NO_DEADLINE };
  const picture = await makePicture(drawCover(SCENES[cover]), sizes);
  const [file] = await sql<{ id: string }[]>`
    insert into files ${sql(snake({ ...by, ...picture, kind: "cover" }))} returning id`;
  return file?.id ?? null;
}

type Organizers = { organizationId: string; eventId: string; createdBy: string; doorId: string };

async function insertOrganizers(sql: TransactionSql, organizers: Organizers): Promise<void> {
  const { organizationId, eventId, createdBy, doorId } = organizers;
  const rows = [
    { organizationId, eventId, userId: createdBy, role: "owner" },
    { organizationId, eventId, userId: doorId, role: "checkin" },
  ];
  await sql`insert into event_organizers ${sql(rows.map(snake))}`;
}

type Registrations = {
  organizationId: string;
  eventId: string;
  registrations: PlannedRegistration[];
};

async function insertRegistrations(sql: TransactionSql, made: Registrations): Promise<void> {
  const { registrations, ...key } = made;
  if (registrations.length === 0) return;
  const rows = registrations.map((registration) =>
    snake({
      ...key,
      ...registration,
      answers: registration.answers && sql.json(registration.answers),
      updatedAt: registration.registeredAt,
    }),
  );
  await sql`insert into registrations ${sql(rows)}`;
  await sql`
    update registrations set department_id = users.department_id
    from users
    where registrations.organization_id = ${key.organizationId} and event_id = ${key.eventId}
      and users.organization_id = registrations.organization_id and users.id = user_id`;
}

function idOf(ids: Ids, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the demo data name ${name}, who is not in them`);
  return id;
}

type Json = ReturnType<TransactionSql["json"]>;
type Value = string | number | boolean | Date | Buffer | Json | null;

/** The columns of a row, by the names that SQL knows them by. */
function snake(row: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
