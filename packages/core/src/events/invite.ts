import { DomainError } from "@tsudoi/shared/errors.ts";
import { type InviteInput, MAX_INVITATIONS } from "@tsudoi/shared/invitations.ts";
import { sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { lockEvents } from "./lock-events.ts";
import { canChange } from "./refuse-change.ts";
import { tellInvited } from "./tell-invited.ts";

/** One statement writes this many rows at most: a fifth of a second, where a statement has three. */
const ROWS_AT_ONCE = 5_000;

/**
 * Puts addresses on the event's list, and on those of its series that are meant and to come, each once, and answers how many
 * were new to any; where one list is full, none takes any. Whose addresses they are is told at once, of a series in one
 * mail, where an event of it is published, and when it is where not.
 */
export async function invite(ctx: Context, input: InviteInput): Promise<{ invited: number }> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { organizationId, userId } = tx.actor;
    const { target, others } = await lockEvents(tx, { ...input, may: "events.edit" });
    const eventIds: [string, ...string[]] = [
      target.id,
      ...others.filter((row) => canChange(row, tx.now())).map(({ id }) => id),
    ];
    const lists: Lists = { organizationId, eventIds };
    const added = await addAddresses(tx, { ...lists, emails: [...new Set(input.emails)] });
    await refuseTooMany(tx, lists);
    const addedTo = new Map(added.map(({ event_id, emails }) => [event_id, emails.length]));
    await recordAudit(
      tx,
      eventIds.map((entityId) => ({
        organizationId,
        actorId: userId,
        action: "events.invite",
        entity: "event",
        entityId,
        details: { invited: addedTo.get(entityId) ?? 0 },
      })),
    );
    const emails = [...new Set(added.flatMap((list) => list.emails))];
    await tellInvited(tx, { ...lists, emails });
    return { invited: emails.length };
  });
}

type Lists = { organizationId: string; eventIds: [string, ...string[]] };
type Added = { event_id: string; emails: string[] };

/** To each list the addresses that it did not have: in one statement, but for what would keep one too long. */
async function addAddresses(tx: Context, to: Lists & { emails: string[] }): Promise<Added[]> {
  const listsAtOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / to.emails.length));
  const added: Added[] = [];
  for (let from = 0; from < to.eventIds.length; from += listsAtOnce) {
    const eventIds = to.eventIds.slice(from, from + listsAtOnce);
    added.push(...(await addToLists(tx, { ...to, eventIds })));
  }
  return added;
}

type Addresses = { organizationId: string; eventIds: string[]; emails: string[] };

function addToLists(tx: Context, { organizationId, eventIds, emails }: Addresses) {
  return tx.db.execute<Added>(sql`
    with added as (
      insert into event_invitations (organization_id, event_id, email, via)
      select ${organizationId}, list.event_id, address.email, 'list'
      from unnest(${sql.param(eventIds)}::uuid[]) as list (event_id),
        unnest(${sql.param(emails)}::text[]) as address (email)
      order by list.event_id, address.email
      on conflict do nothing
      returning event_id, email
    )
    select event_id, array_agg(email) as emails from added group by event_id`);
}

/** Under the events' locks; whoever follows an event's link joins its list beyond this. */
async function refuseTooMany(tx: Context, { organizationId, eventIds }: Lists): Promise<void> {
  const [full] = await tx.db.execute<{ event_id: string }>(sql`
    select list.event_id
    from unnest(${sql.param(eventIds)}::uuid[]) as list (event_id)
    where (
      select count(*) from event_invitations invited
      where invited.organization_id = ${organizationId} and invited.event_id = list.event_id
    ) > ${MAX_INVITATIONS}
    limit 1`);
  if (full === undefined) return;
  throw new DomainError("VALIDATION", {
    issues: [
      { path: "emails", code: "too_many", message: `at most ${MAX_INVITATIONS} for one event` },
    ],
    fields: { eventId: full.event_id },
  });
}
