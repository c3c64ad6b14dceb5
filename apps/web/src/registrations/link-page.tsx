import { type UseMutationResult, useQuery } from "@tanstack/react-query";
import { personName } from "@tsudoi/shared/person-name.ts";
import type { RegistrationByLink, RegistrationLink } from "@tsudoi/shared/registration-links.ts";
import { localized } from "@tsudoi/shared/text.ts";
import type { ReactNode } from "react";
import { DoorPage } from "#web/auth/door-page.tsx";
import { isDefinite } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useLinkTexts } from "#web/texts/links.ts";
import { Localized } from "#web/texts/texts.tsx";
import { datedTimes, formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { linkOptions } from "./link-queries.ts";
import type { LinkState } from "./link-state.ts";
import "./link-page.css";

type Pressed = UseMutationResult<RegistrationByLink, Error, void>;

type Props = {
  purpose: RegistrationLink;
  token: string;
  title: string;
  words: { lead: (name: string) => string; press: string; working: string; until: string };
  stateOf: (shown: RegistrationByLink, now: Date) => LinkState;
  answer: Pressed;
  /** Another answer than the one of the button. */
  instead?: ReactNode;
};

/** What a link of a mail is about, and one button: nothing happens before it is pressed. */
export function LinkPage(props: Props) {
  const { locale, texts } = useLinkTexts();
  const { purpose, token } = props;
  const asked = useQuery(linkOptions(purpose, token));
  const { data } = asked;
  const lead = data === undefined ? "" : localized(data.organization, locale).text;
  const now = useNow(data?.until === undefined ? [] : [data.until]);
  const state = data && props.stateOf(data, now);
  const isAnswered = state !== undefined && state !== "open";
  const title = isAnswered ? texts.links.states[state].title : props.title;
  return (
    <DoorPage title={title} lead={lead} hasOwnHeading={isAnswered}>
      <div className="link-page">
        {data === undefined && asked.isPending && <Skeleton label={texts.shell.loading} rows={4} />}
        {data === undefined && asked.isError && (
          <NotShown error={asked.error} onRetry={() => void asked.refetch()} />
        )}
        {data && state && <Shown {...props} shown={data} state={state} />}
      </div>
    </DoorPage>
  );
}

function NotShown({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { texts } = useLinkTexts();
  if (!isDefinite(error)) return <ProblemNotice error={error} onRetry={onRetry} />;
  return (
    <>
      <ProblemNotice error={error} instead={{ LINK_EXPIRED: texts.links.gone }} />
      <ToRegistrations />
    </>
  );
}

type ShownProps = Props & { shown: RegistrationByLink; state: LinkState };

function Shown({ shown, state, words, answer, instead }: ShownProps) {
  const { texts } = useLinkTexts();
  return (
    <>
      {answer.isError && <ProblemNotice error={answer.error} />}
      {state === "open" ? (
        <p>{words.lead(personName(shown))}</p>
      ) : (
        <Notice
          tone={toneOf(state)}
          title={<h1>{texts.links.states[state].title}</h1>}
          live={answer.isSuccess}
          focus={answer.isSuccess}
        >
          {texts.links.states[state].next}
        </Notice>
      )}
      <Facts shown={shown} {...(state === "open" ? { untilLabel: words.until } : {})} />
      {state === "open" ? (
        <>
          <Button
            size="large"
            wide
            isPending={answer.isPending}
            working={words.working}
            onPress={() => answer.mutate()}
          >
            {words.press}
          </Button>
          {instead}
        </>
      ) : (
        <ToRegistrations />
      )}
    </>
  );
}

function ToRegistrations() {
  const { texts } = useLinkTexts();
  return (
    <LinkButton to="/registrations" tone="quiet" wide>
      {texts.links.mine}
    </LinkButton>
  );
}

function toneOf(state: Exclude<LinkState, "open">) {
  if (state === "confirmed" || state === "declined" || state === "cancelled") return "ok";
  return state === "waitlisted" || state === "pending" ? "info" : "warn";
}

function Facts({ shown, untilLabel }: { shown: RegistrationByLink; untilLabel?: string }) {
  const { locale, texts } = useLinkTexts();
  const { event, until } = shown;
  const { own, readers } = datedTimes(event, locale);
  return (
    <section className="link-event">
      <h2>
        <Localized text={event.title} />
      </h2>
      <dl>
        <dt>{texts.event.when}</dt>
        <dd>
          {own}
          {readers && <small>{texts.events.readersTime(readers)}</small>}
        </dd>
        {untilLabel && until !== undefined && (
          <>
            <dt>{untilLabel}</dt>
            <dd>{formatMoment(until, { timeZone: event.timeZone, locale })}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
