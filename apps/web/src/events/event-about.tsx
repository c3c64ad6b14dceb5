import type { Event } from "@tsudoi/shared/events.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { LinkedText } from "#web/links/linked-text.tsx";
import { useTexts } from "#web/texts/texts.tsx";

/** What its writers tell of it. */
export function EventAbout({ event }: { event: Event }) {
  const { locale } = useTexts();
  const { text, lang } = localized(event.description, locale);
  if (text === "") return null;
  return (
    <div className="event-about" {...(lang === locale ? {} : { lang })}>
      {text.split(/\n{2,}/).map((paragraph, place) => (
        <p key={place}>
          <LinkedText text={paragraph} />
        </p>
      ))}
    </div>
  );
}
