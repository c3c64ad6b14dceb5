import { Link } from "@tanstack/react-router";
import { formatDate } from "@tsudoi/shared/dates.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { missingTexts, missingTranslations } from "@tsudoi/shared/translations.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Confirm } from "#web/ui/confirm.tsx";
import { fieldOf } from "./missing-fields.ts";
import { useSeries } from "./use-series.ts";
import "./translation-gate.css";

type Props = {
  event: Event;
  isOpen: boolean;
  /** The event of the series that was refused, where it is another one. */
  refusedId: unknown;
  onYes: () => void;
  onNo: () => void;
};

/** Names what one language lacks before it is published so, and leads to each of it. */
export function TranslationGate({ event, refusedId, ...props }: Props) {
  const { texts } = useTexts();
  const { publishing: t } = useManageTexts();
  const other = useSeries(event)?.find(({ id }) => id === refusedId && id !== event.id);
  const languages = missingTranslations(event).map((locale) => texts.languages[locale]);
  return (
    <Confirm {...props} title={t.missingTitle} yes={t.anyway} no={t.no}>
      {languages.length > 0 && <p>{t.missingBody(languages)}</p>}
      <Missing event={event} />
      {other && <MissingElsewhere event={other} />}
    </Confirm>
  );
}

/** More than these are no list to go through in a dialog. */
const MOST = 8;

function Missing({ event }: { event: Event }) {
  const { texts } = useTexts();
  const { publishing: t, editor } = useManageTexts();
  const missing = missingTexts(event);
  if (missing.length === 0) return null;
  return (
    <>
      <ul className="missing-fields" aria-label={t.missing}>
        {missing.slice(0, MOST).map((text) => {
          const { hash, field, question = 0, option } = fieldOf(event, text);
          const asked = option === undefined ? t.question(question) : t.option(question, option);
          return (
            <li key={hash}>
              <Link
                to="/organize/events/$eventId/edit"
                params={{ eventId: event.id }}
                hash={hash}
                className="text-link"
              >
                {field ? editor.fields[field] : t.inLanguage(asked, texts.languages[text.locale])}
              </Link>
            </li>
          );
        })}
      </ul>
      {missing.length > MOST && <p className="faint">{t.missingMore(missing.length - MOST)}</p>}
    </>
  );
}

function MissingElsewhere({ event }: { event: Pick<Event, "id" | "startsAt" | "timeZone"> }) {
  const { locale } = useTexts();
  const { publishing: t } = useManageTexts();
  const { startsAt, timeZone } = event;
  return (
    <p>
      <Link
        to="/organize/events/$eventId/edit"
        params={{ eventId: event.id }}
        className="text-link"
      >
        {t.missingIn(formatDate(startsAt, { timeZone, locale }))}
      </Link>
    </p>
  );
}
