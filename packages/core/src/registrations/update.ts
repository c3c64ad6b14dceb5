import { answersEnd, checkAnswers } from "@tsudoi/shared/answers.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Answers, Question } from "@tsudoi/shared/questions.ts";
import {
  LIVE_STATUSES,
  type RegistrationChange,
  type UpdateRegistrationInput,
} from "@tsudoi/shared/registrations.ts";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { transaction } from "#core/db/transaction.ts";
import { conflict, refuseIfCancelled } from "./attendee-rules.ts";
import { findHeld } from "./find-held.ts";
import { findScope, type RegistrationScope } from "./find-scope.ts";
import { type LockedEvent, lockEvent } from "./lock-event.ts";
import { readChange } from "./read-change.ts";

/** A person's answers are changed as a whole, and always answer the questions as they are at that moment. */
export async function update(
  ctx: Context,
  input: UpdateRegistrationInput,
): Promise<RegistrationChange> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const scope = await findScope(tx, input.registrationId);
    const event = await lockEvent(tx, scope);
    const [held] = await findHeld(tx, scope, [input.registrationId]);
    if (event === undefined || held === undefined) throw new DomainError("NOT_FOUND");
    refuseIfCancelled(event);
    if (!LIVE_STATUSES.some((status) => status === held.status)) throw conflict(held);
    if (!scope.manages) refuseIfLate(event, tx.now());
    const checked = checkAnswers(event.questions, input.answers);
    if ("issues" in checked) throw new DomainError("VALIDATION", checked);
    await write(tx, scope, { asked: event.questions, answers: checked.answers });
    await recordAudit(tx, [
      {
        organizationId: scope.organizationId,
        actorId: tx.actor.userId,
        action: "registrations.update",
        entity: "registration",
        entityId: scope.registrationId,
      },
    ]);
    return readChange(tx, scope);
  });
}

function refuseIfLate(event: LockedEvent, now: Date): void {
  const until = answersEnd(event);
  if (now < until) return;
  throw new DomainError("REGISTRATION_CLOSED", { fields: { until: until.toISOString() } });
}

type Given = { asked: Question[]; answers: Answers };

/** What was answered to questions that are asked no more stays: nobody was shown it to change it. */
async function write(
  tx: Context,
  key: RegistrationScope,
  { asked, answers }: Given,
): Promise<void> {
  const ids = sql.param(asked.map(({ id }) => id));
  const kept = sql`coalesce(${registrations.answers}, '{}') - ${ids}::text[]`;
  await tx.db
    .update(registrations)
    .set({ answers: sql`${kept} || ${JSON.stringify(answers)}::jsonb`, updatedAt: tx.now() })
    .where(
      and(
        eq(registrations.organizationId, key.organizationId),
        eq(registrations.id, key.registrationId),
      ),
    );
}
