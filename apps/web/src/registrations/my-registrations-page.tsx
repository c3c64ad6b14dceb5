import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Ticket as TicketIcon } from "lucide-react";
import { useRef } from "react";
import { CalendarCard } from "#web/calendars/calendar-card.tsx";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useAttendTexts } from "#web/texts/attend.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Pill, Pills } from "#web/ui/pills.tsx";
import { type MySearch, SHOWN_GROUPS, toMyListInput } from "./my-search.ts";
import { RegistrationMonths } from "./registration-months.tsx";
import { useMyRegistrationsOptions, useOpenOffers } from "./registration-queries.ts";
import { RegistrationRow } from "./registration-row.tsx";
import { useFocusAfter } from "./use-focus-after.ts";
import "./my-registrations-page.css";

const route = getRouteApi("/shell/registrations");

export function MyRegistrationsPage() {
  const { texts } = useAttendTexts();
  const search = route.useSearch();
  const heading = useRef<HTMLHeadingElement>(null);
  const onDone = useFocusAfter(heading);
  return (
    <div className="page">
      <title>{texts.app.title(texts.registrations.title)}</title>
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {texts.registrations.title}
        </h1>
        <Pills look="segments" label={texts.registrations.when}>
          <Pill to="/registrations" search={{ show: search.show }} {...EXACT}>
            {texts.registrations.upcoming}
          </Pill>
          <Pill to="/registrations" search={{ ...search, when: "past" }} {...EXACT}>
            {texts.registrations.past}
          </Pill>
        </Pills>
      </div>
      <Shown search={search} />
      {search.when !== "past" && search.show === undefined && <Offers onDone={onDone} />}
      <Registrations search={search} onDone={onDone} />
    </div>
  );
}

const EXACT = { resetScroll: false, activeOptions: { exact: true } };

/** Those one has a seat at, those one waits for, and those that came to nothing. */
function Shown({ search: { when } }: { search: MySearch }) {
  const { list: t } = useAttendTexts().texts.attend;
  return (
    <div className="my-filters">
      <Pills label={t.show}>
        <Pill to="/registrations" search={{ when }} {...EXACT}>
          {t.all}
        </Pill>
        {SHOWN_GROUPS.map((show) => (
          <Pill key={show} to="/registrations" search={{ when, show }} {...EXACT}>
            {t.groups[show]}
          </Pill>
        ))}
      </Pills>
    </div>
  );
}

type Done = { onDone: (registrationId: string) => void };

/** A held seat goes to somebody else by itself: it comes before everything. */
function Offers({ onDone }: Done) {
  const { list: t } = useAttendTexts().texts.attend;
  const offers = useOpenOffers();
  if (offers.length === 0) return null;
  return (
    <section className="open-offers" aria-labelledby="open-offers-title">
      <h2 id="open-offers-title">{t.answerNeeded}</h2>
      <ul className="registrations">
        {offers.map((registration) => (
          <li key={registration.id}>
            <RegistrationRow registration={registration} onDone={() => onDone(registration.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Registrations({ search, onDone }: { search: MySearch } & Done) {
  const { texts } = useAttendTexts();
  const list = useInfiniteQuery(useMyRegistrationsOptions(toMyListInput(search)));
  const offersStandAbove = search.when !== "past" && search.show === undefined;
  return (
    <>
      <ListPages
        list={list}
        rows={3}
        empty={<None search={search} />}
        shown={texts.registrations.shown}
      >
        {(registrations) => (
          <RegistrationMonths
            registrations={
              offersStandAbove
                ? registrations.filter(({ status }) => status !== "offered")
                : registrations
            }
            onDone={onDone}
          />
        )}
      </ListPages>
      {/* Once the list has its height: what stands below would move. */}
      {!list.isPending && <CalendarCard />}
    </>
  );
}

function None({ search: { when, show } }: { search: MySearch }) {
  const { texts } = useAttendTexts();
  const { list: t } = texts.attend;
  if (show !== undefined) {
    return (
      <EmptyState
        icon={<TicketIcon />}
        title={t.emptyShownTitle}
        action={
          <LinkButton tone="quiet" to="/registrations" search={{ when }}>
            {t.showAll}
          </LinkButton>
        }
      >
        {t.emptyShownBody}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<TicketIcon />}
      title={when === "past" ? t.emptyPastTitle : t.emptyUpcomingTitle}
      action={<LinkButton to="/">{texts.events.browse}</LinkButton>}
    >
      {when === "past" ? t.emptyPastBody : t.emptyUpcomingBody}
    </EmptyState>
  );
}
