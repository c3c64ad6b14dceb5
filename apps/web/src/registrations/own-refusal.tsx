import { REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useAttendTexts } from "#web/texts/attend.ts";
import { formatMoment } from "#web/time/format.ts";

/** Why one's own registration could not be changed, with the facts that the refusal names. */
export function OwnRefusal({ error, timeZone }: { error: unknown; timeZone: string }) {
  const { locale, texts } = useAttendTexts();
  const { fields = {} } = toProblem(error);
  const status = REGISTRATION_STATUSES.find((known) => known === fields.status);
  const until = fields.cancelUntil;
  const t = texts.attend;
  return (
    <ProblemNotice
      focus
      error={error}
      instead={{
        ...(status && {
          STATE_CONFLICT: { title: t.changed(texts.status[status]), next: t.changedNext },
        }),
        ...(typeof until === "string" && {
          CANCEL_DEADLINE_PASSED: {
            title: texts.refusals.CANCEL_DEADLINE_PASSED.title,
            next: t.late(formatMoment(until, { timeZone, locale })),
          },
        }),
      }}
    />
  );
}
