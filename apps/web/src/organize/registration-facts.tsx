import { type Event, opensOnPublishing } from "@tsudoi/shared/events.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Fact } from "./manage-fact.tsx";
import { passedTime } from "./unfit-draft.tsx";

/** The rules that an event's registrations go by, each in a few words. */
export function RegistrationFacts({ event }: { event: Event }) {
  const { locale } = useTexts();
  const { facts: t } = useManageTexts();
  const { timeZone } = event;
  const at = (instant: string) => formatMoment(instant, { timeZone, locale });
  const waitlist = {
    none: t.none,
    automatic: t.automatic,
    offer: t.offered(event.offerHours),
  };
  const { drawAt, registrationOpensAt, registrationClosesAt } = event;
  const closes = at(registrationClosesAt);
  const now = useNow([registrationOpensAt, registrationClosesAt]);
  const canOpen = opensOnPublishing(event, now) && passedTime(event, now) === undefined;
  const window = canOpen ? t.fromPublishing(closes) : t.fromTo(at(registrationOpensAt), closes);
  const isDrawnFirst = drawAt !== null && drawAt < registrationClosesAt;
  const lottery = isDrawnFirst ? t.lotteryUntil(at(drawAt)) : t.lottery;
  const firstCome = event.approval ? t.approval : t.firstCome;
  return (
    <dl className="manage-facts">
      <Fact term={t.window}>{window}</Fact>
      <Fact term={t.allocation}>{event.allocation === "lottery" ? lottery : firstCome}</Fact>
      <Fact term={t.waitlist}>{waitlist[event.waitlistMode]}</Fact>
      <Fact term={t.cancelUntil}>
        {event.cancelUntil ? t.until(at(event.cancelUntil)) : t.untilStart}
      </Fact>
      <Fact term={t.questions}>{t.questionCount(event.questions.length)}</Fact>
    </dl>
  );
}
