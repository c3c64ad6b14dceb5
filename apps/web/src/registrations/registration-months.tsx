import { dayOf, formatMonth } from "@tsudoi/shared/dates.ts";
import type { MyRegistration } from "@tsudoi/shared/registrations.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { readerZone } from "#web/time/zoned.ts";
import { RegistrationRow } from "./registration-row.tsx";

type Props = { registrations: MyRegistration[]; onDone: (registrationId: string) => void };

/** Registrations under the reader's months, in the order they came. */
export function RegistrationMonths({ registrations, onDone }: Props) {
  const { locale } = useTexts();
  return groupByMonth(registrations).map(({ month, items }) => (
    <section key={month} className="registration-month" aria-labelledby={`month-${month}`}>
      <h2 id={`month-${month}`}>{formatMonth(month, locale)}</h2>
      <ul className="registrations">
        {items.map((registration) => (
          <li key={registration.id}>
            <RegistrationRow registration={registration} onDone={() => onDone(registration.id)} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

function groupByMonth(registrations: MyRegistration[]) {
  const months: { month: string; items: MyRegistration[] }[] = [];
  for (const registration of registrations) {
    const month = dayOf(registration.event.startsAt, readerZone()).slice(0, 7);
    const last = months.at(-1);
    if (last?.month === month) last.items.push(registration);
    else months.push({ month, items: [registration] });
  }
  return months;
}
