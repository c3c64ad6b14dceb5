import { type Event, isOver } from "@tsudoi/shared/events.ts";
import { personName } from "@tsudoi/shared/person-name.ts";
import type { Attendee } from "@tsudoi/shared/registration-lists.ts";
import { useId, useState } from "react";
import { awaitsDraw } from "#web/events/event-state.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { StatusChip } from "#web/registrations/status-chip.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { readerZone } from "#web/time/zoned.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { DecideDialog } from "./decide-dialog.tsx";
import { DecidedNotice } from "./decided-notice.tsx";
import { type Decision, decisionsFor, lacksSeat } from "./decisions.ts";
import { Fact } from "./manage-fact.tsx";
import { useEventRights } from "./managed-event.ts";
import { type AnswersState, PersonAnswers } from "./person-answers.tsx";
import { useDecide } from "./use-decide.ts";

type Props = { person: Attendee | undefined; event: Event; onClose: () => void };

/** One person's registration beside the list: all that is known of it, and what can be done. */
export function PersonPanel({ person, event, onClose }: Props) {
  const { person: t } = useManageTexts();
  // It is on its way out when nobody is meant any more.
  const [last, setLast] = useState(person);
  if (person !== undefined && person !== last) setLast(person);
  const shown = person ?? last;
  if (shown === undefined) return null;
  return (
    <Dialog
      look="side"
      isOpen={person !== undefined}
      title={<Written text={personName(shown.person)} />}
      close={t.close}
      onClose={onClose}
    >
      <PersonFacts attendee={shown} event={event} />
      <PersonChanges key={shown.id} attendee={shown} event={event} />
    </Dialog>
  );
}

function PersonFacts({ attendee, event }: { attendee: Attendee; event: Event }) {
  const { locale } = useTexts();
  const { person: t, people } = useManageTexts();
  const { person, status, position, department, offerExpiresAt, drawRank } = attendee;
  const { familyKana, givenKana } = person;
  const at = (instant: string) => formatMoment(instant, { timeZone: readerZone(), locale });
  const kana = [familyKana, givenKana].filter(Boolean).join(" ");
  return (
    <dl className="manage-facts">
      <Fact term={t.status}>
        <StatusChip status={status} position={position} awaitsDraw={awaitsDraw(event)} />
      </Fact>
      <Fact term={people.number}>{attendee.number}</Fact>
      {kana && <Fact term={t.kana}>{<Written text={kana} />}</Fact>}
      <Fact term={t.email}>
        <a className="text-link" href={`mailto:${person.email}`}>
          {person.email}
        </a>
      </Fact>
      <Fact term={people.department}>
        {department ? <Localized text={department} /> : people.noDepartment}
      </Fact>
      <Fact term={people.registeredAt}>{at(attendee.registeredAt)}</Fact>
      {offerExpiresAt && <Fact term={t.offerUntil}>{at(offerExpiresAt)}</Fact>}
      {drawRank !== undefined && <Fact term={t.drawRank}>{drawRank}</Fact>}
      {attendee.reason && (
        <Fact term={t.reason}>
          <Written text={attendee.reason} />
        </Fact>
      )}
      {attendee.endedBy && <Fact term={t.endedBy}>{t.endedByWhom[attendee.endedBy]}</Fact>}
    </dl>
  );
}

/** One thing at a time: who changes answers cannot take "cancel" for the end of it. */
function PersonChanges({ attendee, event }: { attendee: Attendee; event: Event }) {
  const [state, setState] = useState<AnswersState>("read");
  return (
    <>
      {event.questions.length > 0 && (
        <PersonAnswers attendee={attendee} event={event} state={state} setState={setState} />
      )}
      {state !== "change" && <PersonActions attendee={attendee} event={event} />}
    </>
  );
}

function PersonActions({ attendee, event }: { attendee: Attendee; event: Event }) {
  const { bulk: t, waitlist } = useManageTexts();
  const why = useId();
  const { manages } = useEventRights(event);
  const [asked, setAsked] = useState<Decision>();
  const { decide, decided, error, isPending } = useDecide(event.id);
  const isPast = isOver(event, useNow([event.endsAt]));
  if (!manages) return null;
  const open = decisionsFor(attendee.status, isPast);
  const isOff = (decision: Decision) => decision === "seat" && lacksSeat([attendee.status], event);
  return (
    <>
      {decided && <DecidedNotice decided={decided} />}
      {error && <ProblemNotice error={error} focus />}
      {open.some(isOff) && (
        <p id={why} className="faint">
          {waitlist.noSeat}
        </p>
      )}
      {open.length > 0 && (
        <div className="manage-actions">
          {open.map((decision, place) => (
            <Button
              key={decision}
              size="small"
              tone={place === 0 && decision !== "cancel" ? "primary" : "quiet"}
              isOff={isOff(decision)}
              describedBy={isOff(decision) ? why : undefined}
              isPending={isPending}
              onPress={() => setAsked(decision)}
            >
              {decision === "cancel" ? t.cancelOne : t[decision]}
            </Button>
          ))}
        </div>
      )}
      <DecideDialog
        decision={asked}
        people={1}
        isPast={isPast}
        isPending={isPending}
        onDecide={(reason) => {
          if (asked) void decide({ ids: [attendee.id], decision: asked, reason });
          setAsked(undefined);
        }}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}
