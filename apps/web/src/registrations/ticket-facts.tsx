import type { Event, OwnRegistration } from "@tsudoi/shared/events.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { formatMoment } from "#web/time/format.ts";
import { useTimeLeft } from "#web/time/use-time-left.ts";

type Props = { event: Event; registration: OwnRegistration; isAdmitted: boolean };

/** The numbers of a registration, large where they are asked for. */
export function TicketFacts({ event, registration, isAdmitted }: Props) {
  const { texts } = useAttendTexts();
  const { position, number, drawRank, offerExpiresAt, status } = registration;
  const isOffer = status === "offered" && offerExpiresAt !== undefined;
  return (
    <dl>
      {isOffer && <TimeLeft until={offerExpiresAt} timeZone={event.timeZone} />}
      {position !== undefined && (
        <div>
          <dt>{texts.register.positionLabel}</dt>
          <dd>{texts.register.position(position)}</dd>
        </div>
      )}
      <div className={isAdmitted ? undefined : "minor"}>
        <dt>{texts.register.number}</dt>
        <dd>{number}</dd>
      </div>
      {drawRank !== undefined && event.entrants !== null && (
        <div className="minor">
          <dt>{texts.attend.lottery.rank}</dt>
          <dd>{texts.attend.lottery.rankOf(drawRank, event.entrants)}</dd>
        </div>
      )}
    </dl>
  );
}

function TimeLeft({ until, timeZone }: { until: string; timeZone: string }) {
  const { locale, texts } = useAttendTexts();
  const left = useTimeLeft(until);
  return (
    <>
      {left !== undefined && (
        <div className="time-left">
          <dt>{texts.attend.timeLeft}</dt>
          <dd>
            <span role="timer">{left}</span>
          </dd>
        </div>
      )}
      <div className="minor">
        <dt>{texts.attend.answerBy}</dt>
        <dd>{formatMoment(until, { timeZone, locale })}</dd>
      </div>
    </>
  );
}
