import type { Audience } from "@tsudoi/shared/events.ts";
import { type SQL, sql } from "drizzle-orm";
import type { UserActor } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { liveStatuses } from "#core/db/schema/registrations.ts";
import { departmentsAbove, departmentsBelow } from "#core/departments/tree.ts";

/**
 * Whether the caller may see a row of `events`, for any statement that reads them: whoever the event is for, whoever
 * organises it, and whoever has a place in it or had one when it was cancelled. Administrators see all: then it is
 * absent. Whether a draft is shown is another question.
 */
export function isVisible(actor: UserActor): SQL | undefined {
  if (actor.role === "admin") return undefined;
  const { organizationId, userId } = actor;
  const mine = sql`organization_id = ${organizationId} and id = ${userId}`;
  // What is asked of the caller is asked once, what is asked of an event at its row: a part that one look answers.
  return sql`(${events.audience} = 'everyone' or coalesce(case ${events.audience}
    when 'departments' then (
      select true from event_departments invited
      where invited.organization_id = ${events.organizationId} and invited.event_id = ${events.id}
        and invited.department_id = any(${departmentsAbove(organizationId, sql`select department_id from users where ${mine}`)})
      limit 1)
    when 'invited' then (
      select true from event_invitations invited
      where invited.organization_id = ${events.organizationId} and invited.event_id = ${events.id}
        and invited.email = (select email from users where ${mine}))
    end, (
      select true from event_organizers helping
      where helping.organization_id = ${events.organizationId} and helping.event_id = ${events.id}
        and helping.user_id = ${userId}
    ), (
      select true from registrations own
      where own.organization_id = ${events.organizationId} and own.event_id = ${events.id}
        and own.user_id = ${userId} and (own.status in ${liveStatuses} or own.ended_by = 'event')
      limit 1
    ), false))`;
}

/**
 * Whether the caller may see an event that they name: also whoever was ever in it, because their mails lead there and
 * their own list tells how it ended.
 */
export function isReachable(actor: UserActor): SQL | undefined {
  const visible = isVisible(actor);
  return visible && sql`(${visible} or ${wasIn(events, sql`${actor.userId}`)})`;
}

function wasIn({ organizationId, id }: { organizationId: unknown; id: unknown }, userId: SQL): SQL {
  return sql`exists (
    select 1 from registrations own
    where own.organization_id = ${organizationId} and own.event_id = ${id} and own.user_id = ${userId})`;
}

export type RestrictedEvent = { organizationId: string; eventId: string; audience: Audience };

/** Whether an event is for the person in `users u`; of the event it asks once for all persons. */
export function isFor({ organizationId, eventId, audience }: RestrictedEvent): SQL {
  const ofEvent = sql`organization_id = ${organizationId} and event_id = ${eventId}`;
  switch (audience) {
    case "everyone":
      return sql`true`;
    case "departments": {
      const invited = sql`select department_id from event_departments where ${ofEvent}`;
      return sql`coalesce(u.department_id = any(${departmentsBelow(organizationId, invited)}), false)`;
    }
    case "invited":
      return sql`exists (select 1 from event_invitations where ${ofEvent} and email = u.email)`;
  }
}

/** Whether the person in `users u` may see it whomever it is for. */
export function seesAnyhow({ organizationId, eventId, audience }: RestrictedEvent): SQL {
  if (audience === "everyone") return sql`true`;
  return sql`(u.role = 'admin' or exists (
    select 1 from event_organizers
    where organization_id = ${organizationId} and event_id = ${eventId} and user_id = u.id
  ) or ${wasIn({ organizationId, id: eventId }, sql`u.id`)})`;
}
