import { formatDate } from "@tsudoi/shared/dates.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import type { ReactNode } from "react";
import { toProblem } from "#web/problems/problem.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useEventRights } from "./managed-event.ts";
import { useSeries } from "./use-series.ts";

/** The fields of the form where a time that has passed is put right. */
const FIELDS = {
  endsAt: "date",
  registrationClosesAt: "registrationCloses",
  drawAt: "drawAt",
} as const;
export type PassedTime = keyof typeof FIELDS;
const TIMES = Object.keys(FIELDS) as PassedTime[];

/** Which of a draft's times it waited for too long. */
export function passedTime(event: Event, now: Date): PassedTime | undefined {
  return TIMES.find((time) => event[time] !== null && new Date(event[time]) <= now);
}

type Props = { event: Event; time: PassedTime; actions: ReactNode };

/** Why a draft cannot be published as it is, and the way to the field that has to change. */
export function UnfitDraft({ event, time, actions }: Props) {
  const { publishing: t } = useManageTexts();
  const { edits } = useEventRights(event);
  const { title, next } = t.unfit[time];
  return (
    <Notice
      tone="warn"
      title={title}
      actions={
        <>
          {edits && <ToField eventId={event.id} time={time} />}
          {actions}
        </>
      }
    >
      {next}
    </Notice>
  );
}

/** The same, told by the API: also of another event of the series. */
export function RefusedDraft({ event, error }: { event: Event; error: unknown }) {
  const { locale } = useTexts();
  const { publishing: t } = useManageTexts();
  const { fields, issues } = toProblem(error);
  const other = useSeries(event)?.find(({ id }) => id === fields?.eventId);
  const time = TIMES.find((path) => path === issues?.[0]?.path);
  const { title, next } = t.unfit[time ?? "other"];
  return (
    <Notice
      tone="warn"
      title={title}
      live
      focus
      actions={<ToField eventId={other?.id ?? event.id} time={time} />}
    >
      {other && (
        <p>{t.unfitIn(formatDate(other.startsAt, { timeZone: other.timeZone, locale }))}</p>
      )}
      {next}
    </Notice>
  );
}

function ToField({ eventId, time = "endsAt" }: { eventId: string; time?: PassedTime | undefined }) {
  const { publishing: t } = useManageTexts();
  return (
    <LinkButton
      to="/organize/events/$eventId/edit"
      params={{ eventId }}
      hash={FIELDS[time]}
      size="small"
    >
      {t.toField}
    </LinkButton>
  );
}
