import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Ticket as TicketIcon } from "lucide-react";
import { CalendarCard } from "#web/calendars/calendar-card.tsx";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Pill, Pills } from "#web/ui/pills.tsx";
import { useMyRegistrationsOptions } from "./registration-queries.ts";
import { RegistrationRow } from "./registration-row.tsx";
import "./my-registrations-page.css";

const route = getRouteApi("/shell/registrations");

export function MyRegistrationsPage() {
  const { texts } = useTexts();
  const { when = "upcoming" } = route.useSearch();
  return (
    <div className="page">
      <title>{texts.app.title(texts.registrations.title)}</title>
      <div className="page-head">
        <h1>{texts.registrations.title}</h1>
        <Pills look="segments" label={texts.registrations.when}>
          <Pill to="/registrations" activeOptions={{ exact: true }}>
            {texts.registrations.upcoming}
          </Pill>
          <Pill to="/registrations" search={{ when: "past" }}>
            {texts.registrations.past}
          </Pill>
        </Pills>
      </div>
      <Registrations when={when} />
      <CalendarCard />
    </div>
  );
}

function Registrations({ when }: { when: "upcoming" | "past" }) {
  const { texts } = useTexts();
  const list = useInfiniteQuery(useMyRegistrationsOptions(when));
  return (
    <ListPages list={list} rows={3} empty={<None when={when} />} shown={texts.registrations.shown}>
      {(registrations) => (
        <ul className="registrations">
          {registrations.map((registration) => (
            <li key={registration.id}>
              <RegistrationRow registration={registration} />
            </li>
          ))}
        </ul>
      )}
    </ListPages>
  );
}

function None({ when }: { when: "upcoming" | "past" }) {
  const { texts } = useTexts();
  const t = texts.registrations;
  return (
    <EmptyState
      icon={<TicketIcon />}
      title={when === "upcoming" ? t.emptyUpcomingTitle : t.emptyPastTitle}
      action={<LinkButton to="/">{texts.events.browse}</LinkButton>}
    >
      {when === "upcoming" ? t.emptyUpcomingBody : t.emptyPastBody}
    </EmptyState>
  );
}
